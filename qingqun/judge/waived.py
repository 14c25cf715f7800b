"""What an office's waivers cover: the same expression in an audit and before sending, because both judge here.

A message is covered on the days of its waiver; a group, an account or an app on the day of inspection.
"""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_

import narwhals as nw

from qingqun.words import Pack, Waiver

OF_UNIT = "of_unit"
"""The column of messages that says whose group or office they are from; whoever judges messages adds it, null where unknown."""


def covered(rule: str, pack: Pack, columns: Collection[str]) -> nw.Expr | None:
    """Return the yes/no expression of the rows that a waiver of the pack covers for a rule; None where there is none."""
    found = [one for waiver in pack.waivers if waiver.rule == rule and (one := covers(waiver, pack, columns)) is not None]
    return reduce(or_, found).fill_null(value=False) if found else None


def covers(waiver: Waiver, pack: Pack, columns: Collection[str]) -> nw.Expr | None:
    """Return what one waiver covers; None where the table does not say what it is limited by, or its days are over."""
    limits = [nw.lit(value=True)]
    if "sent_on" in columns:
        limits = [nw.col("sent_on") >= _number(waiver.since), nw.col("sent_on") <= _number(waiver.until)]
    elif pack.on is None or not waiver.since <= pack.on <= waiver.until:
        return None
    for value, names in ((waiver.name, ("group_name", "name")), (waiver.unit, (OF_UNIT, "unit"))):
        known = next((name for name in names if name in columns), None)
        if value is not None and known is None:
            return None
        if value is not None and known is not None:
            limits.append(nw.col(known) == value)
    return nw.all_horizontal(*limits, ignore_nulls=False)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
