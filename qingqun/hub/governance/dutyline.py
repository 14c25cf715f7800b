"""A line of a duty list as offices type it or paste it from a sheet: 小李 2026-03-12 08:30 2026-03-13 08:30."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from qingqun.clock import BEIJING
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 200
_DATE, _TIME = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", r"(\d{1,2}):(\d{2})(?::\d{2})?"
_WHO, _TO = r"(\S[^\d\t,;]*?|[\w-]{1,40})[\s,;、]+", r"[\s,;~—–\-至到]+"
_LINE = re.compile(rf"{_WHO}{_DATE}[T\s]*{_TIME}{_TO}(?:{_DATE}[T\s]*)?{_TIME}")
_DAYS = re.compile(rf"{_WHO}{_DATE}(?:{_TO}{_DATE})?")
_CELL = re.compile(rf"{_DATE}(?:[T\s]*{_TIME})?")


class Line(NamedTuple):
    """Who, and from when up to, not including, when (Beijing time)."""

    who: str
    starts: datetime
    ends: datetime


def read(text: str) -> Line:
    """Read one line; an end without a date is the next such time after the start.

    Raises:
        Refused: it is none; the reason is for people.
    """
    plain = unicodedata.normalize("NFKC", text[: LONGEST + 1]).strip()
    found = _LINE.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        raise Refused(_("看不懂，请写成：姓名或工号 2026-03-12 08:30 2026-03-13 08:30"))
    who, *parts = found.groups()
    starts = _moment(parts[:5])
    ends = _moment([*(parts[5:8] if parts[5] else parts[:3]), *parts[8:]])
    return Line(who, starts, ends if parts[5] or ends > starts else ends + timedelta(days=1))


def span(text: str) -> Line:
    """Read one line that may name whole days as well: 小李 2026-03-12 2026-03-14, both days included; one day alone is that day.

    Raises:
        Refused: it is none; the reason is for people.
    """
    plain = unicodedata.normalize("NFKC", text[: LONGEST + 1]).strip()
    found = _DAYS.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        return read(text)
    who, *parts = found.groups()
    last = parts[3:] if parts[3] else parts[:3]
    return Line(who, _moment([*parts[:3], "0", "0"]), _moment([*last, "24", "0"]))


def moment(text: str, *, end: bool) -> datetime:
    """Read a moment of a sheet's cell, 2026-03-12 08:30 or a day alone: its beginning, or where it ends something its end.

    Raises:
        Refused: it is none.
    """
    found = _CELL.fullmatch(unicodedata.normalize("NFKC", text[:LONGEST]).strip())
    if found is None:
        raise Refused(_("看不懂的时间“{text}”，请写成 2026-03-12 08:30").format(text=text[:30]))
    parts = found.groups()
    return _moment(parts if parts[3] else [*parts[:3], "24" if end else "0", "0"])


def _moment(parts: Sequence[str]) -> datetime:
    """Return a moment of year, month, day, hour (24 is the end of the day) and minute."""
    year, month, day, hour, minute = map(int, parts)
    try:
        midnight = datetime(year, month, day, tzinfo=BEIJING)
    except ValueError as error:
        raise Refused(_("没有这一天：{y}-{m}-{d}").format(y=year, m=month, d=day)) from error
    if hour * 60 + minute > 24 * 60 or minute > 59 or not 2000 <= year <= 2199:
        raise Refused(_("没有这个时间：{h}:{m:02}").format(h=hour, m=minute))
    return midnight + timedelta(hours=hour, minutes=minute)
