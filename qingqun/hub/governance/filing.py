"""A draft of the filing form that the 2026 measures on government apps ask for (备案申请表), as far as the software knows it.

Its five parts are those of the filing guide of 2026-02-28: 基本信息, 立项审核, 功能设置, 运维安全, 验收情况. The form's own layout was not
published; who files copies the words into it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from qingqun.hub import sql
from qingqun.hub.moment import from_ms
from qingqun.i18n import _, day, listed
from qingqun.office import Mark, Sheet, write_book
from qingqun.words import SHANGHAI, App

_FIRST = "SELECT MIN(accepted_at) FROM hub_notice"
_PEOPLE = "SELECT COUNT(*) FROM hub_person p JOIN hub_unit u ON u.id = p.unit_id WHERE p.left_at IS NULL AND u.path LIKE %s"
_UNITS = "SELECT name FROM hub_unit WHERE path LIKE %s ORDER BY path"
_NAMED = 20  # units written out; of more, the number


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form: what is asked, what is known, and a word for who fills in the rest."""

    title: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the form."""

    title: str
    fields: tuple[Field, ...]


@cache
def _description() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("description.toml").read_text(encoding="utf-8"))


def described() -> App:
    """Return the software as a register of apps would hold it; who runs it is not known here."""
    known = {**dict.fromkeys(App._fields), **_description()["app"], "file": "description.toml", "line": 1}
    return App(**known)


def form(path: str) -> tuple[Section, ...]:
    """Return the draft for the unit at a path of the tree and those below it. Nothing of a person is in it but how many there are."""
    counted = _counted(path)
    return tuple(Section(part["title"], tuple(_field(one, counted) for one in part["fields"])) for part in _description()["sections"])


def _field(one: Mapping[str, str], counted: Mapping[str, str]) -> Field:
    value = one.get("value") or counted.get(one.get("fill", ""), "")
    return Field(one["title"], value, one.get("hint", "") if value else one.get("hint") or _("由主办单位填写"))


def _counted(path: str) -> dict[str, str]:
    first, units = sql.value(_FIRST, []), [row[0] for row in sql.rows(_UNITS, [f"{path}%"])]
    people = sql.value(_PEOPLE, [f"{path}%"])
    shown = listed(units) if len(units) <= _NAMED else _("{name}等 {n} 个单位").format(name=units[0], n=len(units))
    return {
        "version": _version(),
        "unit": units[0] if units else "",
        "units": shown,
        "people": _("{n} 人").format(n=people),
        "address": settings.ADDRESS,
        "first": _day(from_ms(int(first))) if first else "",
        "functions": described().functions or "",
        "database": {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor),
    }


def _day(moment: datetime) -> str:
    return day(moment.astimezone(ZoneInfo(SHANGHAI)).date())


def _version() -> str:
    try:
        return version("qingqun")
    except PackageNotFoundError:
        return ""


def write(sections: tuple[Section, ...], now: datetime, path: Path) -> None:
    """Write the draft as a workbook: a line a field; what is still to be filled in stands out. Raises OSError."""
    rows = [[part.title, field.title, field.value or None, field.hint or None] for part in sections for field in part.fields]
    open_lines = {(index, 2): Mark.AMBER for index, row in enumerate(rows) if row[2] is None}
    sheet = Sheet(
        _("备案申请表（草稿）"),
        [_("部分"), _("项目"), _("内容"), _("说明")],
        rows,
        title=_("政务移动互联网应用程序备案申请表（草稿）"),
        notes=[_("填报单位：{unit}").format(unit=_known(sections, 0, 4)), _("生成日期：{day}").format(day=_day(now))],
        widths=[12, 30, 60, 30],
        marks=open_lines,
    )
    write_book(path, [sheet])


def _known(sections: tuple[Section, ...], part: int, line: int) -> str:
    return sections[part].fields[line].value
