"""What the plan reckons with, as flat arrays: who is in which group, and what is said there. Groups and people are numbers.

A person's load is counted in pings. A notice that stands in several of the groups pings whoever is in them several times today and
once when they are one, so that a merge of groups that carry the same notices lowers what their common members get. Who is in only
some of them gets the rest as well: that rise is what a merge is refused for.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qingqun.findings.plan.overlap import Ints


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers for each group: those of g lie between `start[g]` and `start[g + 1]`."""

    start: Ints
    values: Ints

    def __getitem__(self, g: int) -> Ints:
        """Return the list of one group."""
        return self.values[self.start[g] : self.start[g + 1]]

    @classmethod
    def of(cls, frame: pl.DataFrame, column: str, groups: int) -> "Lists":
        """Take a frame with g and a column, sorted by g."""
        start = np.zeros(groups + 1, np.int64)
        np.cumsum(np.bincount(frame["g"].to_numpy(), minlength=groups), out=start[1:])
        return cls(start, frame[column].cast(pl.Int64).to_numpy())


@dataclass(frozen=True, slots=True)
class Loads:
    """The period as it was. All counts are of the whole period of `days`."""

    people: Lists  # sorted in each group
    notices: Lists  # sorted in each group
    copies: Lists  # beside `notices`: how often each stands in the group
    rest: Ints  # messages that are no notices
    today: Ints  # pings of each person in all their groups
    days: int

    @property
    def groups(self) -> int:
        """Return how many groups there are."""
        return len(self.rest)

    def pings(self) -> Ints:
        """Return the messages of each group."""
        return self.rest + _summed(self.copies, self.groups)


def loads(people: pl.DataFrame, sent: pl.DataFrame, groups: int, days: int) -> Loads:
    """Take `people` (g, person: small numbers, each pair once) and `sent` (g, notice_no, n: null for what is no notice)."""
    listed = people.select("g", "person").sort("g", "person")
    noted = sent.drop_nulls("notice_no").sort("g", "notice_no")
    other = sent.filter(pl.col("notice_no").is_null())
    rest = np.bincount(other["g"].to_numpy(), other["n"].to_numpy(), minlength=groups).astype(np.int64)
    copies = Lists.of(noted, "n", groups)
    members = Lists.of(listed, "person", groups)
    pings = rest + _summed(copies, groups)
    reached = np.repeat(pings, np.diff(members.start))
    today = np.bincount(members.values, reached, minlength=int(members.values.max(initial=-1)) + 1).astype(np.int64)
    return Loads(members, Lists.of(noted, "notice_no", groups), copies, rest, today, days)


def _summed(lists: Lists, groups: int) -> Ints:
    owner = np.repeat(np.arange(groups), np.diff(lists.start))
    return np.bincount(owner, lists.values, minlength=groups).astype(np.int64)
