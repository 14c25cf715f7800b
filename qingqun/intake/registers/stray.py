"""A sheet that is no register: what it has instead of the headings, and which headings there are."""

from pathlib import Path

from qingqun.i18n import _, listed
from qingqun.intake.registers.rooms import ROOMS, Room
from qingqun.office import Table

BOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods"}
_FEW = 8  # headings quoted from the sheet
_LONG = 12  # characters of one


def unknown(path: Path, table: Table) -> tuple[str, str]:
    """Return the code of a sheet that was not taken for a register, and why, and what to do."""
    if not table.name and path.suffix.lower() in BOOKS:  # separated text has no sheets
        text = _("文件名写着 {ending}，内容却是文字，不是 Excel 表格；请在 WPS 或 Excel 里打开原表，另存为 xlsx")
        return "not_a_table", text.format(ending=path.suffix)
    met = _("读到的第一行是“{line}”").format(line=listed(_first(table)))
    text = _("没有认出表头：前 20 行中没有一行含有台账的名称栏和另外两个以上的栏目，{met}；栏目名称见 qingqun template 写出的空白模板")
    return "unknown_sheet", text.format(met=met)


def headings() -> list[str]:
    """Return the headings that each kind of register may have, one line a kind, as the template calls them."""
    return [_("{name}：{columns}").format(name=room.name, columns=listed(_columns(room))) for room in ROOMS.values()]


def _columns(room: Room) -> list[str]:
    return [column.names[0] for column in room.columns if column.shown]


def _first(table: Table) -> list[str]:
    rows = ([" ".join(str(cell).split())[:_LONG] for cell in row if cell is not None and str(cell).strip()] for row in table.rows)
    return next((row for row in rows if row), [])[:_FEW]
