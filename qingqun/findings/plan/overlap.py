"""Which groups are mostly the same people: all pairs that are alike enough, without ever looking at all pairs.

An inverted index from members to groups, on prefixes (Chaudhuri, Ganti, Kaushik 2006; positions after Xiao et al. 2008): two groups
that share seven tenths of their members must share one among the first few of each, when members are put in one order everywhere.
With the members of fewest groups first, those lists are short. Whoever stands at the same place in no other group's list is never
looked at. Then the common members of what is left are counted exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
import numpy.typing as npt
import polars as pl

from qingqun.cores import beside

Ints = npt.NDArray[np.int64]
AT_ONCE = 200_000  # rows made at a time: few enough to stay near the processor
WORDS = 2  # of marks for a group
SURELY = 1e-9  # 0.7 * 10 is not 7 in floating point


@dataclass(frozen=True, slots=True)
class Index:
    """Who is in which group: `members` of group g lie between `start[g]` and `start[g + 1]`, the members of fewest groups first."""

    start: Ints
    members: Ints

    @property
    def sizes(self) -> Ints:
        """Return how many members each group has."""
        return np.diff(self.start)

    @classmethod
    def of(cls, groups: Ints, members: Ints, count: int) -> "Index":
        """Build it from pairs, each once, of groups (below `count`) and members (from nought)."""
        often = np.bincount(members)
        rank = np.empty(len(often), np.int64)
        rank[np.argsort(often, kind="stable")] = np.arange(len(often))
        bits = max(len(often), 1).bit_length()
        keys = np.sort(groups << bits | rank.take(members))
        start = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(groups, minlength=count), out=start[1:])
        return cls(start, keys & ((1 << bits) - 1))


def pairs(people: pl.DataFrame, groups: pl.DataFrame, overlap: float) -> pl.DataFrame:
    """Return `a`, `b` (a < b), `common`, `overlap`: groups of one unit and kind that share enough, the most and closest first.

    `people` has g and person, each pair once; `groups` has g, unit, kind. One person in groups of two kinds is two members here.
    """
    place = groups.select("g", place=pl.struct("unit", "kind").rank("dense"))
    placed = people.join(place, on="g").select("g", member=pl.struct("place", "person").rank("dense").cast(pl.Int64) - 1)
    if placed.is_empty():
        return _table(*(np.empty(0, np.int64),) * 4)
    numbers = placed["g"].cast(pl.Int64).to_numpy()
    index = Index.of(numbers, placed["member"].to_numpy(), int(numbers.max()) + 1)
    return _table(*close(index, overlap))


def close(index: Index, overlap: float) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the groups `a` < `b` of each close pair, their common members and all members of both."""
    codes = _candidates(index, overlap)
    a, b = codes >> 32, codes & 0xFFFFFFFF
    common = _common(index, a, b)
    everybody = index.sizes[a] + index.sizes[b] - common
    enough = common >= overlap * everybody - SURELY
    return a[enough], b[enough], common[enough], everybody[enough]


def _table(a: Ints, b: Ints, common: Ints, everybody: Ints) -> pl.DataFrame:
    found = pl.DataFrame({"a": a, "b": b, "common": common, "overlap": common / np.maximum(everybody, 1)})
    worth = pl.col("overlap") * pl.col("common")  # of the orders tried, the one that came closest to the proven optimum
    return found.sort(worth, "a", "b", descending=[True, False, False])


def _candidates(index: Index, overlap: float) -> Ints:
    """Return pairs in one number each, a << 32 | b, that no filter excludes."""
    group, place, sized = _lists(index, overlap)
    sizes, marks = index.sizes.take(group), _marks(index)
    behind = sizes - place
    furthest = sized - sizes + np.floor(sizes / overlap + SURELY).astype(np.int64)
    partners = np.searchsorted(sized, furthest, side="right") - np.arange(1, len(sized) + 1)
    rows = np.flatnonzero(partners > 0)

    def near(pair: tuple[Ints, Ints]) -> Ints:
        first, second = pair
        both = sizes.take(first) + sizes.take(second)
        left = np.minimum(behind.take(first), behind.take(second))
        may = np.flatnonzero(left * (1 + overlap) >= overlap * both - SURELY)
        one, two = group.take(first.take(may)), group.take(second.take(may))
        return _marked_near(np.minimum(one, two), np.maximum(one, two), (1 - overlap) / (1 + overlap) * both.take(may) + SURELY, marks)

    codes = np.sort(np.concatenate([np.empty(0, np.int64), *beside(near, _expanded(rows, rows + 1, partners[rows]))]))
    return codes.take(np.flatnonzero(np.diff(codes, prepend=-1)))


def _marked_near(low: Ints, high: Ints, apart: npt.NDArray[np.floating], marks: list[npt.NDArray[np.uint64]]) -> Ints:
    """Return the pairs whose marks differ in no more places than so many (`apart`) members of one of the two only allow."""
    for mark in marks:
        apart = apart - np.bitwise_count(mark[low] ^ mark[high])  # each of these marks is of another member
        near = np.flatnonzero(apart >= 0)
        low, high, apart = low.take(near), high.take(near), apart.take(near)
    return low << 32 | high


def _lists(index: Index, overlap: float) -> tuple[Ints, Ints, Ints]:
    """Return the inverted index of the prefixes: group, place in the group's list, and the order: member first, then size of the group."""
    group, member, place = _prefixes(index, overlap)
    size = index.sizes.take(group)
    sized = member << int(size.max(initial=0) / overlap + 1).bit_length() | size
    bits = max(len(sized), 1).bit_length()
    if int(sized.max(initial=0)).bit_length() + bits < 64:  # numbers sort several times faster than places of numbers
        keys = np.sort(sized << bits | np.arange(len(sized)))
        order = keys & ((1 << bits) - 1)
    else:
        order = np.argsort(sized, kind="stable")
    return group.take(order), place.take(order), sized.take(order)


def _marks(index: Index) -> list[npt.NDArray[np.uint64]]:
    """Return words of 64 marks for each group, a member having one mark: a mark that only one group has is a member only it has."""
    size = index.sizes
    marked = np.zeros(len(size) * WORDS * 64, bool)
    marked[np.repeat(np.arange(len(size)) * WORDS * 64, size) + index.members % (WORDS * 64)] = True
    packed = np.packbits(marked).view(np.uint64).reshape(-1, WORDS)
    return [np.ascontiguousarray(word) for word in packed.T]


def _prefixes(index: Index, overlap: float) -> tuple[Ints, Ints, Ints]:
    """Return group, member and place in the group's list of the first few members, those that stand there more than once."""
    size = index.sizes
    needed = np.where(size > 0, size - np.ceil(overlap * size - SURELY).astype(np.int64) + 1, 0)  # two groups of nobody are not alike
    group = np.repeat(np.arange(len(size)), needed)
    place = np.arange(len(group)) - np.repeat(np.cumsum(needed) - needed, needed)
    member = index.members.take(index.start.take(group) + place)
    several = np.flatnonzero(np.bincount(member, minlength=1).take(member) > 1)
    return group.take(several), member.take(several), place.take(several)


def _expanded(rows: Ints, begin: Ints, lengths: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield each row with each of the `lengths` numbers from `begin` on, so many at a time that memory stays small."""
    ends = np.cumsum(lengths)
    cuts = np.searchsorted(ends, np.arange(1, ceil((ends[-1] if len(ends) else 0) / AT_ONCE)) * AT_ONCE)
    for part in np.split(np.arange(len(rows)), np.unique(cuts)):
        n = lengths[part]
        within = np.arange(int(n.sum())) - np.repeat(np.cumsum(n) - n, n)
        yield np.repeat(rows[part], n), np.repeat(begin[part], n) + within


def _common(index: Index, a: Ints, b: Ints) -> Ints:
    """Count the common members of pairs: of the members of both in one order, those that stand beside themselves."""
    if not len(a):
        return np.empty(0, np.int64)
    together = np.cumsum(index.sizes[a] + index.sizes[b])
    few = 1 << max(32 - _bits(index), 8)  # pairs: so few that a pair and a member are one number of 32 bits, if that can be
    cuts = np.searchsorted(together, np.arange(AT_ONCE, together[-1], AT_ONCE))
    starts = np.unique(np.concatenate([np.arange(0, len(a), few), cuts]))
    parts = [np.arange(*ends) for ends in pairwise([*starts.tolist(), len(a)])]
    return np.concatenate(beside(lambda part: _beside_themselves(index, a[part], b[part]), parts))


def _beside_themselves(index: Index, a: Ints, b: Ints) -> Ints:
    bits = _bits(index)
    narrow = bits + (len(a) - 1).bit_length() <= 32
    keys = []
    for groups in (a, b):
        n = index.sizes[groups]
        at = np.arange(int(n.sum())) + np.repeat(index.start[groups] - np.cumsum(n) + n, n)
        both = np.repeat(np.arange(len(a)) << bits, n) | index.members.take(at)
        keys.append(both.astype(np.uint32) if narrow else both)  # half as wide sorts several times faster
    ordered = np.sort(np.concatenate(keys))
    twice = ordered.take(np.flatnonzero(ordered[1:] == ordered[:-1]))
    return np.bincount(twice.astype(np.int64) >> bits, minlength=len(a))


def _bits(index: Index) -> int:
    return int(index.members.max(initial=0) + 1).bit_length()
