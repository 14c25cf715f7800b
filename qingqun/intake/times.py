"""Every way an export writes a moment, in one place.

Epochs in s, ms or µs by magnitude; dates with -, /, . or 年月日; 24-hour and 12-hour clocks; ISO 8601 with a zone.
No zone means Asia/Shanghai.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from qingqun.words import SHANGHAI

ZONE = ZoneInfo(SHANGHAI)
HALVES = "上午|下午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|夜间|[AaPp][Mm]"
DAY = r"(?P<year>[0-9]{4})(?:-|/|\.|年)(?P<month>[0-9]{1,2})(?:-|/|\.|月)(?P<day>[0-9]{1,2})日?"
YEARLESS = r"(?:(?P<year>[0-9]{4})(?:-|/|\.|年))?(?P<month>[0-9]{1,2})(?:-|/|\.|月)(?P<day>[0-9]{1,2})日?"
CLOCK = (
    rf"(?:(?P<half>{HALVES})\s?)?(?P<hour>[0-9]{{1,2}})[:：](?P<minute>[0-9]{{2}})(?:[:：](?P<second>[0-9]{{2}}))?"
    r"(?:\s(?P<after>[AaPp]\.?[Mm]\.?))?"
)
_LOCAL = re.compile(rf"\s*{DAY}(?:\s*(?:星期|周)[一二三四五六日天])?[T\s]*{CLOCK}(?:\.[0-9]+)?\s*")
_NUMBER = re.compile(r"\s*(-?[0-9]{9,17})(?:\.[0-9]*)?\s*")
_MORNING = ("上午", "凌晨", "清晨", "早上", "早晨", "am")
_LATE = ("晚上", "夜间")
_EVENING = 5  # 晚上 with a smaller hour is after midnight: nobody calls 13:30 晚上1:30
LATEST = 4_102_444_800_000  # the year 2100: an epoch beyond it is no moment of a chat


class Moment(NamedTuple):
    """Milliseconds since the epoch, UTC, and how exact they are: s or min."""

    ms: int
    precision: str


def epoch(number: float) -> int | None:
    """Return milliseconds for seconds, milliseconds or microseconds, told by magnitude; None where it is no moment."""
    if not 0 < number < 1e17:
        return None
    if number < 1e11:
        number *= 1000
    elif number >= 1e14:
        number /= 1000
    return int(number) if number < LATEST else None


def read(value: object) -> Moment | None:
    """Return the moment a cell or a field gives, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_number(value)
    return _from_text(str(value)) if len(str(value)) <= 64 else None


def _from_number(number: float) -> Moment | None:
    ms = epoch(number)
    return None if ms is None else Moment(ms, "s")


def _from_text(text: str) -> Moment | None:
    if found := _NUMBER.fullmatch(text):
        return _from_number(int(found[1]))
    if found := _LOCAL.fullmatch(text):
        return from_match(found)
    return _iso(text)


def _iso(text: str) -> Moment | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if len(text.strip()) <= 10:
        return None
    return Moment(round(_stamp(moment if moment.tzinfo else moment.replace(tzinfo=ZONE)) * 1000), "s")


def from_match(found: re.Match[str], day: date | None = None) -> Moment | None:
    """Return the moment of a match of DAY and CLOCK. A missing year or day is taken from `day`."""
    parts = found.groupdict()
    hour, minute, second = _hour(parts), int(parts["minute"]), int(parts["second"] or 0)
    on = _day(parts, day)
    if on is None or hour > 23 or minute > 59 or second > 60:
        return None
    return Moment(_hour_start(on, hour) + (minute * 60 + second) * 1000, "min" if parts["second"] is None else "s")


def day_of(found: re.Match[str]) -> date | None:
    """Return the day of a match of DAY, or None where there is no such day."""
    return _day(found.groupdict(), None)


def _day(parts: dict[str, str | None], day: date | None) -> date | None:
    if parts.get("month") is None:
        return day
    year = parts.get("year") or (str(day.year) if day else None)
    return (year and _date(int(year), int(parts["month"] or 0), int(parts["day"] or 0))) or None


@lru_cache(maxsize=4096)
def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or parts.get("after") or "").lower().replace(".", "")
    if half in _MORNING or (half in _LATE and (hour == 12 or hour < _EVENING)):
        return hour % 12 if hour == 12 else hour
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    return hour + 12 if half and hour < 12 else hour


@lru_cache(maxsize=65536)
def _hour_start(on: date, hour: int) -> int:
    return round(_stamp(datetime(on.year, on.month, on.day, hour, tzinfo=ZONE)) * 1000)


def _stamp(moment: datetime) -> float:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)
