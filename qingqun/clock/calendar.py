"""Which days are worked: the State Council's days off and make-up days, and how surely each year is known.

The tables in tables/ come from NateScarlet/holiday-cn (MIT, licence beside them). 2007 to 2026 are official. 2027 holds the blocks
that the principles published with the regulation of 2024 give, and is unknown until a notice is entered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from qingqun.clock.table import Named, Standing, Table, read

TABLES = Path(__file__).parent / "tables"

# The law (全国年节及纪念日放假办法 2024, article 2) fixes these days in any year; the lunar ones and all bridging wait for a notice.
STATUTORY = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}


class Block(NamedTuple):
    """Days off in a row under one name. Weekends between them count in, weekends around them do not."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """The years' tables, and a region's overlay that flips days either way and always wins."""

    tables: Mapping[int, Table]
    overlay: Mapping[date, Named] = field(default_factory=dict)

    @cached_property
    def days(self) -> dict[date, Named]:
        """Every named day. A later year's table wins where it reaches back into December."""
        merged: dict[date, Named] = {}
        for year in sorted(self.tables):
            merged |= self.tables[year].days
        return merged | dict(self.overlay)

    def named(self, day: date) -> Named | None:
        """Return how the notice, the region or (in a year without a table) the law names the day; None for a plain day."""
        found = self.days.get(day)
        if found or day.year in self.tables or (day.month, day.day) not in STATUTORY:
            return found
        return Named(STATUTORY[day.month, day.day], off=True)

    def works(self, day: date) -> bool:
        """Tell whether the day is worked: as named, else Monday to Friday."""
        named = self.named(day)
        return day.weekday() < 5 if named is None else not named.off

    def standing(self, year: int) -> Standing:
        """Tell how surely the year is known: without a table, not at all."""
        return self.tables[year].standing if year in self.tables else Standing.UNKNOWN

    def entered(self, tables: Iterable[Table]) -> "Calendar":
        """Return the calendar with an administrator's tables, each in place of the shipped one of its year."""
        return replace(self, tables={**self.tables, **{table.year: table for table in tables}})

    def overlaid(self, days: Mapping[date, Named]) -> "Calendar":
        """Return the calendar with a region's days on top."""
        return replace(self, overlay={**self.overlay, **days})

    def blocks(self, year: int) -> list[Block]:
        """List the year's blocks of days off in order. 元旦 may begin in the December before."""
        days = sorted(day for day in self._belonging(year) if (named := self.named(day)) and named.off)
        blocks: list[Block] = []
        for day in days:
            name = self._name(day)
            if blocks and blocks[-1].name == name and not any(map(self.works, _between(blocks[-1].last, day))):
                blocks[-1] = blocks[-1]._replace(last=day)
            else:
                blocks.append(Block(name, day, day))
        return blocks

    def _belonging(self, year: int) -> set[date]:
        table = self.tables.get(year)
        own = set(table.days) if table else {date(year, month, day) for month, day in STATUTORY}
        return own | {day for day in self.overlay if day.year == year}

    def _name(self, day: date) -> str:
        named = self.named(day)
        return named.name if named else ""


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range(1, (last - first).days))


@cache
def shipped() -> Calendar:
    """Return the calendar that comes with the program, read once."""
    tables = (read(path.read_bytes(), path.name) for path in sorted(TABLES.glob("*.json")))
    return Calendar({table.year: table for table in tables})


def blocks(year: int) -> list[Block]:
    """List the shipped calendar's blocks of days off in a year; a unit's own: `hours.calendar.blocks(year)`."""
    return shipped().blocks(year)
