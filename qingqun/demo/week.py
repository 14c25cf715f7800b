"""The week of 14 to 20 September 2026 in Shanghai: Saturday is free, Sunday is a make-up working day.

Moments are seconds since Monday 00:00 in Shanghai. The hours stand here as plain numbers, not taken from clock/,
so that the truth does not lean on the code it checks.
"""

from datetime import UTC, datetime, timedelta

DAY, HOUR, MINUTE = 86_400, 3_600, 60
MONDAY = datetime(2026, 9, 13, 16, tzinfo=UTC)
DAYS = 7
SATURDAY, SUNDAY = 5, 6
OPEN, NOON, BACK, CLOSE = 30_600, 43_200, 52_200, 63_000  # 08:30 12:00 14:30 17:30
LATE = 1_800  # a demand this close to closing time is late
NAMES = "一二三四五六日"


def clock(day: int, hour: int, minute: int = 0, second: int = 0) -> int:
    """Return the moment of a day (0 is Monday) and an hour."""
    return day * DAY + hour * HOUR + minute * MINUTE + second


def is_workday(day: int) -> bool:
    """Say whether the office works on that day; the days after the week are ordinary ones."""
    return day % DAYS != SATURDAY and (day % DAYS != SUNDAY or day == SUNDAY)


def working(moment: int) -> bool:
    """Say whether the moment lies in 08:30-12:00 or 14:30-17:30 of a working day."""
    day, second = divmod(moment, DAY)
    return is_workday(day) and (OPEN <= second < NOON or BACK <= second < CLOSE)


def next_open(moment: int) -> int:
    """Return when the next working day begins; a working day that has not begun is the next one."""
    day, second = divmod(moment, DAY)
    if is_workday(day) and second < OPEN:
        return day * DAY + OPEN
    after = next(later for later in range(day + 1, day + 9) if is_workday(later))
    return after * DAY + OPEN


def late(moment: int) -> bool:
    """Say whether a demand at this moment comes too late for the day: after hours or in the last half hour."""
    return not working(moment) or moment % DAY >= CLOSE - LATE


def moment(seconds: int) -> datetime:
    """Return the moment in UTC."""
    return MONDAY + timedelta(seconds=seconds)


def shanghai(seconds: int) -> datetime:
    """Return the moment as the clock on the office's wall shows it, without a zone."""
    return moment(seconds).replace(tzinfo=None) + timedelta(hours=8)


def stamp(seconds: int) -> str:
    """Return the moment in ISO 8601, in Shanghai."""
    return shanghai(seconds).isoformat() + "+08:00"
