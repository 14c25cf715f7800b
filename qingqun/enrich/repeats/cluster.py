"""Number texts so that copies of one notice share a number."""

import re
from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from qingqun.enrich.repeats.compare import same
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, SOURCE, WEEKDAY, YEAR
from qingqun.enrich.repeats.sieve import bare, candidates
from qingqun.enrich.repeats.tokens import Read, read

_SHORTEST = 4  # fewer content tokens cannot make a notice
_OPTIONAL = (AUDIENCE, CALL, SOURCE, WEEKDAY, YEAR)
_PLAINLY = 16  # a text of so many characters without trimmings is no receipt; a shorter one is read to know
_RECEIPT = re.compile(r"^[^0-9]{0,12}(?:收到|好的|已阅|知悉|明白|了解|谢谢)[^0-9]{0,6}$")


def _groups(reads: list[Read]) -> Iterable[list[int]]:
    """Yield groups of texts that hold the same tokens outside the layers that may be dropped, or the same in all."""
    keys: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, read_ in enumerate(reads):
        full = tuple(sorted(token.value for token in read_.tokens if token.layer not in (WEEKDAY, YEAR)))
        core = tuple(sorted(token.value for token in read_.tokens if token.layer not in _OPTIONAL))
        for key in {full, core}:
            keys[key].append(at)
    return (group for group in keys.values() if len(group) > 1)


def _joined(reads: list[Read]) -> list[int]:
    """Return for each text the first text of its notice. A text joins only a notice of which every copy is the same."""
    members = {at: [at] for at in range(len(reads))}
    home = list(range(len(reads)))
    for group in _groups(reads):
        for at in group[1:]:
            for other in group:
                one, two = home[at], home[other]
                if other >= at:
                    break
                if one != two and all(same(reads[x], reads[y]) for x in members[one] for y in members[two]):
                    members[min(one, two)] += members.pop(max(one, two))
                    for moved in members[min(one, two)]:
                        home[moved] = min(one, two)
    return home


def _numbered(texts: list[str]) -> list[int | None]:
    """Return for each text the place of the first text of its notice; None for what cannot be one."""
    reads = [read(text) for text in texts]
    at = [n for n, r in enumerate(reads) if len(r.tokens) >= _SHORTEST and not _RECEIPT.match(r.text)]
    numbers: list[int | None] = [None] * len(reads)
    for n, first in zip(at, _joined([reads[n] for n in at]), strict=True):
        numbers[n] = at[first]
    return numbers


def cluster(texts: pl.Series) -> pl.Series:
    """Return a number for each text (Int64); equal numbers: the same notice. Null: the text cannot be a notice."""
    distinct = pl.DataFrame({"text": texts.unique().drop_nulls()})
    distinct = distinct.with_columns(bare(distinct["text"]))
    kinds = distinct.group_by("bare").agg(pl.col("text").min()).sort("text")
    kinds = kinds.with_row_index("at").with_columns(compared=candidates(kinds["bare"]) | (kinds["bare"].str.len_chars() < _PLAINLY))
    compared = kinds.filter("compared")
    places = compared["at"].to_list()
    numbers = [None if n is None else places[n] for n in _numbered(compared["text"].to_list())]
    found = compared.select("at", number=pl.Series(numbers, dtype=pl.Int64))
    alone = pl.when("compared").then("number").otherwise(pl.col("at").cast(pl.Int64))
    named = distinct.join(kinds.join(found, on="at", how="left").select("bare", cluster=alone), on="bare", how="left")
    return texts.to_frame("text").join(named.select("text", "cluster"), on="text", how="left", maintain_order="left")["cluster"]
