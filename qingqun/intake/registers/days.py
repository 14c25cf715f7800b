"""Days as offices write them: 2026-07-03, 2026/7/3, 2026.7.3, 2026年7月3日, 2026年7月, 20260703, an Excel serial, a date cell."""

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from qingqun.office import Value
from qingqun.words import SHANGHAI

EPOCH = date(1899, 12, 30)  # day 0 of Excel's 1900 system, as its leap-year error leaves it (ECMA-376 part 1, 18.17.4.1)
SERIALS = range(32_874, 73_416)  # 1990 to 2100
YEARS = range(1990, 2101)
DAY = re.compile(r"([0-9]{4}|[0-9]{2})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*[日号]?")
COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
MONTH = re.compile(r"((?:19|20)[0-9]{2})\s*[-./年]?\s*([0-9]{1,2})\s*月?(?:份|底|末|初)?")
YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年?(?:底|末|初|度)?")
CLOCK = re.compile(r"(?:[\sT]+|\s*(?:上午|下午|凌晨|中午|晚上)\s*)[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}(?:\.[0-9]+)?)?秒?\s*$")
WEEKDAY = re.compile(r"\s*[(]?(?:星期|周)[一二三四五六日天][)]?\s*$")
ABOUT = re.compile(r"^(?:约|大约|暂定|预计|计划|截至|截止|至|于)+|(?:前|后|左右|起|止|之前|以前|许)+$")


def read_day(value: Value, *, end: bool = False) -> date | None:
    """Return the day, Asia/Shanghai, or None if the value is no day. A month or year alone is its first day, with `end` its last.

    2026.1 as a number is no day: Excel shows October 2026 and January 2026 alike.
    """
    if isinstance(value, date):
        day = _local(value) if isinstance(value, datetime) else value
        return day if day.year in YEARS else None  # an empty cell that a formula refers to is 1900-01-00
    if isinstance(value, bool) or value is None:
        return None
    return _number(value, end=end) if isinstance(value, (int, float)) else _text(value, end=end)


def find_day(text: str) -> date | None:
    """Return the first full day or month named inside a sentence."""
    text = unicodedata.normalize("NFKC", text)
    found = DAY.search(text) or re.search(r"((?:19|20)[0-9]{2})\s*[-./年]\s*([0-9]{1,2})\s*月", text)
    return read_day(found[0]) if found else None


def _number(value: float, *, end: bool) -> date | None:
    if not 0 < value < 10**8:  # nor is infinity or NaN
        return None
    if int(value) in SERIALS:
        return EPOCH + timedelta(days=int(value))
    if value != int(value):
        text = f"{value:.4f}".rstrip("0")
        return None if text.endswith(".1") else _text(text, end=end)
    return _text(str(int(value)), end=end)


def _text(text: str, *, end: bool) -> date | None:
    text = WEEKDAY.sub("", CLOCK.sub("", unicodedata.normalize("NFKC", _zoned(text)).strip()))
    text = ABOUT.sub("", text).strip()
    if found := DAY.fullmatch(text) or COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text) and int(float(text)) in SERIALS:
        return EPOCH + timedelta(days=int(float(text)))
    if found := MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]), end=end)
    if found := YEAR.fullmatch(text):
        return date(int(found[1]), 12, 31) if end else date(int(found[1]), 1, 1)
    return None


def _zoned(text: str) -> str:
    """A moment with a zone (ISO 8601) as the day it is in Shanghai."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return _local(moment).isoformat() if moment.tzinfo else text


def _local(moment: datetime) -> date:
    return (moment.astimezone(ZoneInfo(SHANGHAI)) if moment.tzinfo else moment).date()


def _day(year: int, month: int, day: int) -> date | None:
    year += (2000 if year < 70 else 1900) if year < 100 else 0  # 98.5.1 is 1998: no group has yet to be made in 2098
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _month(year: int, month: int, *, end: bool) -> date | None:
    if month not in range(1, 13) or year not in YEARS:
        return None
    return date(year, month, calendar.monthrange(year, month)[1] if end else 1)
