"""The workbook: its three sheets, the empty template, and a filled one given back with what is wrong in it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from qingqun.hub.governance.roster.read import ACCOUNTS, ERRORS, PAGES, Read, Wrong
from qingqun.i18n import _, joined
from qingqun.office import Mark, Sheet, write_book

EXAMPLE = "示例"


class _Column(NamedTuple):
    name: str
    example: str


_EXAMPLES: Mapping[str, tuple[_Column, ...]] = {
    "单位": (_Column("单位", "示例街道"), _Column("上级单位", "")),
    "人员": (
        _Column("姓名", "示例"),
        _Column("工号", "1001"),
        _Column("单位", "示例街道"),
        _Column("岗位", "网格员、支部书记"),
        _Column("邮箱", "name@example.com"),
        _Column("代理人", "1002"),
        _Column("用收件箱", "是"),
        _Column("已离职", ""),
    ),
    "分组": (_Column("名称", "示例项目"), _Column("类别", "项目"), _Column("单位", "示例街道"), _Column("成员", "1001、1002")),
}
_CHOICES = {"用收件箱": ("是", "否"), "已离职": ("是", "否"), "类别": ("岗位", "话题", "项目")}


def write_template(path: Path) -> None:
    """Write the empty workbook; the grey example rows are not read."""
    write_book(path, [_guide(), *(_empty(page) for page in PAGES)])


def _empty(page: str) -> Sheet:
    columns = _EXAMPLES[page]
    names = [column.name for column in columns]
    return Sheet(
        page,
        names,
        [[column.example if number else f"{EXAMPLE}{column.example.removeprefix(EXAMPLE)}" for number, column in enumerate(columns)]],
        widths=[18.0] * len(columns),
        marks={(0, place): Mark.GREY for place in range(len(columns))},
        choices={place: _CHOICES[name] for place, name in enumerate(names) if name in _CHOICES},
        exact=[place for place, name in enumerate(names) if name in {"工号", "代理人", "成员"}],
    )


def _guide() -> Sheet:
    rows = [
        ["单位", _("一行一个单位；上级单位可以留空。同名的写成“上级/单位”。")],
        ["人员", _("姓名、单位必填。有工号的按工号认人，没有的按姓名和单位。不在表里的人不会被改动。")],
        ["人员", _("“已离职”填“是”：立即不能再登录，没办完的通知转给代理人。代理人写工号或本单位同事的姓名。")],
        [
            "人员",
            _("可以另加几栏，写各人在平台上的账号：{columns}。先后各人自己可改。").format(columns="、".join(ACCOUNTS)),
        ],
        ["分组", _("岗位、话题、项目及其成员；成员写工号或姓名，用顿号分开。")],
    ]
    return Sheet(_("填写说明"), [_("表"), _("怎样填")], rows, title=_("人员与单位导入"), widths=[12, 80])


def write_errors(path: Path, found: Read) -> None:
    """Write the workbook's sheets again with a red column that says what is wrong; corrected, it can be imported as it is."""
    pages = [marked(name, header, rows, found.wrong) for name, (header, rows) in found.pages.items()]
    write_book(path, pages or [Sheet(_("没有内容"), [ERRORS], [[_("没有认出任何一张表")]], widths=[40])])


def marked(name: str, header: list[str], rows: list[list[str]], wrong: Iterable[Wrong]) -> Sheet:
    """Return a sheet as it stood, with a red column beside it that says what is wrong in each row."""
    reasons: dict[int, list[str]] = {}
    for one in wrong:
        if one.page == name:
            reasons.setdefault(one.line, []).append(one.reason)
    kept = [place for place, title in enumerate(header) if title != ERRORS]
    made = [
        [*(row[place] if place < len(row) else "" for place in kept), joined(reasons.get(line, []))] for line, row in enumerate(rows, 2)
    ]
    return Sheet(
        name,
        [*(header[place] for place in kept), ERRORS],
        made,
        widths=[*[16.0] * len(kept), 40.0],
        marks={(at, len(kept)): Mark.RED for at, row in enumerate(made) if row[-1]},
        exact=range(len(kept)),
    )
