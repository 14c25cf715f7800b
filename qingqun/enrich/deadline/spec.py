"""A due time before it meets the moment of sending: what the words say, nothing resolved."""

from enum import StrEnum
from typing import NamedTuple


class On(StrEnum):
    """How the words name a day."""

    NONE = "none"  # an hour alone
    OFFSET = "offset"  # 今天 明天: days from the day of sending
    WEEKDAY = "weekday"  # 周五: a = weeks ahead (None: the next one), b = 0 for Monday
    DATE = "date"  # 3月13日: a = year or None, b = month, c = day
    DAY = "day"  # 23日: b = month named before or None, c = day
    MONTH = "month"  # 月底: a = months ahead or None, b = month or None, c = last day meant, 0 for the end
    YEAR = "year"  # 年底
    HOLIDAY = "holiday"  # 节前: name, a = days from the block's first day (negative) or, from 1, the n-th workday after it
    WORKDAYS = "workdays"  # N个工作日内
    MONTHS = "months"  # N个月内
    QUARTER = "quarter"  # 季度末: a = quarter or None


class Day(NamedTuple):
    """A named day; which fields are used stands beside each On."""

    on: On
    a: int | None = None
    b: int | None = None
    c: int = 0
    name: str = ""


class At(StrEnum):
    """How the words name a time of day."""

    END = "end"  # 23:59:59
    CLOCK = "clock"  # minutes after midnight; 1440 is the next midnight
    LOOSE = "loose"  # minutes, morning or afternoon not said
    CLOSING = "closing"  # 下班前
    OPENING = "opening"  # 上班前
    AFTER = "after"  # minutes after sending


class Time(NamedTuple):
    """A named time of day."""

    at: At
    minutes: int = 0


class Due(NamedTuple):
    """One thing asked for by a time. A weak one counts only where no other is found."""

    day: Day
    time: Time
    weak: bool = False
    closing: int | None = None  # the text's own closing hour, minutes after midnight


NO_DAY = Day(On.NONE)
END = Time(At.END)
