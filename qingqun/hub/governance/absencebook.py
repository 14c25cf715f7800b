"""Leave and shifts in one workbook: the template, a filled one read, and the same given back with what is wrong in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qingqun.hub.governance.absences import MOST_LINES, Span
from qingqun.hub.governance.dutyline import moment
from qingqun.hub.governance.roster.book import marked
from qingqun.hub.governance.roster.read import ERRORS, Wrong
from qingqun.i18n import _
from qingqun.office import Mark, Sheet, Value, read_tables, write_book
from qingqun.words import Refused

PAGES = {"休假": "leave", "班次": "shift"}  # the sheets, and what each holds
HEADER = ("姓名", "工号", "单位", "开始", "结束")
_EXAMPLES = {
    "休假": ("示例", "1001", "示例街道", "2026-03-12", "2026-03-14"),
    "班次": ("示例", "1001", "示例街道", "2026-03-12 20:00", "2026-03-13 08:00"),
}


@dataclass
class Read:
    """What a workbook holds; `pages` keeps header and rows as they stood."""

    spans: list[Span] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    pages: dict[str, tuple[list[str], list[list[str]]]] = field(default_factory=dict)


def write_template(path: Path) -> None:
    """Write the empty workbook; the grey example rows are not read."""
    rows = [
        [_("休假、班次"), _("一行一段。有工号的按工号认人，没有的按姓名，同名时再写单位。")],
        [_("开始、结束"), _("写成 2026-03-12 08:30；休假可以只写日期，结束包括那一整天。")],
        [_("重复导入"), _("已经登记过的不会重复登记；表里没有的不会被删除。")],
    ]
    write_book(path, [Sheet(_("填写说明"), [_("栏"), _("怎样填")], rows, title=_("休假与班次导入"), widths=[14, 80]), *map(_empty, PAGES)])


def _empty(page: str) -> Sheet:
    return Sheet(
        page,
        list(HEADER),
        [list(_EXAMPLES[page])],
        widths=[18.0] * len(HEADER),
        marks={(0, place): Mark.GREY for place in range(len(HEADER))},
        exact=range(1, len(HEADER)),
    )


def read(path: Path) -> Read:
    """Read a workbook.

    Raises:
        OfficeError: it is too large, hostile, or no table at all.
    """
    found = Read()
    for table in read_tables(path):
        name = table.name.strip()
        if name in PAGES and table.rows:
            header, rows = [_text(cell) for cell in table.rows[0]], [[_text(cell) for cell in row] for row in table.rows[1:]]
            found.pages[name] = (header, rows)
            _page(found, name, header, rows)
    if not found.pages:
        found.wrong.append(Wrong("", 1, _("没有找到“休假”“班次”任何一张表；请用模板填写")))
    return found


def write_errors(path: Path, found: Read) -> None:
    """Write the sheets again with a red column that says what is wrong; corrected, they can be imported as they are."""
    pages = [marked(name, header, rows, found.wrong) for name, (header, rows) in found.pages.items()]
    write_book(path, pages or [Sheet(_("没有内容"), [ERRORS], [[_("没有认出任何一张表")]], widths=[40])])


def _page(found: Read, name: str, header: list[str], rows: list[list[str]]) -> None:
    lacking = [column for column in ("姓名", "开始", "结束") if column not in header]
    if lacking:
        found.wrong.append(Wrong(name, 1, _("表“{page}”缺少“{column}”一栏").format(page=name, column=lacking[0])))
        return
    for line, row in enumerate(rows, 2):
        cells = dict(zip(header, row, strict=False))
        if not any(row) or cells.get("姓名", "").startswith("示例"):
            continue
        try:
            found.spans.append(_span(found, name, line, cells))
        except Refused as why:
            found.wrong.append(Wrong(name, line, str(why)))


def _span(found: Read, name: str, line: int, cells: Mapping[str, str]) -> Span:
    who = cells.get("工号") or cells.get("姓名", "")
    if not who:
        raise Refused(_("“{column}”没有填").format(column="姓名"))
    if len(found.spans) >= MOST_LINES:
        raise Refused(_("一次最多 {n} 行").format(n=MOST_LINES))
    # A cell's midnight comes as its day alone: of a leave the whole day is meant, of a shift the moment.
    starts, ends = moment(cells.get("开始", ""), end=False), moment(cells.get("结束", ""), end=name == "休假")
    return Span(name, line, PAGES[name], who, cells.get("单位", ""), starts, ends)


def _text(cell: Value) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
