"""Number texts so that copies of one notice share a number."""

import re
from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from qingqun.enrich.normal import normalise
from qingqun.enrich.repeats.compare import same
from qingqun.enrich.repeats.tokens import Read, read

_SHORTEST = 4  # fewer content tokens cannot make a notice
_RECEIPT = re.compile(r"^[^0-9]{0,12}(?:收到|好的|已阅|知悉|明白|了解|谢谢)[^0-9]{0,6}$")


def _groups(reads: list[Read]) -> Iterable[list[int]]:
    """Yield groups of texts that hold the same tokens outside the layers that may be dropped, or the same in all."""
    keys: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, read_ in enumerate(reads):
        full = tuple(sorted(token.value for token in read_.tokens if token.kind != "weekday"))
        core = tuple(sorted(token.value for token in read_.tokens if token.kind != "weekday" and token.layer not in ("audience", "source")))
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


def cluster(texts: pl.Series) -> pl.Series:
    """Return a number for each text (Int64); equal numbers: the same notice. Null: the text cannot be a notice."""
    distinct = pl.DataFrame({"text": texts.unique().drop_nulls().sort()})
    distinct = distinct.with_columns(normal=normalise(distinct["text"]))
    reads = [read(text) for text in distinct["text"].to_list()]
    notice = [len(r.tokens) >= _SHORTEST and not _RECEIPT.match(r.text) for r in reads]
    at = [n for n, fits in enumerate(notice) if fits]
    home = _joined([reads[n] for n in at])
    numbers: list[int | None] = [None] * len(reads)
    for n, first in zip(at, home, strict=True):
        numbers[n] = at[first]
    named = distinct.select("text", cluster=pl.Series(numbers, dtype=pl.Int64))
    return texts.to_frame("text").join(named, on="text", how="left", maintain_order="left")["cluster"]
