"""Which groups could be one: same unit, same kind, mostly the same people. And what the people in them would then get.

Pairs come from one join of the memberships with themselves inside a unit and kind; only those that overlap enough are looked at.

What a person gets is counted in pings a day. A notice that stands in several of the groups pings whoever is in them several times
today and once when they are one, so that a merge of groups that carry the same notices lowers what their common members get. Who is
in only some of them gets the rest as well: that rise is what a merge is refused for.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

INTERNAL = ("main", "department", "topic", "special-task")  # parents' and public groups are never merged with anything


@dataclass(frozen=True, slots=True)
class Limits:
    """What a merge may do. `overlap` is the number of the rule of that name; the others are product defaults: no text gives them."""

    overlap: float = 0.7  # common members over all members of both, as the fact `overlap` has it
    given: bool = False  # a clause gives `overlap`
    share: float = 0.2  # of what a person gets today in all their groups: so much more a day, over all merges together
    least: float = 5.0  # messages a day more that anybody can bear, however quiet their groups are


DEFAULT = Limits()


@dataclass(slots=True)
class Cluster:
    """Groups that are to become one: who is in them, how often each notice stands in the fullest of them, and what else is said."""

    groups: list[int]
    people: set[int]
    notices: Counter[int]
    rest: int

    @property
    def pings(self) -> int:
        """Return the messages of the period that reach each of the people."""
        return self.rest + self.notices.total()

    def with_(self, other: "Cluster") -> "Cluster":
        """Return both as one group. A notice of both stays once, what was repeated inside one of them stays repeated."""
        return Cluster(self.groups + other.groups, self.people | other.people, self.notices | other.notices, self.rest + other.rest)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge looked at, the group that stays first. `before`, `after`, `raised`, `saved` and `net` are pings a day."""

    groups: tuple[int, ...]
    people: int
    moved: int  # people of the groups that go who are not in the one that stays
    exposed: int  # people who are in some of the groups only, and would read what they do not read today
    overlap: float
    before: float  # for a person, on average
    after: float  # for a person
    raised: float  # the largest rise for anybody
    saved: float  # what everybody who is in all of them no longer gets twice
    net: float  # for all people together; below nought it is relief
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
    """Merge the closest pair that nobody pays too much for, again and again. Keeps each person's rise over all merges."""

    groups: dict[int, Cluster]  # each group alone, as it is today
    today: Mapping[int, float]  # pings a day of each person in all their groups
    days: int
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
        joined = one.with_(two)
        rise = dict.fromkeys(one.people - two.people, (joined.pings - one.pings) / self.days)
        rise |= dict.fromkeys(two.people - one.people, (joined.pings - two.pings) / self.days)
        if any(self.raised[person] + more > self._bearable(person) for person, more in rise.items()):
            told = self._told(joined, refused=True)
            self.refused += [told] if told not in self.refused else []
            return
        for person, more in rise.items():
            self.raised[person] += more
        self.clusters.update(dict.fromkeys(joined.groups, joined))

    def _bearable(self, person: int) -> float:
        return max(self.limits.least, self.limits.share * self.today.get(person, 0.0))

    def _told(self, joined: Cluster, *, refused: bool) -> Merge:
        parts = {group: self.groups[group] for group in joined.groups}
        today = {person: sum(part.pings for part in parts.values() if person in part.people) for person in joined.people}
        everywhere = set.intersection(*(part.people for part in parts.values()))
        ranked = sorted(parts, key=lambda g: (-len(parts[g].people), -parts[g].pings, g))
        return Merge(
            groups=tuple(ranked),
            people=len(joined.people),
            moved=len(joined.people - parts[ranked[0]].people),
            exposed=len(joined.people - everywhere),
            overlap=len(everywhere) / len(joined.people),
            before=sum(today.values()) / len(today) / self.days,
            after=joined.pings / self.days,
            raised=max(0, joined.pings - min(today.values())) / self.days,
            saved=(sum(part.pings for part in parts.values()) - joined.pings) / self.days,
            net=(joined.pings * len(today) - sum(today.values())) / self.days,
            refused=refused,
        )
