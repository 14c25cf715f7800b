"""Workbooks out: no formula, no link, ready to print on A4, written whole or not at all."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from qingqun.i18n import _
from qingqun.office.atomic import replacing
from qingqun.office.plainly import bare
from qingqun.office.read import Value
from qingqun.words import SHANGHAI

MAX_ROWS = 1_048_576  # of xlsx, ECMA-376
MAX_TEXT = 32_767
MAX_EXACT = 10**15  # Excel keeps 15 digits; longer numbers are ids and stay text
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
SURROGATES = re.compile("[\ud800-\udfff]")
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}


class Mark(StrEnum):
    """How a cell stands out."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


COLOURS: dict[Mark, dict[str, Any]] = {
    Mark.RED: {"font_color": "#C00000", "bg_color": "#FDE9E7"},
    Mark.AMBER: {"font_color": "#7F4F00", "bg_color": "#FFF4D6"},
    Mark.GREEN: {"font_color": "#1E6B34", "bg_color": "#E6F4EA"},
    Mark.GREY: {"font_color": "#7F7F7F", "bg_color": "#F2F2F2", "italic": True},
}
CELL: dict[str, Any] = {
    "font_name": "宋体",
    "font_size": 11,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#A6A6A6",
}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "note": {"font_name": "仿宋", "font_size": 11, "valign": "vcenter", "text_wrap": True},
    "header": CELL | {"font_name": "黑体", "align": "center", "bg_color": "#DDE7F3"},
    "cell": CELL,
    "exact": CELL | {"num_format": "@"},
    "day": CELL | {"num_format": "yyyy-mm-dd", "align": "center"},
    "moment": CELL | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title, notes line by line, a header, rows. Columns and rows are counted from 0 in `marks` and `choices`."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]] = ()
    title: str | None = None
    notes: Sequence[str] = ()
    widths: Sequence[float] = ()  # in characters; without one, 14
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)  # (row, column) of `rows`
    exact: Collection[int] = ()  # columns whose cells stay text when somebody types a long number
    height: float | None = None  # of each row, in points; without one, as Excel fits it
    heights: Sequence[float] = ()  # of the single rows, where they differ: LibreOffice fits none by itself
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)  # column -> drop-down list, at most 255 characters together

    @property
    def top(self) -> int:
        """How many lines stand above the header."""
        return (self.title is not None) + len(self.notes)


def write_book(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the sheets to an xlsx at `path`, which is replaced only when all is written.

    Text stays text whatever it begins with. A moment with a zone is shown in Shanghai time. A sheet longer than Excel allows goes on in the
    next one. Raises OSError if the folder cannot be written.
    """
    try:
        with replacing(path) as part, xlsxwriter.Workbook(str(part), SAFE) as workbook:
            book = Book(workbook)
            for sheet in sheets:
                for page in _pages(sheet):
                    book.add(page)
    except FileCreateError as error:  # xlsxwriter wraps what the system says
        raise error.args[0] from error


def _pages(sheet: Sheet) -> Iterator[Sheet]:
    rows = iter(sheet.rows)
    size = MAX_ROWS - sheet.top - 1
    number, first = 1, list(islice(rows, size))
    while first or number == 1:
        start = (number - 1) * size
        marks = {(row - start, column): mark for (row, column), mark in sheet.marks.items()} if start else sheet.marks
        name = sheet.name if number == 1 else f"{sheet.name[:26]}({number})"
        yield replace(sheet, name=name, rows=first, marks=marks, heights=sheet.heights[start : start + size])
        number, first = number + 1, list(islice(rows, size))


class Book:
    """A workbook being written: its styles and the names already taken."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.taken: set[str] = {"history"}  # Excel keeps this name for itself
        self.styles = {name: workbook.add_format(style) for name, style in STYLES.items()}
        for mark, colour in COLOURS.items():
            for name in ("cell", "exact", "day", "moment"):
                self.styles[f"{name}-{mark}"] = workbook.add_format(STYLES[name] | colour)

    def add(self, sheet: Sheet) -> None:
        name = sheet_name(sheet.name, self.taken)
        self.taken.add(name.lower())
        page = self.workbook.add_worksheet(name)
        self._set_up(page, sheet)
        self._head(page, sheet)
        for number, row in enumerate(sheet.rows):
            height = sheet.heights[number] if number < len(sheet.heights) else sheet.height
            if height is not None:
                page.set_row(sheet.top + 1 + number, height)
            for column, value in enumerate(row):
                style = self._style(value, sheet.marks.get((number, column)), exact=column in sheet.exact)
                self._put(page, sheet.top + 1 + number, column, value, style)

    def _set_up(self, page: Any, sheet: Sheet) -> None:
        for column in range(len(sheet.header)):
            page.set_column(column, column, sheet.widths[column] if column < len(sheet.widths) else 14)
        page.freeze_panes(sheet.top + 1, 0)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(sheet.top)
        page.set_footer("&C" + _("第 {page} 页 共 {pages} 页").format(page="&P", pages="&N"))
        for column, choice in sheet.choices.items():
            page.data_validation(
                sheet.top + 1, column, sheet.top + 2000, column, {"validate": "list", "source": list(choice), "ignore_blank": True}
            )

    def _head(self, page: Any, sheet: Sheet) -> None:
        last = max(len(sheet.header) - 1, 0)
        lines = chain([("title", sheet.title)] if sheet.title is not None else [], (("note", note) for note in sheet.notes))
        for row, (style, line) in enumerate(lines):
            if last:
                page.merge_range(row, 0, row, last, "", self.styles[style])
            page.write_string(row, 0, _text(line), self.styles[style])
            page.set_row(row, 30 if style == "title" else 18 * (1 + line.count("\n")))
        for column, text in enumerate(sheet.header):
            page.write_string(sheet.top, column, _text(text), self.styles["header"])
        page.set_row(sheet.top, 32)

    def _style(self, value: Value, mark: Mark | None, *, exact: bool) -> Any:
        name = "moment" if isinstance(value, datetime) else "day" if isinstance(value, date) else "exact" if exact else "cell"
        return self.styles[f"{name}-{mark}" if mark else name]

    def _put(self, page: Any, row: int, column: int, value: Value, style: Any) -> None:
        match value:
            case None | "":
                page.write_blank(row, column, None, style)
            case bool():
                page.write_boolean(row, column, value, style)
            case int() | float() if math.isfinite(value) and abs(value) < MAX_EXACT:
                page.write_number(row, column, value, style)
            case date() if value.year >= 1900:
                page.write_datetime(row, column, _local(value), style)
            case _:
                page.write_string(row, column, _text(str(value)), style)


def sheet_name(name: str, taken: Collection[str] = ()) -> str:
    """Return a name Excel accepts: at most 31 characters, none of them forbidden, and not in `taken` (lower case)."""
    base = SURROGATES.sub("\ufffd", NOT_IN_NAMES.sub(" ", name)).strip().strip("'")[:31].rstrip("'") or _("工作表")
    number, free = 2, base
    while free.lower() in taken:
        tail = f"({number})"
        number, free = number + 1, base[: 31 - len(tail)] + tail
    return free


def _text(text: str) -> str:
    text = bare(SURROGATES.sub("\ufffd", text))
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _local(value: date) -> date:
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(ZoneInfo(SHANGHAI)).replace(tzinfo=None) if aware and isinstance(value, datetime) else value
