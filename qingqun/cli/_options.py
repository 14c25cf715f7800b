"""Options that several commands share."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from qingqun import intake
from qingqun.clock import unit as units
from qingqun.clock.hours import Hours
from qingqun.i18n import _, listed
from qingqun.intake.opened import printable
from qingqun.intake.registers import vocabulary
from qingqun.words import Refused

_LIKE = 0.75  # how like a name must be to be offered

Exports = Annotated[list[Path], typer.Argument(help=_("聊天记录导出文件或文件夹"))]
Unit = Annotated[Path | None, typer.Option(help=_("单位工作时间文件 TOML；默认 08:30—12:00、14:30—17:30"))]
Units = Annotated[list[Path] | None, typer.Option("--unit", help=_("单位工作时间文件 TOML；可多次，第二个起只管 name 所写的单位及其下级"))]
GroupOf = Annotated[
    list[str] | None,
    typer.Option("--group", help=_("文件里没有群名时由你说明：群名，或 文件名=群名（可用 * 通配，可多次；文件以群名命名的写 *.csv=*）")),
]
PlatformOf = Annotated[str | None, typer.Option("--platform", help=_("文件里没有平台时由你说明：wechat qq dingtalk wecom feishu"))]
Json = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]
Day = Annotated[str | None, typer.Option("--day", help=_("粘贴的记录里没有日期时由你说明，如 2026-09-14"))]


def hours_of(unit: Path | None) -> Hours:
    """Return the unit's hours, the product's default where no file is given."""
    return units.load(unit) if unit else Hours.default()


def stated(group: list[str] | None, platform: str | None, day: str | None) -> intake.Stated:
    """Return what the user states where a format cannot tell."""
    pairs = [text.partition("=") for text in group or []]
    return intake.Stated(
        groups={name.strip(): value.strip() for name, equals, value in pairs if equals},
        default_group=next((name.strip() for name, equals, _value in pairs if not equals), None),
        platform=platform_of(platform) if platform else None,
        day=day_of(day) if day else None,
    )


def platform_of(text: str) -> str:
    """Return the platform's word, also for its Chinese name, or refuse naming what there is."""
    code = vocabulary.platform(text)
    if code is None:
        raise Refused(_("{text} 不是平台，可写 wechat qq dingtalk wecom feishu").format(text=text))
    return code


def existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the paths, or refuse the first that is not there: a slip of the hand is no empty export."""
    given = tuple(paths)
    for path in given:
        if not path.exists():
            raise Refused(_missing(path))
    return given


def _missing(path: Path) -> str:
    """Say what is not there, and what is: the likest names beside it, else the folder that was looked in."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return _("找不到 {path}：文件夹 {folder} 不存在，请核对路径").format(path=path, folder=folder)
    there = sorted(printable(item) for item in folder.iterdir() if not item.name.startswith("."))
    near = get_close_matches(path.name, there, cutoff=_LIKE)
    if near:
        return _("找不到 {path}，是不是 {near}？").format(path=path, near=listed(near))
    return _("找不到 {path}：{folder} 里没有这个文件或文件夹，请核对名称，或写出完整路径").format(path=path, folder=folder)


def name_of(me: str) -> str:
    """Return the person's name as text that can be searched and printed, or refuse an empty one."""
    name = me.strip().encode("utf-8", "replace").decode()
    if not name:
        raise Refused(_("--me 要写你在群里的名字"))
    return name


def day_of(text: str) -> date:
    """Return the day, or refuse naming what was given."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Refused(_("{text} 不是日期，请写成 2026-09-14").format(text=text)) from wrong
