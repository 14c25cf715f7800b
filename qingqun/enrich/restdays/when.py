"""Does a time lie on days off of a unit, seen from the moment of sending? All in UTC+8."""

from datetime import date, datetime, time, timedelta

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline.resolve import BLOCK_NAMES, moment
from qingqun.enrich.deadline.spec import END, At, Due
from qingqun.enrich.restdays.spec import Ordered

_SOON = timedelta(days=21)  # a feast without a name is the next one
_LONGEST = 16  # days: no run of days off is longer


def rests(one: Ordered, sent: datetime, hours: Hours) -> datetime | None:
    """Return the moment (UTC+8) of work ordered for days off and not before `sent`; None where the unit works then."""
    if one.due is None:
        return _feast(one.feast or "", sent, hours)
    at = moment(one.due, sent, hours)
    if at is None or at < sent:
        return None
    first = moment(Due(one.first, END), sent, hours) if one.first else None
    days = _days(first.date() if first else at.date(), at.date())
    if one.due.day.name == "末":
        days = [at.date() - timedelta(days=1), at.date()]
    if len(days) == 1 and one.due.time.at is not At.END:
        minutes = at.hour * 60 + at.minute
        return None if hours.calendar.works(days[0]) or _worked(days[0], minutes, hours) else at
    return at if days and all(_off(day, hours) for day in days) else None


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)] if (last - first).days < _LONGEST else []


def _off(day: date, hours: Hours) -> bool:
    """Tell whether nobody of the unit works on the day."""
    return not hours.open(day)


def _worked(day: date, minutes: int, hours: Hours) -> bool:
    return any(span.start <= minutes < span.end for span in hours.open(day))


def _feast(name: str, sent: datetime, hours: Hours) -> datetime | None:
    today = sent.date()
    if name == "off":
        weekend = [today + timedelta(days=n) for n in range(7)]
        free = [day for day in weekend if not hours.calendar.works(day)]
        return _end(free[-1]) if free and all(_off(day, hours) for day in free) else None
    blocks = (block for year in (today.year, today.year + 1) for block in hours.calendar.blocks(year) if block.last >= today)
    called = BLOCK_NAMES.get(name, name)
    for block in blocks:
        if (called and called in block.name) or (not called and block.first - today <= _SOON):
            days = _days(block.first, block.last)
            return _end(block.last) if all(_off(day, hours) for day in days) else None
    return None


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), BEIJING)
