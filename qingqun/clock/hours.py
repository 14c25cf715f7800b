"""A unit's hours: seasons with a lunch break, evenings, shifts, and the calendar its days follow.

Minutes count from local midnight. Seasons are the ordinary hours of working days; an evening is added to working days only;
a shift is worked on its weekdays whatever the calendar says of weekends, and on holidays only where it says so.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from qingqun.clock.calendar import Calendar, shipped

MIDNIGHT = 24 * 60


class Span(NamedTuple):
    """From a minute of the day up to, not including, another. A shift's end may lie beyond midnight."""

    start: int
    end: int


class Yearly(NamedTuple):
    """Days of any year from one (month, day) to another, both included; it may wrap over the new year."""

    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)

    def holds(self, day: date) -> bool:
        """Tell whether the day lies in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


ALL_YEAR = Yearly()


@dataclass(frozen=True, slots=True)
class Season:
    """Ordinary hours in a part of the year: one span, or several with a break (lunch) between them."""

    name: str
    when: Yearly
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evening:
    """Extra hours after the ordinary ones, on some weekdays (0 is Monday) that are working days."""

    weekdays: frozenset[int]
    span: Span
    when: Yearly = ALL_YEAR


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours worked on some weekdays, weekends and nights too. One that ends after midnight belongs to the day it begins on."""

    weekdays: frozenset[int]
    span: Span
    holidays: bool = False
    when: Yearly = ALL_YEAR


DEFAULT_SPANS = (Span(8 * 60 + 30, 12 * 60), Span(14 * 60 + 30, 17 * 60 + 30))


@dataclass(frozen=True)
class Hours:
    """When a unit works. `product_default` says that no authority set (some of) these hours: reports print it."""

    name: str
    seasons: tuple[Season, ...] = ()
    evenings: tuple[Evening, ...] = ()
    shifts: tuple[Shift, ...] = ()
    region: str | None = None
    product_default: bool = False
    calendar: Calendar = field(default_factory=shipped, hash=False, repr=False)

    @staticmethod
    @cache
    def default() -> "Hours":
        """Return 08:30–12:00 and 14:30–17:30 on the national calendar, marked as the product's own choice."""
        return Hours("产品默认", product_default=True)

    def over(self, calendar: Calendar) -> "Hours":
        """Return the same hours on another calendar, for example one with a year entered."""
        return replace(self, calendar=calendar)

    def ordinary(self, day: date) -> tuple[Span, ...]:
        """Return the ordinary spans of the day's season, in order; where no season holds the day, the product's."""
        return next((season.spans for season in self.seasons if season.when.holds(day)), DEFAULT_SPANS)

    def open(self, day: date) -> list[Span]:
        """Return all that is worked on the day itself, merged and in order, within 0 and 1440 minutes."""
        spans = [*self._shift_spans(day), *self._spilled(day)]
        if self.calendar.works(day):
            spans += self.ordinary(day)
            spans += [evening.span for evening in self.evenings if day.weekday() in evening.weekdays and evening.when.holds(day)]
        return _merged([Span(span.start, min(span.end, MIDNIGHT)) for span in spans])

    def _spilled(self, day: date) -> list[Span]:
        if day == date.min:
            return []
        before = self._shift_spans(day - timedelta(days=1))
        return [Span(0, span.end - MIDNIGHT) for span in before if span.end > MIDNIGHT]

    def _shift_spans(self, day: date) -> list[Span]:
        named = self.calendar.named(day)
        holiday = named is not None and named.off
        on = (shift for shift in self.shifts if day.weekday() in shift.weekdays and shift.when.holds(day))
        return [shift.span for shift in on if shift.holidays or not holiday]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
