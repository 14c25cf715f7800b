"""How far outside working time a moment lies. Between two boundaries of a day nothing changes, so a day is a few segments.

This is the one place that grades; moment.py looks one moment up in it, column.py a column of them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from qingqun.clock.hours import Hours, Span

NIGHT_ENDS, NIGHT_BEGINS = 7 * 60, 22 * 60
DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_EIGHT_HOURS_MS = 8 * 3_600_000
_EPOCH = date(1970, 1, 1).toordinal()


class Grade(StrEnum):
    """Working, or the first of the others that applies, in this order."""

    WORK = "work"  # ordinary hours, an evening or a shift: whatever the unit says it works, by night and on holidays too
    HOLIDAY = "holiday"  # a day off named in the notice (or by the region)
    NIGHT = "night"  # 22:00 to 07:00
    REST_DAY = "rest_day"  # any other day that is not worked
    LUNCH = "lunch"  # between the ordinary spans of a working day
    AFTER = "after"  # a working day outside its hours, before opening included


class Segment(NamedTuple):
    """A stretch of one grade, up to the next segment. Times are milliseconds since the epoch, UTC."""

    start: int
    grade: Grade
    opens: int | None  # when work opens next; None while it is open
    closes: int | None  # the working day's last ordinary closing, while it is still to come


def midnight(day: date) -> int:
    """Return the local midnight a day begins with, in milliseconds since the epoch, UTC."""
    return (day.toordinal() - _EPOCH) * DAY_MS - _EIGHT_HOURS_MS


def local_day(ms: int) -> date:
    """Return the local day of a moment given in milliseconds since the epoch, UTC."""
    return date.fromordinal((ms + _EIGHT_HOURS_MS) // DAY_MS + _EPOCH)


def closing(day: date, hours: Hours) -> int | None:
    """Return a working day's last ordinary closing, in milliseconds since the epoch, UTC; None on other days."""
    return midnight(day) + hours.ordinary(day)[-1].end * _MINUTE_MS if hours.calendar.works(day) else None


def segments(day: date, hours: Hours) -> Iterator[Segment]:
    """Cut a local day where its grade or what comes next changes; the first segment starts at midnight."""
    ordinary, opened, begin, closes = hours.ordinary(day), hours.open(day), midnight(day), closing(day, hours)
    later = _opening_after(day, hours)
    edges = {minute for span in (*ordinary, *opened) for minute in span}
    for minute in sorted(edge for edge in edges | {0, NIGHT_ENDS, NIGHT_BEGINS} if edge < 24 * 60):
        start = begin + minute * _MINUTE_MS
        working = any(span.start <= minute < span.end for span in opened)
        coming = next((begin + span.start * _MINUTE_MS for span in opened if span.start > minute), later)
        yield Segment(
            start,
            Grade.WORK if working else _idle(day, minute, ordinary, hours),
            None if working else coming,
            closes if closes is not None and start < closes else None,
        )


def _idle(day: date, minute: int, ordinary: tuple[Span, ...], hours: Hours) -> Grade:
    named = hours.calendar.named(day)
    if named is not None and named.off:
        return Grade.HOLIDAY
    if minute < NIGHT_ENDS or minute >= NIGHT_BEGINS:
        return Grade.NIGHT
    if not hours.calendar.works(day):
        return Grade.REST_DAY
    return Grade.LUNCH if ordinary[0].end <= minute < ordinary[-1].start else Grade.AFTER


def _opening_after(day: date, hours: Hours) -> int | None:
    while day < date.max:
        day += timedelta(days=1)
        if opened := hours.open(day):
            return midnight(day) + opened[0].start * _MINUTE_MS
    return None
