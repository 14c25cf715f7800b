"""Cues over columns: each pattern is one pass, and each pass sees only what the patterns before it let through."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import polars as pl

from qingqun.enrich.labels.label import THRESHOLD, Cue, Label

SENTENCE = r"[^。!?;\n]+[。!?;\n]*"
_CORES = 4


def sentences(texts: pl.DataFrame) -> pl.DataFrame:
    """Split `text` into sentences; each keeps its text's `row`."""
    return texts.select("row", pl.col("text").str.extract_all(SENTENCE)).explode("text").drop_nulls()


def holds(cue: Cue) -> pl.Expr:
    """Say where the cue holds in the column `text`: all of `all` and none of `none`."""
    column = pl.col("text")
    return pl.all_horizontal([column.str.contains(p) for p in cue.all] + [~column.str.contains(p) for p in cue.none])


def holding(part: pl.DataFrame, cue: Cue) -> pl.DataFrame:
    """Return the parts in which the cue holds: all of `all` and none of `none`, narrowing step by step."""
    for pattern in cue.all:
        part = part.filter(part["text"].str.contains(pattern))
    for pattern in cue.none:
        if part.is_empty():
            break
        part = part.filter(~part["text"].str.contains(pattern))
    return part


def weigh(texts: pl.DataFrame, parts: pl.DataFrame, label: Label) -> pl.Series:
    """Give the label's score for every text; `texts` has row and text, `parts` their sentences."""
    through = parts.filter(parts["text"].str.contains(label.gate))
    whole = texts[through["row"].unique(maintain_order=True)] if any(c.scope == "text" for c in label.cues) else texts.clear()
    scores = pl.zeros(len(texts), dtype=pl.Float32, eager=True)
    for cue in label.cues:
        held = holding(whole if cue.scope == "text" else through, cue)["row"].unique()
        scores.scatter(held, scores[held] + cue.weight)
    return scores.clip(0.0, 1.0)


def weigh_all(texts: pl.Series, labels: Mapping[str, Label]) -> pl.DataFrame:
    """Score every label for normalised, masked, lower-case texts and say yes where the score reaches the threshold."""
    table = pl.DataFrame({"text": texts}).with_row_index("row")
    parts = sentences(table)
    with ThreadPoolExecutor(_CORES) as pool:
        scores = dict(zip(labels, pool.map(partial(weigh, table, parts), labels.values()), strict=True))
    flags = {f"is_{name}": score >= THRESHOLD - 0.001 for name, score in scores.items()}
    return pl.DataFrame({**flags, **{f"score_{name}": score for name, score in scores.items()}})
