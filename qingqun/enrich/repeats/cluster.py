"""Number texts so that copies of one notice share a number."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import polars as pl

from qingqun.enrich.repeats.compare import same
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, CLOSING, OPENING, SOURCE, TITLE, WEEKDAY, YEAR
from qingqun.enrich.repeats.light import LIGHT
from qingqun.enrich.repeats.sieve import bare, keyed, notices
from qingqun.enrich.repeats.token import Read
from qingqun.enrich.repeats.tokens import read_all

_MOST = 24  # kinds of text under one key that are compared with one another: more are a form filled in anew each time
_OPTIONAL = (AUDIENCE, CALL, CLOSING, CLOSING, OPENING, SOURCE, TITLE, WEEKDAY, YEAR)


def _groups(reads: list[Read]) -> Iterable[list[int]]:
    """Yield groups of texts that hold the same tokens outside the layers that may be dropped, or the same in all."""
    keys: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, read_ in enumerate(reads):
        said = [token for token in read_.tokens if token.value not in LIGHT]
        full = tuple(sorted(token.value for token in said if token.layer not in (WEEKDAY, YEAR)))
        core = tuple(sorted(token.value for token in said if token.layer not in _OPTIONAL))
        for key in (full, core) if full != core else (full,):
            keys[key].append(at)
    return (group for group in keys.values() if len(group) > 1)


def _skeletons(reads: list[Read]) -> list[int]:
    """Return for each text the first one with the very same tokens: nothing is left to compare."""
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    return [seen.setdefault(tuple((token.value, token.layer) for token in read_.tokens), at) for at, read_ in enumerate(reads)]


class _Homes:
    """Which text each one is a copy of. A text joins only a notice of which every copy is the same."""

    def __init__(self, reads: list[Read]) -> None:
        self.reads = reads
        self.skeleton = _skeletons(reads)
        self.members = {at: [at] for at in range(len(reads))}
        self.home = list(range(len(reads)))
        self.apart: set[tuple[int, int]] = set()

    def join(self, group: Iterable[int]) -> None:
        """Join the texts of a group that are one notice."""
        kinds = [at for at in group if self.skeleton[at] == at]
        for one, two in ((self.home[a], self.home[b]) for a, b in combinations(kinds, 2)):
            pair = min(one, two), max(one, two)
            if one == two or pair in self.apart:
                continue
            if all(same(self.reads[x], self.reads[y]) for x in self.members[one] for y in self.members[two]):
                self._move(*pair)
            else:
                self.apart.add(pair)

    def _move(self, first: int, second: int) -> None:
        self.members[first] += self.members.pop(second)
        for moved in self.members[first]:
            self.home[moved] = first

    def first(self) -> list[int]:
        """Return for each text the first text of its notice."""
        return [self.home[at] for at in self.skeleton]


def _joined(reads: list[Read], keys: pl.DataFrame) -> list[int]:
    """Return for each text the first text of its notice: those of the same tokens first, then those that share a key."""
    homes = _Homes(reads)
    for group in _groups(reads):
        homes.join(group)
    for key in keys.columns:
        kinds = pl.DataFrame({"key": keys[key], "home": pl.Series(homes.first(), dtype=pl.Int64)})
        groups = kinds.group_by("key").agg(pl.col("home").unique().sort()).filter(pl.col("home").list.len().is_between(2, _MOST))
        for group in groups.sort(pl.col("home").list.first(), "key")["home"].to_list():
            homes.join(group)
    return homes.first()


def _numbers(kinds: pl.DataFrame) -> pl.DataFrame:
    """Give every kind of text (at, text, bare) the place of the first text of its notice; null for what cannot be one."""
    kinds = kinds.with_columns(notices(kinds["bare"]).alias("said"))
    compared = kinds.join(keyed(kinds["bare"]), on="at", how="inner", maintain_order="left").filter("said")
    places = compared["at"].to_list()
    keys = compared.select(pl.col("^key.*$"))
    first = [places[n] for n in _joined(read_all(compared["text"].to_list()), keys)]
    joined = compared.select("at", first=pl.Series(first, dtype=pl.Int64))
    alone = pl.when("said").then(pl.coalesce("first", pl.col("at").cast(pl.Int64)))
    return kinds.join(joined, on="at", how="left", maintain_order="left").select("bare", cluster=alone)


def cluster(texts: pl.Series) -> pl.Series:
    """Return a number for each text (Int64); equal numbers: the same notice. Null: the text cannot be a notice."""
    distinct = pl.DataFrame({"text": texts.unique().drop_nulls()})
    distinct = distinct.with_columns(bare(distinct["text"]))
    kinds = distinct.group_by("bare").agg(pl.col("text").min()).sort("text").with_row_index("at")
    named = distinct.join(_numbers(kinds), on="bare").select("text", "cluster")
    return texts.to_frame("text").join(named, on="text", how="left", maintain_order="left")["cluster"]
