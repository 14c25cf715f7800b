"""Untrusted tables in: xlsx, xls, et, xlsb, ods by content, else separated text."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import python_calamine as calamine

from qingqun.i18n import _, why
from qingqun.office.archive import parts
from qingqun.office.delimited import read_delimited
from qingqun.office.limits import DEFAULT, Limits, OfficeError
from qingqun.office.shape import check_xlsb, check_xml
from qingqun.office.xls import check_xls

Value = str | int | float | bool | date | datetime | None
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8", b"\x1f\x8b")


class Table(NamedTuple):
    """One sheet. Row n of Excel is rows[n - 1]; merged cells all hold the value of their first cell."""

    name: str  # empty for separated text
    visible: bool
    rows: list[list[Value]]


def read_tables(path: Path, limits: Limits = DEFAULT) -> list[Table]:
    """Return the sheets of an untrusted file, whatever its ending says. Raises OfficeError if it is refused."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device never ends
            raise OfficeError("unreadable", _("这不是普通文件。"))
        if path.stat().st_size > limits.packed:
            raise OfficeError("too_large", _("文件超过 {size} MB，未读取").format(size=limits.packed // 2**20))
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError("unreadable", _("文件打不开：{reason}").format(reason=why(error))) from error
    return read_data(data, limits)


def read_data(data: bytes, limits: Limits = DEFAULT) -> list[Table]:
    """As `read_tables`, for a file already in memory."""
    if data.startswith(ZIP):
        check_workbook(data, limits)
    elif data.startswith(COMPOUND):
        check_xls(data, limits)
    else:
        return [_text_table(data, limits)]
    return list(_sheets(data, limits))


def check_workbook(data: bytes, limits: Limits = DEFAULT) -> None:
    """Refuse a zipped workbook that is too large, hostile or no workbook at all."""
    names = set()
    for name, content in parts(data, limits):
        names.add(name)
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            check_xml(content, limits)
        elif "worksheets/" in name:
            check_xlsb(content, limits)
    if not names & BOOKS:
        raise OfficeError("not_a_table", _("不是表格文件，无法读取"))


def _text_table(data: bytes, limits: Limits) -> Table:
    if data.startswith(NOT_TABLES):
        raise OfficeError("not_a_table", _("不是表格文件，无法读取"))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise OfficeError("web_page", _("这是网页文件，不是真正的表格；请打开后另存为 xlsx"))
    return Table("", visible=True, rows=[[cell or None for cell in row] for row in read_delimited(data, limits)])


def _sheets(data: bytes, limits: Limits) -> Iterator[Table]:
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            for meta in book.sheets_metadata:
                if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                    rows = _rows(book.get_sheet_by_name(meta.name), limits)
                    yield Table(meta.name, meta.visible == calamine.SheetVisibleEnum.Visible, rows)
    except calamine.PasswordError as error:
        raise OfficeError("encrypted", _("文件已加密，请取消密码后重试")) from error
    except calamine.CalamineError as error:
        raise OfficeError("damaged", _("文件已损坏，无法读取")) from error
    except BaseException as error:  # calamine panics on some broken old workbooks; PyO3's PanicException has no name to import
        if type(error).__name__ != "PanicException":
            raise
        raise OfficeError("damaged", _("文件已损坏，无法读取")) from error


def _rows(sheet: calamine.CalamineSheet, limits: Limits) -> list[list[Value]]:
    if sheet.end is None:
        return []
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height > limits.rows or width > limits.columns or height * width > limits.cells:
        raise OfficeError("too_many_cells", _("工作表“{name}”行列过多，未读取").format(name=sheet.name))
    rows = [[_value(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_merged(rows, sheet.merged_cell_ranges or [], limits)
    return rows


def _value(cell: object) -> Value:
    """Calamine gives '' for an empty cell; a time of day or a duration has no place in a register and becomes text."""
    if cell == "":
        return None
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell if isinstance(cell, (str, int, float, date)) else None


def _fill_merged(rows: list[list[Value]], ranges: list[tuple[tuple[int, int], tuple[int, int]]], limits: Limits) -> None:
    budget = limits.cells
    for (top, left), (bottom, right) in ranges:
        inside = [row[left : right + 1] for row in rows[top : bottom + 1]]
        budget -= sum(map(len, inside)) + 1
        if budget < 0:
            raise OfficeError("too_many_cells", _("合并单元格过多，未读取"))
        for row in rows[top : bottom + 1] if inside and inside[0] else []:
            row[left : right + 1] = [inside[0][0]] * len(row[left : right + 1])
