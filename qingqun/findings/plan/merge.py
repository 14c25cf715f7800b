"""A merge looked at: who moves, who would read what they do not read today, and what it brings."""

from dataclasses import dataclass

import numpy as np

from qingqun.findings.plan.cluster import Cluster
from qingqun.findings.plan.loads import Loads


@dataclass(frozen=True, slots=True)
class Merge:
    """The group that stays first. `before`, `after`, `raised`, `saved` and `net` are pings a day."""

    groups: tuple[int, ...]
    people: int
    moved: int  # people of the groups that go who are not in the one that stays
    exposed: int  # people who are in some of the groups only, and would read what they do not read today
    overlap: float
    before: float  # for whoever is in all of them
    after: float  # for everybody
    raised: float  # the largest rise for anybody
    saved: float  # what whoever is in all of them no longer gets twice
    net: float  # for all people together; below nought it is relief
    twice: tuple[int, ...]  # the notices that stand in several of them


def looked(cluster: Cluster, loads: Loads, stays: int | None = None) -> Merge:
    """Look at a merge. `stays` is the group that stays; None: the largest, of equal ones the one with most messages."""
    size = {g: len(loads.people[g]) for g in cluster.groups}
    pings = {g: int(loads.rest[g] + loads.copies[g].sum()) for g in cluster.groups}
    ranked = sorted(cluster.groups, key=lambda g: (g != stays, -size[g], -pings[g], g))
    times = np.bincount(np.searchsorted(cluster.people, np.concatenate([loads.people[g] for g in ranked])))
    everywhere = int((times == len(ranked)).sum())
    everybody, days, total = len(cluster.people), loads.days, sum(pings.values())
    return Merge(
        groups=tuple(ranked),
        people=everybody,
        moved=everybody - size[ranked[0]],
        exposed=everybody - everywhere,
        overlap=everywhere / max(everybody, 1),
        before=total / days,
        after=cluster.pings / days,
        raised=int(cluster.rise.max(initial=0)) / days,
        saved=(total - cluster.pings) / days,
        net=(cluster.pings * everybody - int(cluster.had.sum())) / days,
        twice=_twice(ranked, loads),
    )


def _twice(groups: list[int], loads: Loads) -> tuple[int, ...]:
    numbers, places = np.unique(np.concatenate([loads.notices[g] for g in groups]), return_counts=True)
    return tuple(numbers[places > 1].tolist())
