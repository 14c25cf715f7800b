"""What may be compared: whose groups the second export has lost. Fewer messages because groups are missing is no improvement.

A group that is missing but disbanded, as the register says, is no gap. Where no key was kept nobody can tell which groups are missing;
then a unit whose count of groups has fallen is taken to have lost them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

NOBODYS = ""  # the unit of a missing group that no register names


@dataclass(frozen=True, slots=True)
class Gaps:
    """Groups that the earlier export had and this one has not: `lost` by unit, the names of those in the register, and those disbanded."""

    lost: Mapping[str, int]
    names: tuple[str, ...] = ()
    disbanded: int = 0

    @property
    def any(self) -> bool:
        """Say whether anything is missing."""
        return sum(self.lost.values()) > 0


def recognised(gone: Mapping[str, str | None], coded: pl.DataFrame, groups: tuple[Mapping[str, int], Mapping[str, int]]) -> Gaps:
    """Take the groups gone, each by its code and the code of its name, and today's roster with both (`code`, `named`); say what is missing.

    A register often has no ids: its group has the code of its name. `groups` as for `counted`.
    """
    names = {named for named in gone.values() if named}
    known = coded.filter(pl.col("code").is_in(list(gone)) | pl.col("named").is_in(list(names))).unique("named", maintain_order=True)
    there = known.filter(pl.col("disbanded").is_null())
    lost = Counter(unit or NOBODYS for unit in there["unit"])
    strange = max(len(gone) - known.height, 0)
    if strange and all(groups):  # nobody knows whose they were, except by the counts
        for unit, n in counted(*groups).lost.items():
            strange -= max(n - lost[unit], 0)
            lost[unit] = max(lost[unit], n)
    lost[NOBODYS] += max(strange, 0)
    return Gaps({unit: n for unit, n in lost.items() if n}, tuple(sorted(there["name"])), known.height - there.height)


def counted(before: Mapping[str, int], after: Mapping[str, int]) -> Gaps:
    """Take groups by unit in both exports; return how many each unit has fewer."""
    fewer = {unit: n - after.get(unit, 0) for unit, n in before.items()}
    return Gaps({unit: n for unit, n in fewer.items() if n > 0})


def covered(gaps: Gaps) -> pl.Expr:
    """Say of a row with `unit` (null: everybody) whether its fall may be called one."""
    if not gaps.any:
        return pl.lit(value=True)
    return pl.col("unit").is_not_null() & ~pl.col("unit").is_in(list(gaps.lost)) & pl.lit(value=not gaps.lost.get(NOBODYS))


def by_unit(facts: pl.DataFrame, roster: pl.DataFrame) -> dict[str, int]:
    """Count the groups of each unit that an export has messages of: a number, no name of a group."""
    seen = roster.filter(pl.col("messages") > 0) if not facts.is_empty() else roster.clear()
    counts = seen.group_by(pl.col("unit").fill_null(NOBODYS)).len().sort("unit")
    return {unit: int(n) for unit, n in counts.iter_rows()}
