"""One year's table of days, in the format of NateScarlet/holiday-cn: name, date, isOffDay, the notices it came from.

Two keys are our own: `standing` (see Standing) and `source`, where there is no notice to cite.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import orjson

from qingqun.clock.errors import ClockFileError
from qingqun.i18n import _

LARGEST = 1 << 20  # bytes; a real table has 5,000


class Standing(StrEnum):
    """How surely a year's days are known."""

    OFFICIAL = "official"  # the State Council has published its notice
    PROVISIONAL = "provisional"  # derived from the 2024 principles and entered by an administrator
    UNKNOWN = "unknown"  # neither


class Named(NamedTuple):
    """A day a notice names: off, or worked although it is a weekend."""

    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A year's named days. The days of a year may reach into the December before it."""

    year: int
    standing: Standing
    days: Mapping[date, Named]
    papers: tuple[str, ...] = ()


def read(content: bytes, file: str) -> Table:
    """Read a table from JSON; the file's name is for the error alone.

    Raises:
        ClockFileError: no JSON, no year, no days, a day that is none or stands there twice, or a make-up day in a year without a notice.
    """
    given = _parsed(content, file)
    year = given.get("year")
    if not isinstance(year, int) or not 1949 <= year <= 9998:
        raise ClockFileError(file, "year", _("应为四位年份"))
    papers = tuple(map(str, given.get("papers") or ()))
    standing = _standing(given, papers, file)
    found = Table(year, standing, _days(given, year, file), papers)
    if standing is not Standing.OFFICIAL and not all(named.off for named in found.days.values()):
        raise ClockFileError(file, "days", _("没有正式通知的年份不能写调休上班日（isOffDay 为 false）：调休以通知为准"))
    return found


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise ClockFileError(file, "", _("文件过大"))
    try:
        given = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise ClockFileError(file, "", _("不是 JSON：{error}").format(error=error)) from error
    if not isinstance(given, dict):
        raise ClockFileError(file, "", _("应为一个对象，含 year 和 days"))
    return given


def _standing(given: dict[str, Any], papers: tuple[str, ...], file: str) -> Standing:
    stated = given.get("standing", Standing.OFFICIAL if papers else Standing.PROVISIONAL)
    if stated not in list(Standing):
        raise ClockFileError(file, "standing", _("应为 official、provisional 或 unknown"))
    if stated == Standing.OFFICIAL and not papers:
        raise ClockFileError(file, "papers", _("正式日历必须写明通知的出处"))
    return Standing(stated)


def _days(given: dict[str, Any], year: int, file: str) -> dict[date, Named]:
    rows = given.get("days")
    if not isinstance(rows, list) or not rows:
        raise ClockFileError(file, "days", _("没有任何日期"))
    days: dict[date, Named] = {}
    for number, row in enumerate(rows, start=1):
        day, named = _day(row, f"days.{number}", file)
        if day in days or not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
            raise ClockFileError(file, f"days.{number}", _("{day} 重复或不属于 {year} 年").format(day=day, year=year))
        days[day] = named
    return days


def _day(row: object, key: str, file: str) -> tuple[date, Named]:
    match row:
        case {"name": str(name), "date": str(day), "isOffDay": bool(off)} if name:
            try:
                return date.fromisoformat(day), Named(name, off)
            except ValueError as error:
                raise ClockFileError(file, f"{key}.date", _("不是日期：{day}").format(day=day)) from error
        case _:
            raise ClockFileError(file, key, _("应有 name、date（如 2027-01-01）和 isOffDay（true 或 false）"))
