"""Many texts masked at once: columns say in which of them there is anything to cross out, Python sees only those."""

from collections.abc import Sequence

import polars as pl

from qingqun.enrich.personal import CUES
from qingqun.findings.mask import Masked, Names, crossed, numbered

BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace())  # no character beyond it is blank


def mask_all(texts: Sequence[str], names: Names) -> list[Masked | None]:
    """Return `mask(text, names)` for each text."""
    flat = pl.Series(texts, dtype=pl.String).str.replace_all(f"[{BLANK}]", " ")
    every = [name for named in names.by_first.values() for name in named]
    cues = flat.to_frame("text").select(pl.col("text").str.contains(cue).alias(kind) for kind, cue in CUES.items())
    kinds = [tuple(kind for kind, may in zip(cues.columns, row, strict=True) if may) for row in cues.iter_rows()]
    masked = [
        crossed(text, found, may) if found or may else Masked(text, ((0, 0),))
        for text, found, may in zip(flat, _found(flat, every), kinds, strict=True)
    ]
    left = _any(pl.Series([one.text for one in masked], dtype=pl.String), every)
    return [None if named or numbered(one.text) else one for one, named in zip(masked, left, strict=True)]


def _found(texts: pl.Series, names: list[str]) -> list[list[str]]:
    """Return the names that stand in each text."""
    found: list[list[str]] = [[] for _ in range(len(texts))]
    places = _any(texts, names).arg_true()
    if len(places):
        for place, named in zip(places, texts.gather(places).str.extract_many(names, overlapping=True), strict=True):
            found[place] = named.unique().to_list()
    return found


def _any(texts: pl.Series, names: list[str]) -> pl.Series:
    return texts.str.contains_any(names) if names else pl.repeat(value=False, n=len(texts), eager=True)
