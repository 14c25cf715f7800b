"""Merge the closest groups that nobody pays too much for, again and again.

The model, which `exact` solves to the proof: groups that become one must be pairwise close; each group is in one merge at most; over all
merges together nobody gets more than they can bear; as many memberships as possible end.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from qingqun.findings.plan.cluster import Cluster, alone, joined
from qingqun.findings.plan.limits import Limits
from qingqun.findings.plan.loads import Loads

WIDTH = 32  # bits of a group's number


def bearable(loads: Loads, limits: Limits) -> npt.NDArray[np.float64]:
    """Return how many pings more in the whole period each person can bear."""
    return np.asarray(np.maximum(limits.least * loads.days, limits.share * loads.today) + 1e-6, np.float64)


@dataclass(slots=True)
class Greedy:
    """The merges made and refused so far. Keeps each person's rise over all merges."""

    loads: Loads
    limits: Limits
    raised: npt.NDArray[np.int64] = field(init=False)
    bears: npt.NDArray[np.float64] = field(init=False)
    clusters: dict[int, Cluster] = field(default_factory=dict)
    refused: list[Cluster] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with everybody at what they get today."""
        self.bears = bearable(self.loads, self.limits)
        self.raised = np.zeros(len(self.bears), np.int64)

    def run(self, pairs: pl.DataFrame) -> list[Cluster]:
        """Take close pairs (a, b), the closest first; return the merges to make. Those refused for the load are in `refused`."""
        a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
        known = set((np.minimum(a, b) << WIDTH | np.maximum(a, b)).tolist())
        for one, two in zip(a.tolist(), b.tolist(), strict=True):
            self.look(self.cluster(one), self.cluster(two), known)
        found = {id(cluster): cluster for cluster in self.clusters.values() if len(cluster.groups) > 1}
        return list(found.values())

    def cluster(self, g: int) -> Cluster:
        """Return what a group is part of now."""
        if g not in self.clusters:
            self.clusters[g] = alone(self.loads, g)
        return self.clusters[g]

    def look(self, one: Cluster, two: Cluster, known: set[int] | None) -> bool:
        """Merge two clusters if each pair across them is `known` to be close (None: it need not be) and nobody pays too much."""
        if one is two or (known is not None and not _close(one, two, known)):
            return False
        both = joined(one, two)
        if not self._borne(one, two, both):
            self.refused.append(both)
            return False
        self.clusters.update(dict.fromkeys(both.groups, both))
        return True

    def _borne(self, one: Cluster, two: Cluster, both: Cluster) -> bool:
        """Charge everybody with the merge in place of its parts; take it back if anybody cannot bear it."""
        kept = self.raised[both.people]
        self.raised[one.people] -= one.rise
        self.raised[two.people] -= two.rise
        self.raised[both.people] += both.rise
        now = self.raised[both.people]
        if bool(((now > self.bears[both.people]) & (now > kept)).any()):
            self.raised[both.people] = kept
            return False
        return True


def _close(one: Cluster, two: Cluster, known: set[int]) -> bool:
    return all(min(a, b) << WIDTH | max(a, b) in known for a in one.groups for b in two.groups)
