"""Which groups become one: the close ones first, then those that can be a topic of their unit's one group."""

from dataclasses import dataclass

import polars as pl

from qingqun.findings.plan.cluster import Cluster
from qingqun.findings.plan.greedy import Greedy
from qingqun.findings.plan.limits import Limits
from qingqun.findings.plan.loads import Loads


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. `becomes` maps each group that goes to the cluster it goes into."""

    merges: list[Cluster]
    topics: list[tuple[int, Cluster]]  # the unit's one group, with all that comes to it
    refused: list[Cluster]
    wholes: list[Cluster]  # what stands in the end of the merged groups, each once


def decide(loads: Loads, pairs: pl.DataFrame, topics: pl.DataFrame, limits: Limits) -> Decided:
    """Take close pairs (a, b) and what may be a topic of what (main, g), both in the order in which to try them."""
    greedy = Greedy(loads, limits)
    merges = greedy.run(pairs)
    become = _topics(greedy, topics)
    taken = {g for whole in become.values() for g in whole.groups}
    kept = [merge for merge in merges if not taken.issuperset(merge.groups)]
    wholes = kept + list(become.values())
    stands = {g: i for i, whole in enumerate(wholes) for g in whole.groups}
    apart = (c for c in greedy.refused if None in (ends := {stands.get(g) for g in c.groups}) or len(ends) > 1)
    refused = {frozenset(c.groups): c for c in apart}
    return Decided(kept, list(become.items()), list(refused.values()), wholes)


def _topics(greedy: Greedy, topics: pl.DataFrame) -> dict[int, Cluster]:
    """Bring each group, or what it has been merged into, to its unit's one group, if all of that may come."""
    may = set(topics.iter_rows())
    made = {}
    for main, g in topics.iter_rows():
        coming = greedy.cluster(g)
        if all((main, each) in may for each in coming.groups) and greedy.look(greedy.cluster(main), coming, None):
            made[main] = greedy.cluster(main)
    return made
