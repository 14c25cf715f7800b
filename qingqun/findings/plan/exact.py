"""How good is the greedy plan? The same model, solved to the proof by HiGHS (the extra `plan`), with a bound where it cannot finish.

Every set of groups that could become one is a column: its value is the memberships that end, its cost what each person would get more.
Each group stands in one chosen column at most; nobody's costs add up to more than they can bear. Columns that share no group and no
person for whom the bound could matter have nothing to do with each other: each such part is solved alone.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from qingqun.findings.plan.cluster import Cluster, alone, joined
from qingqun.findings.plan.greedy import bearable
from qingqun.findings.plan.limits import Limits
from qingqun.findings.plan.loads import Loads
from qingqun.findings.plan.overlap import Ints
from qingqun.findings.plan.solver import Solved, solve

MOST = 2_000  # columns of one knot of close groups; beyond that it is bounded, not solved
EASY = 100  # columns of a part that is solved in no time


@dataclass(frozen=True, slots=True)
class Proof:
    """The memberships that end: in the best plan found, and at most in any plan. `open` of the `parts` were not solved to the end."""

    value: int
    bound: float
    parts: int
    open: int


@dataclass(frozen=True, slots=True)
class Column:
    """A set of groups as one: what it is worth, and whom it costs how much."""

    groups: tuple[int, ...]
    ended: int
    people: Ints
    rise: Ints


def prove(loads: Loads, pairs: pl.DataFrame, limits: Limits, seconds: float = 60.0) -> Proof:
    """Take the close pairs (a, b) that `Greedy.run` was given; return the proof. Raises ImportError where highspy is not installed."""
    near = _near(pairs)
    bears = bearable(loads, limits)
    columns: list[Column] = []
    loose = 0.0
    for knot in _knots(near):
        found = _columns(loads, knot, near)
        if found is None:
            loose += sum(len(loads.people[g]) for g in knot) - len(np.unique(np.concatenate([loads.people[g] for g in knot])))
        else:
            columns += [c for c in found if not bool((c.rise > bears[c.people]).any())]
    tight = _tight(columns, bears)
    parts = sorted(_parts(columns, tight), key=len)
    until, solved = time.monotonic() + seconds, []
    for done, part in enumerate(parts):  # the easy ones first; what time they leave is shared by the others
        left = max(until - time.monotonic(), 1.0) / (len(parts) - done) if len(part) < EASY else max(until - time.monotonic(), 1.0) / 2
        solved.append(_part([columns[i] for i in part], bears, tight, max(left, 1.0)))
    value, bound = sum(s.value for s in solved), sum(s.bound for s in solved)
    return Proof(round(value), bound + loose, len(parts) + bool(loose), sum(not s.proven for s in solved) + bool(loose))


def _near(pairs: pl.DataFrame) -> dict[int, set[int]]:
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs.select("a", "b").iter_rows():
        near[a].add(b)
        near[b].add(a)
    return near


def _knots(near: dict[int, set[int]]) -> Iterator[list[int]]:
    """Yield the groups that hang together by close pairs."""
    seen: set[int] = set()
    for begin in sorted(near):
        if begin not in seen:
            knot, waiting = {begin}, [begin]
            while waiting:
                new = near[waiting.pop()] - knot
                knot |= new
                waiting += new
            seen |= knot
            yield sorted(knot)


def _columns(loads: Loads, knot: Sequence[int], near: dict[int, set[int]]) -> list[Column] | None:
    """Return every set of pairwise close groups of a knot; None where there are more than MOST."""
    sets = _sets(knot, near)
    if sets is None:
        return None
    made: dict[tuple[int, ...], Cluster] = {}
    for groups in sets:  # a set stands behind all that it begins with
        last = alone(loads, groups[-1])
        made[groups] = joined(made[groups[:-1]], last) if len(groups) > 1 else last
    return [_column(cluster) for groups, cluster in made.items() if len(groups) > 1]


def _sets(knot: Sequence[int], near: dict[int, set[int]]) -> list[tuple[int, ...]] | None:
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[tuple[int, ...], list[int]]] = [((g,), [h for h in knot if h > g and h in near[g]]) for g in knot]
    while waiting:
        groups, able = waiting.pop()
        found.append(groups)
        waiting += [((*groups, g), [h for h in able if h > g and h in near[g]]) for g in able]
        if len(found) + len(waiting) > MOST:
            return None
    return found


def _column(cluster: Cluster) -> Column:
    costs = np.flatnonzero(cluster.rise)
    return Column(cluster.groups, cluster.ended, cluster.people[costs], cluster.rise[costs])


def _tight(columns: Sequence[Column], bears: np.ndarray) -> np.ndarray:
    """Say for whom the bound could matter at all.

    A column's cost is laid on its groups in equal shares. Whatever is chosen, each group bears one share at most: its largest.
    """
    if not columns:
        return np.zeros(len(bears), bool)
    keys = [np.add.outer(np.array(c.groups) * len(bears), c.people).ravel() for c in columns]
    shares = [np.tile(c.rise / len(c.groups), len(c.groups)) for c in columns]
    key, share = np.concatenate(keys), np.concatenate(shares)
    order = np.lexsort((share, key))
    last = np.flatnonzero(np.diff(key[order], append=-1))
    most = np.bincount(key[order][last] % len(bears), share[order][last], minlength=len(bears))
    return most > bears


def _parts(columns: Sequence[Column], tight: np.ndarray) -> list[list[int]]:
    """Put the columns that share a group or a tight person together."""
    of: dict[tuple[str, int], int] = {}
    parent = list(range(len(columns)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for i, column in enumerate(columns):
        for thing in (*(("g", g) for g in column.groups), *(("p", p) for p in column.people[tight[column.people]].tolist())):
            parent[root(i)] = root(of.setdefault(thing, i))
    parts: dict[int, list[int]] = defaultdict(list)
    for i in range(len(columns)):
        parts[root(i)].append(i)
    return list(parts.values())


def _part(columns: Sequence[Column], bears: np.ndarray, tight: np.ndarray, seconds: float) -> Solved:
    """Solve one part: a row a group, a row a tight person."""
    groups = {g: i for i, g in enumerate(sorted({g for c in columns for g in c.groups}))}
    persons = {p: len(groups) + i for i, p in enumerate(sorted({p for c in columns for p in c.people[tight[c.people]].tolist()}))}
    most = np.concatenate([np.ones(len(groups)), bears[list(persons)]])
    entries = []
    for column in columns:
        costs = ((persons[p], float(r)) for p, r in zip(column.people.tolist(), column.rise.tolist(), strict=True) if p in persons)
        entries.append([*((groups[g], 1.0) for g in column.groups), *costs])
    return solve([c.ended for c in columns], entries, most, seconds)
