"""qingqun digest EXPORTS --me NAME: what is asked of me, by when."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from qingqun import intake
from qingqun.cli._options import Day, Exports, GroupOf, Json, PlatformOf, Unit, existing, hours_of, name_of, stated
from qingqun.cli._show import progress, say, say_json, warn
from qingqun.clock import moment
from qingqun.findings.digest import PARTS, Claim, Digest, Reader, digest, ics, page, text
from qingqun.i18n import _
from qingqun.intake import refusal
from qingqun.office.atomic import replacing
from qingqun.words import Refused

HELP = _("从本人自己的导出文件里，列出要我办什么、什么时候办；不保存任何内容。")


def command(
    exports: Exports,
    me: Annotated[list[str], typer.Option(help=_("你在群里的名字（或其中一部分）；有别的称呼可多次"))],
    unit_name: Annotated[list[str] | None, typer.Option(help=_("你的单位，如 三里社区；可多次；不写则看你的群名片"))] = None,
    role: Annotated[list[str] | None, typer.Option(help=_("你的职务，如 网格员、班主任；可多次"))] = None,
    since: Annotated[str | None, typer.Option(help=_("只看此刻之后的消息，如 2026-09-14 08:00"))] = None,
    now: Annotated[str | None, typer.Option(help=_("以此刻为准判断是否过期；默认为最后一条消息的时刻"))] = None,
    html: Annotated[Path | None, typer.Option(help=_("另存为网页"))] = None,
    calendar: Annotated[Path | None, typer.Option("--ics", help=_("把完成时限另存为日历文件"))] = None,
    unit: Unit = None,
    group: GroupOf = None,
    platform: PlatformOf = None,
    day: Day = None,
    whole: Annotated[bool, typer.Option("--all", help=_("供你知晓、给别人的、已过期的也逐条列出"))] = False,
    json: Json = False,
) -> None:
    """Run the command."""
    reader = Reader(tuple(name_of(name) for name in me), _told(unit_name), _told(role))
    grant = intake.Grant(by=reader.names[0], purpose=_("本人汇总待办"), basis=_("本人自己的聊天记录"), at=datetime.now(UTC))
    with progress(None, _("读取")) as advance:
        loaded = intake.load(existing(exports), grant, stated(group, platform, day), advance)
    if loaded.messages.is_empty():
        raise Refused(refusal.nothing(loaded.problems))
    warn(loaded.unused)
    last = loaded.messages["sent_at"].max()
    at = moment.parse(now) if now else last if isinstance(last, datetime) else datetime.now(UTC)
    found = digest(loaded.messages, reader, hours=hours_of(unit), now=at, since=moment.parse(since) if since else None)
    if json:
        say_json(_plain(found))
    else:
        say(text.write(found, whole=whole))
        _refused(loaded)
    for line in _saved(found, html, calendar):
        if not json:
            say(line)


def _plain(found: Digest) -> dict[str, Any]:
    """Return the digest as plain values; claims by their names."""
    value = asdict(found)
    for part in PARTS:
        for item in value[part]:
            item["claim"] = Claim(item["claim"]).name.lower()
    return value


def _told(names: list[str] | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in names or [] if name.strip())


def _saved(found: Digest, html: Path | None, calendar: Path | None) -> list[str]:
    """Write the files wished for, and say of each where it lies and what it holds."""
    said = []
    if html:
        with replacing(html) as part:
            part.write_bytes(page.write(found).encode())
        said.append(_("网页：{path}").format(path=html.resolve()))
    if calendar:
        with replacing(calendar) as part:
            part.write_bytes(ics.write(found))
        count = sum(1 for _item in ics.due_items(found))
        some, none = _("日历：{path}（{n} 个时限）"), _("日历：{path}（没有未到期的时限，所以是空的；已过期 {past} 件）")
        said.append((some if count else none).format(path=calendar.resolve(), n=count, past=len(found.past)))
    return said


def _refused(loaded: intake.Loaded) -> None:
    if loaded.problems.height:
        say(_("另有 {n} 行没有读入，例如：").format(n=loaded.problems.height))
        for line in refusal.examples(loaded.problems):
            say(f"  {line}")
