"""The kinds of register there are: groups, accounts, apps, units, persons. One file each says its columns and what a row is."""

import re
from collections.abc import Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import polars as pl

import qingqun.intake.registers.accounts as account_register
import qingqun.intake.registers.apps as app_register
import qingqun.intake.registers.groups as group_register
import qingqun.intake.registers.people as person_register
import qingqun.intake.registers.units as unit_register
from qingqun.intake.registers.column import Column, Headings
from qingqun.intake.registers.header import ENOUGH
from qingqun.intake.registers.people import PERSONS, Person
from qingqun.intake.registers.row import Origin, Row
from qingqun.intake.registers.units import UNITS, Unit
from qingqun.office import Value
from qingqun.words import ACCOUNTS, APPS, GROUPS, Account, App, Group

Item = Group | Account | App | Unit | Person
Seen = MutableMapping[tuple[object, ...], Any]  # what the rows before had, of all sheets of a load


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of register: its name, its columns, and how a row becomes a record and back."""

    name: str  # what the template calls its sheet
    record: type[Item]
    schema: pl.Schema
    columns: tuple[Column, ...]
    table: Headings
    own: Collection[str]  # the fields that speak for this register
    hints: re.Pattern[str]
    read: Callable[[Row, Origin], Item]
    write: Callable[[Any], Mapping[str, Value]]
    same: Callable[[Any], tuple[object, ...]]
    needed: Collection[Collection[str]] = ({"name"},)  # a sheet without a field of each is no such register
    enough: int = ENOUGH  # known headings
    against: Callable[[Row, Any, Origin, Seen], None] | None = None  # what a row must not have in common with those before


def _room(module: ModuleType, record: type[Item], schema: pl.Schema) -> Room:
    said = module.NAME, record, schema, module.COLUMNS, module.TABLE, module.OWN, module.HINTS
    more = {name.lower(): getattr(module, name) for name in ("NEEDED", "ENOUGH", "against") if hasattr(module, name)}
    return Room(*said, module.read, module.write, module.same, **more)


ROOMS: Mapping[str, Room] = {
    "groups": _room(group_register, Group, GROUPS),
    "accounts": _room(account_register, Account, ACCOUNTS),
    "apps": _room(app_register, App, APPS),
    "units": _room(unit_register, Unit, UNITS),
    "persons": _room(person_register, Person, PERSONS),
}
