"""Workbooks for offices: the empty template, a register in the template's layout, the error workbook."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from qingqun.i18n import _, joined
from qingqun.intake.registers.column import ERRORS, Column
from qingqun.intake.registers.load import place, read
from qingqun.intake.registers.rooms import ROOMS, Item, Room, Seen
from qingqun.intake.registers.sheets import EXAMPLE, Register, recognise
from qingqun.office import Mark, Sheet, Value, read_tables, write_book
from qingqun.words import Problem

EMPTY_ROWS = 25  # ruled rows to print and fill in by hand


def write_template(path: Path) -> None:
    """Write the empty template: how to fill it in, one example row (skipped when read), a sheet for each kind of register."""
    sheets = [_sheet(room.name, room.columns, [_example(room.columns), *_numbered(room.columns)], {0}) for room in ROOMS.values()]
    write_book(path, [_guide(), *sheets])


def write_registers(path: Path, groups: pl.DataFrame, accounts: pl.DataFrame | None = None, **others: pl.DataFrame) -> None:
    """Write groups (GROUPS), accounts (ACCOUNTS), and others by the names of ROOMS in the template's layout; `load` gives them back."""
    given = {"groups": groups, "accounts": accounts, **others}
    write_book(path, [_filled(ROOMS[kind], table) for kind, table in given.items() if table is not None])


def write_errors(path: Path, register_path: Path) -> None:
    """Write the recognised sheets of a register again, row by row at the same place, with a red column that says what is wrong.

    Corrected and read again it is a register as before. Raises OfficeError if the register cannot be read.
    """
    seen: Seen = {}
    registers = [(table, register) for table in read_tables(register_path) if (register := recognise(table))]
    pages = [_errors(register, read(register, place(register_path, table), seen)) for table, register in registers]
    write_book(path, pages or [Sheet(_("没有台账"), [ERRORS], [[_("没有认出任何一张台账")]], widths=[40])])


def _errors(register: Register, found: Iterable[Item | Problem]) -> Sheet:
    reasons: dict[int, list[str]] = defaultdict(list)
    for item in found:
        if isinstance(item, Problem):
            reasons[item.line].append(item.reason)
    table, header = register.table, register.header
    width = len(header.texts)
    keep = [column for column in range(width) if header.texts[column].strip() != ERRORS]
    top = header.last + 1
    rows = [
        [*(_at(row, column) for column in keep), joined(reasons[top + index + 1]) or None] for index, row in enumerate(table.rows[top:])
    ]
    lines = [_line(table.rows[index]) for index in range(header.last)]
    return Sheet(
        table.name or ROOMS["groups"].name,
        [*(header.texts[column] for column in keep), ERRORS],
        rows,
        title=lines[0] if lines else None,
        notes=lines[1:],
        widths=[*(14.0 for _column in keep), 36.0],
        marks={(index, len(keep)): Mark.RED for index, row in enumerate(rows) if row[-1]},
    )


def _at(row: Sequence[Value], column: int) -> Value:
    return row[column] if column < len(row) else None


def _line(row: Sequence[Value]) -> str:
    return "　".join(dict.fromkeys(str(cell).strip() for cell in row if cell is not None))


def _shown(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.shown]


def _sheet(name: str, columns: Iterable[Column], rows: Sequence[Sequence[Value]], examples: set[int]) -> Sheet:
    shown = _shown(columns)
    return Sheet(
        name,
        [column.names[0] for column in shown],
        rows,
        title=name,
        notes=[_("填报单位：")],
        widths=[column.width for column in shown],
        marks={(row, column): Mark.GREY for row in examples for column in range(len(shown))},
        choices={index: column.choices for index, column in enumerate(shown) if column.choices},
        exact=[index for index, column in enumerate(shown) if column.exact],
        height=24 if examples else None,
    )


def _filled(room: Room, table: pl.DataFrame) -> Sheet:
    shown = _shown(room.columns)
    records = (room.write(room.record(*row)) for row in table.iter_rows())
    rows = [[number, *(record.get(column.field) for column in shown[1:])] for number, record in enumerate(records, start=1)]
    return _sheet(room.name, room.columns, rows, set())


def _example(columns: Iterable[Column]) -> list[Value]:
    first, *others = _shown(columns)
    return [EXAMPLE, *(column.example or None for column in others)] if first else []


def _numbered(columns: Iterable[Column]) -> list[list[Value]]:
    blanks = len(_shown(columns)) - 1
    return [[number, *([None] * blanks)] for number in range(1, EMPTY_ROWS + 1)]


def _guide() -> Sheet:
    rows = [
        [room.name, column.names[0], column.hint, column.example or None]
        for room in ROOMS.values()
        for column in _shown(room.columns)
        if column.hint
    ]
    notes = [
        _("一行填一个群、一个账号、一个应用、一个单位或一个人；灰色的示例行不会被读入，可以保留。"),
        _("栏目的名称不要改；用不到的栏目可以留空，栏目的先后可以调整，也可以加自己的栏目。"),
        _("除人员台账的手机号外，不要填写手机号、身份证号。没有群的单位，在群名称里写“无”。"),
        _("单位台账决定上下级；人员台账只用来认出同一个人的几个账号，不写进任何报告。两张表都可以不填。"),
    ]
    return Sheet(
        _("填写说明"), [_("表"), _("栏目"), _("怎样填"), _("例")], rows, title=_("台账填写说明"), notes=notes, widths=[14, 18, 60, 30]
    )
