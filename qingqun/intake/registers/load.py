"""Register files to tables: good rows load, every other row is a problem with its file, sheet and row in Excel."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from qingqun.i18n import _
from qingqun.intake.opened import printable
from qingqun.intake.registers.rooms import ROOMS, Item, Seen
from qingqun.intake.registers.row import Origin, Row
from qingqun.intake.registers.sheets import Register, is_guide, recognise
from qingqun.intake.registers.stray import unknown
from qingqun.office import OfficeError, Table, read_tables
from qingqun.words import PROBLEMS, Problem


class Registers(NamedTuple):
    """All registers of a load. A problem with line 0 is about the whole file or sheet; a row with only a warning has loaded."""

    groups: pl.DataFrame  # GROUPS
    accounts: pl.DataFrame  # ACCOUNTS
    apps: pl.DataFrame  # APPS
    units: pl.DataFrame  # UNITS
    persons: pl.DataFrame  # PERSONS
    problems: pl.DataFrame  # PROBLEMS
    barren: tuple[Problem, ...] = ()  # the first problem of each file of which nothing was read


def load(paths: Iterable[Path]) -> Registers:
    """Read registers from xlsx, xls, et, xlsb, ods or csv files. A file that cannot be read is a problem, never an error."""
    seen: Seen = {}
    files = [list(_file(Path(path), seen)) for path in paths]
    found = [item for file in files for item in file]
    return Registers(
        **{kind: _table(found, room.record, room.schema) for kind, room in ROOMS.items()},
        problems=_table(found, Problem, PROBLEMS),
        barren=tuple(first for file in files if (first := _barren(file))),
    )


def _barren(file: list[Item | Problem]) -> Problem | None:
    """Return why nothing came out of a file, None where something did or its registers have no rows."""
    problems = [item for item in file if isinstance(item, Problem)]
    return problems[0] if problems and len(problems) == len(file) else None


def _table(found: Iterable[Item | Problem], record: type[Item | Problem], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame([item for item in found if isinstance(item, record)], schema=schema, orient="row")


def _file(path: Path, seen: Seen) -> Iterator[Item | Problem]:
    try:
        tables = read_tables(path)
    except OfficeError as error:
        yield Problem(printable(path), 0, error.code, error.reason)
        return
    registers = [(table, recognise(table)) for table in tables]
    if not any(register or (table.visible and not is_guide(table)) for table, register in registers):
        yield Problem(printable(path), 0, "no_register", _("没有台账：工作表都是空的，或者只有说明；空白模板用 qingqun template 写出"))
    for table, register in registers:
        if register:
            yield from read(register, place(path, table), seen)
        elif table.visible and not is_guide(table):
            yield Problem(place(path, table), 0, *unknown(path, table))


def place(path: Path, table: Table) -> str:
    """Return how a sheet is named in a table of problems: 台账.xlsx[工作群台账]."""
    return f"{printable(path)}[{table.name}]" if table.name else printable(path)


def read(register: Register, file: str, seen: Seen) -> Iterator[Item | Problem]:
    """Yield a recognised sheet's records and the problems of its rows; `seen` holds what other sheets had."""
    room = ROOMS[register.kind]
    for kept in register.rows():
        origin = Origin(file, kept.number, register.unit)
        row = Row(kept.cells, register.titles)
        item = room.read(row, origin)
        if not any(fault.fatal for fault in row.faults):
            _refuse_second(row, (register.kind, *room.same(item)), origin, seen)
        if room.against and not any(fault.fatal for fault in row.faults):
            room.against(row, item, origin, seen)
        yield from (Problem(file, origin.line, fault.code, fault.reason) for fault in row.faults)
        if not any(fault.fatal for fault in row.faults):
            yield item


def _refuse_second(row: Row, key: tuple[object, ...], origin: Origin, seen: Seen) -> None:
    first = seen.setdefault(key, origin)
    if first is origin:
        return
    if first.file == origin.file:
        row.refuse("duplicate", _("与第 {line} 行重复").format(line=first.line))
    else:
        row.refuse("duplicate", _("与 {file} 第 {line} 行重复").format(file=first.file, line=first.line))
