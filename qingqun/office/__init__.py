"""Safe office files: limits before unpacking on the way in, no formula on the way out."""

from qingqun.office.archive import parts
from qingqun.office.book import Mark, Sheet, sheet_name, write_book
from qingqun.office.delimited import plain, write_delimited
from qingqun.office.limits import DEFAULT, Limits, OfficeError
from qingqun.office.read import Table, Value, read_data, read_tables

__all__ = [
    "DEFAULT",
    "Limits",
    "Mark",
    "OfficeError",
    "Sheet",
    "Table",
    "Value",
    "parts",
    "plain",
    "read_data",
    "read_tables",
    "sheet_name",
    "write_book",
    "write_delimited",
]
