"""Number texts so that copies of one notice share a number."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import polars as pl

from qingqun.enrich.repeats.compare import LIGHT, same
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, SOURCE, TITLE, WEEKDAY, YEAR
from qingqun.enrich.repeats.sieve import bare, candidates, notices
from qingqun.enrich.repeats.token import Read
from qingqun.enrich.repeats.tokens import read_all

_OPTIONAL = (AUDIENCE, CALL, SOURCE, TITLE, WEEKDAY, YEAR)


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


def _joined(reads: list[Read]) -> list[int]:
    """Return for each text the first text of its notice. A text joins only a notice of which every copy is the same."""
    skeleton = _skeletons(reads)
    members = {at: [at] for at in range(len(reads))}
    home = list(range(len(reads)))
    for group in _groups(reads):
        kinds = [at for at in group if skeleton[at] == at]
        for one, two in ((home[a], home[b]) for a, b in combinations(kinds, 2)):
            if one != two and all(same(reads[x], reads[y]) for x in members[one] for y in members[two]):
                members[min(one, two)] += members.pop(max(one, two))
                for moved in members[min(one, two)]:
                    home[moved] = min(one, two)
    return [home[at] for at in skeleton]


def _numbers(kinds: pl.DataFrame) -> pl.DataFrame:
    """Give every kind of text (at, text, bare) the place of the first text of its notice; null for what cannot be one."""
    kinds = kinds.with_columns(notices(kinds["bare"]).alias("said"))
    compared = kinds.filter(candidates(kinds["bare"]) & kinds["said"])
    places = compared["at"].to_list()
    first = [places[n] for n in _joined(read_all(compared["text"].to_list()))]
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
