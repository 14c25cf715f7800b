"""Turn a due time into a moment, seen from the moment of sending. All in UTC+8."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from qingqun.clock import BEIJING
from qingqun.clock.calendar import Block
from qingqun.clock.hours import Hours
from qingqun.clock.moment import is_workday, workdays_after
from qingqun.enrich.deadline.spec import At, Day, Due, On

_LAST = clock_time(23, 59, 59)
_HALF_YEAR = timedelta(days=183)
_EVENING, _NIGHT_LONG = 18, timedelta(hours=9)  # hour of the day; how far ahead the small hours are meant
BLOCK_NAMES = {"五一": "劳动", "劳动节": "劳动", "十一": "国庆", "除夕": "春节", "过年": "春节"}
"""How the notice names the block of days off that people name so."""
# The eve of the lunar new year: its block may begin before it, or on it.
_EVES = {
    date(2024, 2, 9), date(2025, 1, 28), date(2026, 2, 16), date(2027, 2, 5), date(2028, 1, 25), date(2029, 2, 12), date(2030, 2, 2),
    date(2031, 1, 22), date(2032, 2, 10), date(2033, 1, 30), date(2034, 2, 18), date(2035, 2, 7),
}  # fmt: skip
_ANY_BLOCK = ("节", "节日", "双节", "两节", "小长假", "长假", "假期", "放假")


def _month_end(year: int, month: int, last: int = 0) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, last or monthrange(year, month)[1])


def _valid(year: int, month: int, day: int) -> date | None:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _date(day: Day, today: date, _hours: Hours) -> date | None:
    if day.a is not None:
        return _valid(day.a if day.a > 0 else today.year + {-1: 0, -2: 1, -3: -1}[day.a], day.b or 1, day.c)
    found = _valid(today.year, day.b or 1, day.c)
    if found is None or found < today - _HALF_YEAR:
        found = _valid(today.year + 1, day.b or 1, day.c)
    return found


def _day_of_month(day: Day, today: date, hours: Hours) -> date | None:
    if day.b and (found := _date(day, today, hours)) and found >= today:
        return found
    months = (_valid(today.year, today.month + ahead, day.c) for ahead in range(3))
    return next((found for found in months if found and found >= today), None)


def _weekday(day: Day, today: date, _hours: Hours) -> date:
    weekday = day.b or 0
    if day.a is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    return today + timedelta(days=weekday - today.weekday() + 7 * day.a)


def _month(day: Day, today: date, hours: Hours) -> date | None:
    found = _in_month(day, today)
    if day.name == "工作日" and found and not is_workday(found, hours):
        return workdays_after(found, -1, hours)
    return found


def _in_month(day: Day, today: date) -> date | None:
    if day.b is None:
        month = today.month + (day.a or 0)
        return _valid(today.year, month, day.c) if day.c else _month_end(today.year, month)
    before = 1 if day.name == "月" else 0  # 6月前: before June begins
    found = _month_end(today.year, day.b - before, day.c)
    return found if found >= today - _HALF_YEAR else _month_end(today.year + 1, day.b - before, day.c)


def _quarter(day: Day, today: date, _hours: Hours) -> date:
    return _month_end(today.year, 3 * (day.a or (today.month + 2) // 3))


def _months(day: Day, today: date, _hours: Hours) -> date:
    end = _month_end(today.year, today.month + (day.a or 0))
    return end.replace(day=min(today.day, end.day))


def _holiday(day: Day, today: date, hours: Hours) -> date | None:
    name = BLOCK_NAMES.get(day.name, day.name)
    after = (day.a or 0) > 0
    if day.name == "除夕" and not after and (eve := min((one for one in _EVES if one > today), default=None)):
        return eve - timedelta(days=1)

    def fits(block: Block) -> bool:
        return (block.last if after else block.first) > today and (name in _ANY_BLOCK or name in block.name)

    years = (block for year in (today.year, today.year + 1) for block in hours.calendar.blocks(year))
    if not (block := next(filter(fits, years), None)):
        return None
    return workdays_after(block.last, day.a or 1, hours) if after else block.first - timedelta(days=1)


def _workdays(day: Day, today: date, hours: Hours) -> date:
    return workdays_after(today, min(day.a or 1, 999), hours)


_DAYS: dict[On, Callable[[Day, date, Hours], date | None]] = {
    On.NONE: lambda _day, today, _hours: today,
    On.OFFSET: lambda day, today, _hours: today + timedelta(days=day.a or 0),
    On.WEEKDAY: _weekday,
    On.DATE: _date,
    On.DAY: _day_of_month,
    On.MONTH: _month,
    On.YEAR: lambda day, today, _hours: date(today.year + (1 if day.a == -2 else 0) if (day.a or 0) <= 0 else day.a or 0, 12, 31),
    On.HOLIDAY: _holiday,
    On.WORKDAYS: _workdays,
    On.MONTHS: _months,
    On.QUARTER: _quarter,
}


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, clock_time(), BEIJING) + timedelta(minutes=minutes)


def _loose(day: date, minutes: int, sent: datetime) -> datetime:
    """Return the half of the day that is meant: today the next one to come, else one to six means the afternoon.

    Where both are over today and it is evening, the small hours of the night that has begun are meant.
    """
    first, second = _at(day, minutes % 720), _at(day, minutes % 720 + 720)
    morrow = first + timedelta(days=1)
    if day == sent.date() and second <= sent and sent.hour >= _EVENING and morrow - sent <= _NIGHT_LONG:
        return morrow
    if minutes >= 720:
        return second
    if day == sent.date() and second > sent:
        return first if first > sent else second
    return second if minutes < 7 * 60 else first


def _time(day: date, due: Due, sent: datetime, hours: Hours) -> datetime:
    at, minutes = due.time
    if at is At.CLOCK:
        return _at(day, minutes) if minutes >= 0 else _at(day, 0) - timedelta(seconds=1)
    if at is At.LOOSE:
        return _loose(day, minutes, sent)
    if at is At.CLOSING:
        return _at(day, due.closing or hours.ordinary(day)[-1].end)
    return _at(day, hours.ordinary(day)[0].start) if at is At.OPENING else datetime.combine(day, _LAST, BEIJING)


def _roll(found: datetime, due: Due, sent: datetime) -> datetime:
    """An hour without a day that has passed means tomorrow's; a weekday whose hour has passed means next week's."""
    if found > sent or due.time.at in (At.END, At.CLOSING):
        return found
    if due.day.on is On.NONE:
        return found + timedelta(days=1)
    return found + timedelta(days=7) if due.day.on is On.WEEKDAY and due.day.a is None else found


def moment(due: Due, sent: datetime, hours: Hours) -> datetime | None:
    """Return when it is due; None where no such day exists or the calendar does not know the feast."""
    if due.time.at is At.AFTER:
        return sent + timedelta(minutes=due.time.minutes)
    try:
        day = _DAYS[due.day.on](due.day, sent.date(), hours)
        return _roll(_time(day, due, sent, hours), due, sent) if day else None
    except (OverflowError, ValueError):  # beyond the years a date can hold
        return None


def earliest(dues: Iterable[Due], sent_at: datetime, hours: Hours) -> datetime | None:
    """Return the earliest due moment that is not over at sending; weak ones that roll on count only alone."""
    sent = sent_at.astimezone(BEIJING)
    found = [(due, at) for due in dues if (at := moment(due, sent, hours)) and at >= sent]
    strong = [at for due, at in found if not due.weak or at.date() == sent.date() or due.day.on is not On.NONE]
    return min(strong, default=None) or min((at for _, at in found), default=None)
