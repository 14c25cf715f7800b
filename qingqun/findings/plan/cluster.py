"""Groups that are to become one: who is in them, what they get today, what they would get."""

from dataclasses import dataclass

import numpy as np

from qingqun.findings.plan.loads import Loads
from qingqun.findings.plan.overlap import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Some groups as one. `people` is sorted, `had` says what each of them gets in these groups today, in the same order."""

    groups: tuple[int, ...]
    people: Ints
    had: Ints
    memberships: int  # of all the groups together
    notices: Ints
    copies: Ints  # how often each notice stands in the group where it stands most
    rest: int
    pings: int  # what each of the people would get

    @property
    def rise(self) -> Ints:
        """Return how many pings more each of the people would get; nought for whoever gets less."""
        return np.maximum(self.pings - self.had, 0)

    @property
    def ended(self) -> int:
        """Return how many memberships end: the groups that nobody need look at any more, counted for each person."""
        return self.memberships - len(self.people)


def alone(loads: Loads, g: int) -> Cluster:
    """Return one group as it is today."""
    people, copies, rest = loads.people[g], loads.copies[g], int(loads.rest[g])
    pings = rest + int(copies.sum())
    return Cluster((g,), people, np.full(len(people), pings), len(people), loads.notices[g], copies, rest, pings)


def joined(one: Cluster, two: Cluster) -> Cluster:
    """Return both as one group. A notice of both stays once; what was repeated inside one of them stays repeated."""
    people, had = _folded(one.people, two.people, one.had, two.had, np.add)
    notices, copies = _folded(one.notices, two.notices, one.copies, two.copies, np.maximum)
    rest = one.rest + two.rest
    both = one.memberships + two.memberships
    return Cluster(one.groups + two.groups, people, had, both, notices, copies, rest, rest + int(copies.sum()))


def _folded(a: Ints, b: Ints, of_a: Ints, of_b: Ints, by: np.ufunc) -> tuple[Ints, Ints]:
    """Put two sorted lists with a number beside each entry together; where both have an entry, its numbers are folded."""
    keys = np.concatenate((a, b))
    if not len(keys):
        return keys, keys
    order = keys.argsort(kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], by.reduceat(np.concatenate((of_a, of_b))[order], first)
