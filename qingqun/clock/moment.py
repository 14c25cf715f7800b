"""One moment: whether it is working time, how far outside, when work opens next; and days counted in working days.

Moments are aware; answers stand in UTC+8. A day is a local `date`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from qingqun.clock import BEIJING
from qingqun.clock import grade as grades
from qingqun.clock.grade import Grade
from qingqun.clock.hours import Hours
from qingqun.clock.table import Standing
from qingqun.i18n import _
from qingqun.words import Refused

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]*([0-9]{1,2})[:点时]([0-9]{1,2})分?(?::([0-9]{1,2})(?:\.[0-9]{1,9})?)?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEARS = range(1949, 2200)  # the republic's, and far enough; a typing slip lies outside


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clock says about a moment. `year` is how surely the moment's own year is known, not that of `next_open`."""

    moment: datetime
    working: bool
    grade: Grade
    next_open: datetime | None  # the moment itself while working; None only where the unit never works again
    year: Standing

    def as_json(self) -> dict[str, str | bool | None]:
        """Return the five fields as JSON has them: moments in ISO 8601 with seconds, +08:00."""
        return {
            "moment": self.moment.isoformat(timespec="seconds"),
            "working": self.working,
            "grade": str(self.grade),
            "next_open": self.next_open.isoformat(timespec="seconds") if self.next_open else None,
            "year": str(self.year),
        }


def parse(text: str) -> datetime:
    """Read a moment such as 2026-01-04 09:00, 2026年1月4日9:00 or ISO 8601 with a zone; without one it is UTC+8.

    Raises:
        Refused: it is no moment, has no time of day, or lies outside 1949 to 2199; the message is for people.
    """
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise Refused(_("看不懂的时刻“{text}”：请写成 2026-01-04 09:00").format(text=text[:40]))
    *numbers, zone = found.groups()
    if numbers[3] is None:
        raise Refused(_("“{text}”只有日期：请写上钟点，如 2026-01-04 09:00").format(text=text[:40]))
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        offset = BEIJING if zone is None else datetime.strptime(zone, "%z").tzinfo
        moment = datetime(year, month, day, hour, minute, second, tzinfo=offset).astimezone(BEIJING)
    except (ValueError, OverflowError) as error:
        raise Refused(_("“{text}”：没有这样的日期或钟点").format(text=text[:40])) from error
    if moment.year not in _YEARS:
        raise Refused(_("“{text}”：年份须在 1949 至 2199 之间").format(text=text[:40]))
    return moment


def answer(moment: datetime, hours: Hours) -> Answer:
    """Grade an aware moment by a unit's hours.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError(_("时刻没有时区"))
    ms = (moment - _EPOCH) // timedelta(milliseconds=1)
    day = grades.local_day(ms)
    found = [segment for segment in grades.segments(day, hours) if segment.start <= ms][-1]
    local = moment.astimezone(BEIJING)
    working = found.grade is Grade.WORK
    return Answer(local, working, found.grade, local if working else _moment(found.opens), hours.calendar.standing(day.year))


def closing(day: date, hours: Hours) -> datetime | None:
    """Return when a working day ordinarily closes, in UTC+8; None on a day that is not worked."""
    return _moment(grades.closing(day, hours))


def is_workday(day: date, hours: Hours) -> bool:
    """Tell whether the unit's calendar has the day worked; shifts do not make a working day."""
    return hours.calendar.works(day)


def next_workday(day: date, hours: Hours) -> date:
    """Return the first working day after the day (节后第一个工作日: after the block's last day)."""
    return workdays_after(day, 1, hours)


def workdays_after(day: date, n: int, hours: Hours) -> date:
    """Return the n-th working day after the day, which is not counted itself (N 个工作日内); a negative n counts back (节前).

    Raises:
        OverflowError: the count leaves the years 1 to 9999.
    """
    step = timedelta(days=1 if n > 0 else -1)
    for _counted in range(abs(n)):
        day += step
        while not hours.calendar.works(day):
            day += step
    return day


def _moment(ms: int | None) -> datetime | None:
    return None if ms is None else (_EPOCH + timedelta(milliseconds=ms)).astimezone(BEIJING)
