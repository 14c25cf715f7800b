"""Counts of people in steps, and which of them may stand side by side, so that nothing shown tells what one of few people did.

A count is shown as the step it lies in: 0 to 4, 5 to 9, … of n people; the last step is longer where fewer than k would be left over, and
below 2k-1 people there is only one step, which says nothing. So one more or less changes nothing that a reader could work out, from one
day to the next neither, and "nobody" and "everybody" look like "few" and "nearly all". Cells share no person; what stands beside the
whole is what `safe` lets through.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qingqun.findings.suppress import FEW

LEAST = 2 * FEW - 1  # people of a cell of which anything can be said


class Step(NamedTuple):
    """From how many to how many it is, both included."""

    low: int
    high: int


class Cell(NamedTuple):
    """People of one unit and all below it, or (`rest`) those of them who are in no cell of their own."""

    unit: int
    units: tuple[int, ...]  # whose own people are in it
    people: int
    rest: bool


def step(count: int, people: int) -> Step:
    """Return the step a count of so many people lies in; all there can be where nothing can be said."""
    last = max((people + 1) // FEW - 1, 0)
    place = min(count // FEW, last)
    return Step(place * FEW, people if place == last else place * FEW + FEW - 1)


def tells(shown: Step, people: int) -> bool:
    """Say whether a step says anything."""
    return shown != (0, people)


def cells(own: Mapping[int, int], paths: Mapping[int, str]) -> list[Cell]:
    """Cut people into cells by unit, the deepest first; what is too few for one goes to the unit above.

    `own` counts each unit's own people, `paths` has the path (/1/5/9/) of each.
    """
    left: dict[int, list[int]] = defaultdict(list)
    chains = {unit: [int(part) for part in paths[unit].split("/") if part] for unit in own}
    for unit in own:
        left[unit].append(unit)
    found: list[Cell] = []
    deepest = {unit: depth for chain in chains.values() for depth, unit in enumerate(chain)}
    above = {unit: chain[depth - 1] for chain in chains.values() for depth, unit in enumerate(chain) if depth}
    cut: set[int] = set()
    for unit in sorted(deepest, key=lambda one: (-deepest[one], one)):
        people = sum(own[one] for one in left[unit])
        if people >= LEAST:
            found.append(Cell(unit, tuple(left[unit]), people, unit in cut))
            cut.add(unit)
        elif unit in above:
            left[above[unit]] += left[unit]
        if unit in cut and unit in above:
            cut.add(above[unit])
    return found


def safe(measures: Sequence[tuple[Step, Sequence[Step]]], people: Sequence[int], total: int) -> list[int]:
    """Return which cells of so many people may be shown beside the whole of `total`: places in `people`, the smallest left out first.

    A measure is the step of the whole and each cell's; all of them are shown for the cells that stay. A reader who adds and subtracts what
    is shown must not learn of any cell, or of those in none, that fewer than k did it or did not more closely than "fewer than k".
    """
    chosen = list(range(len(people)))
    while chosen and any(_betrays(whole, [(people[one], parts[one]) for one in chosen], total) for whole, parts in measures):
        chosen.remove(min(chosen, key=lambda place: (people[place], place)))
    return chosen


def _betrays(whole: Step, parts: Sequence[tuple[int, Step]], people: int) -> bool:
    others = people - sum(count for count, _step in parts)
    spans = [*parts, (others, Step(0, others))]
    low, high = sum(one.low for _count, one in spans), sum(one.high for _count, one in spans)
    return any(_told(count, one, Step(whole.low - high + one.high, whole.high - low + one.low)) for count, one in spans)


def _told(people: int, own: Step, rest: Step) -> bool:
    """Tell whether what the whole leaves for a cell says more of its first or last step than the step itself does."""
    found = Step(max(own.low, rest.low), min(own.high, rest.high))
    if found == own:
        return False
    few = found.high < FEW and found != (0, FEW - 1)
    nearly_all = found.low > people - FEW and found != (people - FEW + 1, people)
    return few or nearly_all or people < LEAST
