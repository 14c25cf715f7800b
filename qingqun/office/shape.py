"""The rectangle a sheet spans, measured before a reader allocates it.

calamine keeps a sheet as a dense rectangle: two cells in opposite corners of an empty sheet ask for 512 GiB and abort the process.
So the corners are read first, from the XML (ECMA-376 part 1, 18.3.1.4; OpenDocument 1.3 part 3, 9.1) and the binary records
([MS-XLSB] 2.3.1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from qingqun.i18n import _
from qingqun.office.limits import Limits, OfficeError

CELL = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
XLSB_ROW = 0
XLSB_CELLS = {*range(2, 12), 62}


@dataclass(slots=True)
class Corner:
    """The last row and column that hold a value, 1-based."""

    limits: Limits
    row: int = 0
    column: int = 0

    def reach(self, row: int, column: int) -> None:
        self.row, self.column = max(self.row, row), max(self.column, column)
        if self.row > self.limits.rows or self.column > self.limits.columns or self.row * self.column > self.limits.cells:
            raise OfficeError(
                "too_many_cells",
                _("表格超过 {rows} 行、{columns} 列或 {cells} 个单元格，未读取；请删除多余的空白行列").format(
                    rows=self.limits.rows, columns=self.limits.columns, cells=self.limits.cells
                ),
            )


class Walker:
    """Follows the cells of one XML part, of xlsx and of ods alike."""

    def __init__(self, limits: Limits) -> None:
        self.corner = Corner(limits)
        self.row = self.column = 0
        self.rows = self.columns = 1  # how often OpenDocument repeats the current row and cell
        self.filled = 0  # the last filled column of an OpenDocument row

    def start(self, name: str, attributes: dict[str, str]) -> None:
        handle = HANDLERS.get(name.rpartition(":")[2] if ":" in name else name)
        if handle:
            handle(self, attributes)

    def table(self, _attributes: dict[str, str]) -> None:
        self.corner = Corner(self.corner.limits)
        self.row = self.column = 0

    def xlsx_row(self, attributes: dict[str, str]) -> None:
        self.row = _count(attributes.get("r"), self.row + 1)
        self.column = 0

    def xlsx_cell(self, attributes: dict[str, str]) -> None:
        place = CELL.fullmatch(attributes.get("r", ""))
        self.column = column_number(place[1]) if place else self.column + 1
        self.row = int(place[2]) if place else self.row

    def xlsx_value(self, _attributes: dict[str, str]) -> None:
        self.corner.reach(self.row, self.column)

    def ods_row(self, attributes: dict[str, str]) -> None:
        self.rows = _count(attributes.get("table:number-rows-repeated"), 1)
        self.row, self.column = self.row + self.rows, 0

    def ods_cell(self, attributes: dict[str, str]) -> None:
        self.columns = _count(attributes.get("table:number-columns-repeated"), 1)
        self.column += self.columns
        if "office:value-type" in attributes or "table:formula" in attributes:
            self.corner.reach(self.row, self.column)

    def ods_text(self, _attributes: dict[str, str]) -> None:
        self.corner.reach(self.row, self.column)


HANDLERS = {
    "row": Walker.xlsx_row,
    "c": Walker.xlsx_cell,
    "v": Walker.xlsx_value,
    "is": Walker.xlsx_value,
    "f": Walker.xlsx_value,
    "table": Walker.table,
    "table-row": Walker.ods_row,
    "table-cell": Walker.ods_cell,
    "covered-table-cell": Walker.ods_cell,
    "p": Walker.ods_text,
}


def check_xml(content: bytes, limits: Limits) -> None:
    """Refuse a part with a document type, a broken part, and a sheet that spans too much. No entity is ever expanded."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = Walker(limits).start
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: a coding nobody knows
        raise OfficeError("damaged", _("文件已损坏，无法读取")) from error


def check_xlsb(content: bytes, limits: Limits) -> None:
    """Refuse a binary sheet that spans too much."""
    corner, row = Corner(limits), 0
    for kind, start, size in _xlsb_records(content):
        if kind == XLSB_ROW and size >= 4:
            row = int.from_bytes(content[start : start + 4], "little") + 1
        elif kind in XLSB_CELLS and size >= 4:
            corner.reach(row, int.from_bytes(content[start : start + 4], "little") + 1)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _xlsb_records(content: bytes) -> Iterator[tuple[int, int, int]]:
    place = 0
    while place < len(content):
        kind, place = _seven_bits(content, place, 2)
        size, place = _seven_bits(content, place, 4)
        yield kind, place, size
        place += size


def _seven_bits(content: bytes, place: int, most: int) -> tuple[int, int]:
    number = 0
    for index, byte in enumerate(content[place : place + most]):
        number |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            return number, place + index + 1
    return number, place + most


def _count(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _refuse_doctype(*_arguments: object) -> None:
    raise OfficeError("doctype", _("文件含有文档类型声明（DTD），未读取"))
