"""Which groups could be one: same unit, same kind, mostly the same people. And what the people in them would then get.

Pairs come from one join of the memberships with themselves inside a unit and kind; only those that overlap enough are looked at.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl

INTERNAL = ("main", "department", "topic", "special-task")  # parents' and public groups are never merged with anything


@dataclass(frozen=True, slots=True)
class Limits:
    """What a merge may do. All are product defaults (产品默认): no text gives them."""

    overlap: float = 0.7  # common members over all members of both, as the fact `overlap` has it
    raised: float = 5.0  # messages a day more for anybody, over all merges together
    dormant: int = 60  # days without a message


DEFAULT = Limits()


@dataclass(slots=True)
class Cluster:
    """Groups that are to become one."""

    groups: list[int]
    people: set[int]
    rate: float  # messages per day


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge looked at: the group that stays first, who would be newly exposed, and whether it is `refused` for the load."""

    groups: tuple[int, ...]
    people: int
    exposed: int
    overlap: float
    before: float
    after: float
    raised: float
    refused: bool


def pairs(people: pl.DataFrame, groups: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Return `a`, `b`, `common`, `overlap`, the closest first. In: `people` with g and person; `groups` with g, unit, kind."""
    placed = people.join(groups.select("g", "unit", "kind"), on="g")
    sizes = placed.group_by("g").agg(pl.len().alias("size"))
    both = placed.join(placed, on=["unit", "kind", "person"], suffix="_b").filter(pl.col("g") < pl.col("g_b"))
    common = both.group_by(a="g", b="g_b").agg(pl.len().alias("common"))
    sized = common.join(sizes.rename({"g": "a", "size": "size_a"}), on="a").join(sizes.rename({"g": "b", "size": "size_b"}), on="b")
    overlap = pl.col("common") / (pl.col("size_a") + pl.col("size_b") - pl.col("common"))
    close = sized.with_columns(overlap=overlap).filter(overlap >= limits.overlap)
    return close.sort("overlap", "common", "a", "b", descending=[True, True, False, False])


@dataclass(slots=True)
class Greedy:
    """Merge the closest pair that nobody pays for, again and again. Keeps each person's rise over all merges."""

    groups: dict[int, Cluster]  # each group alone, as it is today
    limits: Limits
    clusters: dict[int, Cluster] = field(default_factory=dict)
    raised: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    refused: list[Merge] = field(default_factory=list)

    def run(self, ordered: pl.DataFrame) -> list[Merge]:
        """Take `pairs`; return the merges to make. Those refused for the load are left in `refused`."""
        self.clusters = dict(self.groups)
        for a, b in ordered.select("a", "b").iter_rows():
            self._look(self.clusters[a], self.clusters[b])
        merged = {id(cluster): cluster for cluster in self.clusters.values() if len(cluster.groups) > 1}
        return [self._told(cluster, refused=False) for cluster in merged.values()]

    def _look(self, one: Cluster, two: Cluster) -> None:
        if one is two or len(one.people & two.people) < self.limits.overlap * len(one.people | two.people):
            return
        joined = Cluster(one.groups + two.groups, one.people | two.people, one.rate + two.rate)
        rise = dict.fromkeys(one.people - two.people, two.rate) | dict.fromkeys(two.people - one.people, one.rate)
        if any(self.raised[person] + more > self.limits.raised for person, more in rise.items()):
            told = self._told(joined, refused=True)
            self.refused += [told] if told not in self.refused else []
            return
        for person, more in rise.items():
            self.raised[person] += more
        self.clusters.update(dict.fromkeys(joined.groups, joined))

    def _told(self, joined: Cluster, *, refused: bool) -> Merge:
        parts = {group: self.groups[group] for group in joined.groups}
        today = {person: sum(part.rate for part in parts.values() if person in part.people) for person in joined.people}
        everywhere = set.intersection(*(part.people for part in parts.values()))
        return Merge(
            groups=tuple(sorted(parts, key=lambda g: (-len(parts[g].people), -parts[g].rate, g))),
            people=len(joined.people),
            exposed=len(joined.people - everywhere),
            overlap=len(everywhere) / len(joined.people),
            before=sum(today.values()) / len(today),
            after=joined.rate,
            raised=joined.rate - min(today.values()),
            refused=refused,
        )
