"""Units as a tree: what a register of units says, and where it says nothing, what the names let one guess.

By name a unit is below the one whose name its own begins with: 青松街道三里社区 is below 青松街道办事处. A unit's other names (简称, or
what is left of its name without that of the unit above) mean the unit wherever they mean one unit only.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

import polars as pl

_TITLE = re.compile("(?:人民政府|办事处|委员会|党工委|党委|管委会|政府|办公室)$")
INDENT = "\u3000"
_LEAST = 3  # characters that a name must share with the one above it, and that a short name must have


@dataclass(frozen=True, slots=True)
class Tree:
    """`over` has the unit next above each that has one; `named` what each other name means; `registered` the units of the register."""

    over: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    registered: frozenset[str] = frozenset()

    def line(self, unit: str) -> list[str]:
        """Return a unit and those above it, the nearest first."""
        found = [unit]
        while (up := self.over.get(found[-1])) and up not in found:
            found.append(up)
        return found

    @property
    def inner(self) -> set[str]:
        """Return the units that have others below them."""
        return set(self.over.values())

    @property
    def strangers(self) -> list[str]:
        """Return the units above a registered one that are not registered themselves: perhaps a slip of the pen."""
        return sorted({up for unit, up in self.over.items() if unit in self.registered} - self.registered)

    def order(self, units: Iterable[str]) -> list[str]:
        """Return units so that each stands below the one above it, else in the order of names."""
        return sorted(units, key=lambda unit: self.line(unit)[::-1])

    def indented(self, unit: str) -> str:
        """Return a unit's name as deep as it lies."""
        return INDENT * (len(self.line(unit)) - 1) + unit

    def pairs(self, units: Iterable[str]) -> pl.DataFrame:
        """Return `unit`, `up`: each unit with itself and each above it."""
        rows = [(unit, up) for unit in units for up in self.line(unit)]
        return pl.DataFrame(rows, schema={"unit": pl.String, "up": pl.String}, orient="row")

    def settled(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return a table whose units stand under their full names."""
        columns = [name for name in ("unit", "user_unit", "up") if name in table.columns]
        return table.with_columns(pl.col(columns).replace(dict(self.named))) if self.named else table


def tree(units: pl.DataFrame, others: Collection[str] = ()) -> Tree:
    """Take the register of units (UNITS) and the names of units that other tables have; return the tree of all of them."""
    registered = units["name"].to_list()
    parents = dict(units.select("name", "parent").drop_nulls().iter_rows())
    named = _named(units, parents)
    known = dict.fromkeys([*registered, *(named.get(up, up) for up in parents.values()), *(named.get(name, name) for name in others)])
    over = {unit: up for unit, up in above(known).items() if unit not in registered}
    over |= {unit: named.get(up, up) for unit, up in parents.items()}
    return Tree(_open(over), named, frozenset(registered))


def whole(units: pl.DataFrame, tables: Iterable[pl.DataFrame]) -> Tree:
    """Return the tree of a register of units and of tables with a column `unit`."""
    return tree(units, _all(tables))


def titled(names: Collection[str], whole: Tree) -> tuple[str, int] | None:
    """Return what several units are called together, and how many they are: the one above them all, else what their names begin with."""
    if len(names) < 2:
        return None
    lines = [whole.line(name) for name in names]
    common = [up for up in lines[0] if all(up in line for line in lines)]
    begins = shared(names)
    return (common[0] if common else begins if len(begins) > 1 else min(names)), len(names)


def _all(tables: Iterable[pl.DataFrame]) -> list[str]:
    return sorted({unit for table in tables for unit in table["unit"].drop_nulls().unique().to_list()})


def above(units: Collection[str]) -> dict[str, str]:
    """Return the unit next above each unit that has one; a name is looked up by its beginnings, never compared with every other."""
    stems: dict[str, str] = {}
    for unit in sorted(units, key=lambda name: (len(name), name)):
        stems.setdefault(_stem(unit), unit)
    found = {}
    for unit in units:
        stem = _stem(unit)
        heads = (stems.get(unit[:length]) for length in range(len(unit) - 1, _LEAST - 1, -1) if unit[:length] != stem)
        over = next((head for head in heads if head and head != unit), None)
        if over:
            found[unit] = over
    return found


def shared(names: Collection[str]) -> str:
    """Return what all the names begin with."""
    return "".join(letters[0] for letters in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))


def _stem(unit: str) -> str:
    return _TITLE.sub("", unit)


def _named(units: pl.DataFrame, parents: Mapping[str, str]) -> dict[str, str]:
    """Return each other name that means one registered unit only; a unit's own full name always means that unit."""
    rows = units.select("name", "short").iter_rows()
    pairs = {(other, name) for name, short in rows for other in (*(short or ()), *_left(name, parents.get(name)))}
    counted = Counter(other for other, _name in pairs)
    full = set(units["name"])
    return {other: name for other, name in pairs if counted[other] == 1 and other not in full}


def _left(name: str, parent: str | None) -> Iterator[str]:
    """Yield what is left of a name without the name of the unit above."""
    stem = _stem(parent) if parent else ""
    if stem and name.startswith(stem) and len(name) - len(stem) >= _LEAST:
        yield name[len(stem) :]


def _open(over: Mapping[str, str]) -> dict[str, str]:
    """Leave out what would close a circle: names may guess one where a register speaks of a part only."""
    found: dict[str, str] = {}
    for unit, up in over.items():
        walked, at = {unit}, up
        while at in found and at not in walked:
            walked.add(at)
            at = found[at]
        if at != unit and at not in walked:
            found[unit] = up
    return found
