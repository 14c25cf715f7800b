"""Small cells are hidden, and others with them where a hidden one could be had by subtracting shown ones from each other.

The cells of a report stand in a tree: everybody, below it the units with all that is below them, and each unit's own people as the
leaves. From shown cells a reader can work out exactly this: for each shown cell, the people in it that stand in no shown cell inside it
(its rest), and sums of rests. So a choice of cells is safe if and only if every rest is nobody or at least k people; a test holds that
against linear algebra.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

FEW = 5
FEW_SENSITIVE = 10  # shaming and off hours

EVERYBODY = ("all", "")
NOWHERE = ("own", "")  # those of no known unit: never a cell of a report
Cell = tuple[str, str]  # own or all, and a unit


def counted(people: int, k: int = FEW) -> int | None:
    """Return a count of people, or None where it is from 1 to k-1."""
    return people if people >= k or not people else None


@dataclass(slots=True)
class _Cells:
    people: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    inside: dict[Cell, dict[Cell, None]] = field(default_factory=lambda: defaultdict(dict))


def shown(people: Mapping[str, int], over: Mapping[str, str], outside: int = 0, k: int = FEW) -> set[Cell]:
    """Return the cells that may be shown together: ("own", unit), ("all", unit) for units above others, and EVERYBODY.

    `people` counts each unit's own, `outside` those of no known unit; `over` has the unit next above each.
    """
    cells = _built(people, over, outside)
    seen = {cell for cell, n in cells.people.items() if n >= k and cell != NOWHERE}
    rests: dict[Cell, int] = {}
    for cell in _deepest_first(cells):
        if cell in seen:
            _mend(cell, cells, seen, rests, k)
    return seen


def _built(people: Mapping[str, int], over: Mapping[str, str], outside: int) -> _Cells:
    cells, inner = _Cells(), {up for unit in people for up in _above(unit, over)}
    for unit, n in [*people.items(), ("", outside)]:
        line = [("own", unit), *([("all", unit)] if unit in inner else []), *(("all", up) for up in _above(unit, over)), EVERYBODY]
        for cell, holder in pairwise(line):
            cells.inside[holder][cell] = None
        for cell in line:
            cells.people[cell] += n
    return cells


def _above(unit: str, over: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    while (unit := over.get(unit, "")) and unit not in found:
        found.append(unit)
    return found


def _deepest_first(cells: _Cells) -> list[Cell]:
    found, waiting = [], [EVERYBODY]
    while waiting:
        found.append(waiting.pop())
        waiting += cells.inside.get(found[-1], {})
    return found[::-1]


def _mend(cell: Cell, cells: _Cells, seen: set[Cell], rests: dict[Cell, int], k: int) -> None:
    """Hide the smallest cells next inside a shown one until its rest is safe; those of which something is left go first."""
    while 0 < (rest := _rest(cell, cells, seen)) < k:
        inside = _next_shown(cell, cells, seen)
        seen.discard(min(inside, key=lambda one: (not rests.get(one), cells.people[one], one)))
    rests[cell] = rest


def _rest(cell: Cell, cells: _Cells, seen: set[Cell]) -> int:
    return cells.people[cell] - sum(cells.people[one] for one in _next_shown(cell, cells, seen))


def _next_shown(cell: Cell, cells: _Cells, seen: set[Cell]) -> list[Cell]:
    """Return the largest shown cells inside a cell."""
    found, waiting = [], list(cells.inside.get(cell, {}))
    while waiting:
        one = waiting.pop()
        if one in seen:
            found.append(one)
        else:
            waiting += cells.inside.get(one, {})
    return found
