"""Cues over columns: each pattern is one pass over distinct texts or their sentences, only where the label's gate let them through."""

from collections.abc import Iterable, Mapping

import polars as pl

from qingqun.enrich.labels.label import THRESHOLD, Cue, Label

SENTENCE = r"[^。!?;\n]+[。!?;\n]*"


def _holds(cue: Cue) -> pl.Expr:
    column = pl.col("text")
    held = [column.str.contains(p) for p in cue.all] + [~column.str.contains(p) for p in cue.none]
    return pl.all_horizontal(held)


def _columns(cues: Iterable[Cue]) -> list[pl.Expr]:
    return [_holds(cue).alias(cue.name) for cue in cues]


def _by_text(texts: pl.DataFrame, cues: tuple[Cue, ...]) -> pl.DataFrame:
    """Whether each cue holds in any sentence of each text; a cue over the whole text looks at it at once."""
    whole = texts.select("row", *_columns(c for c in cues if c.scope == "text"))
    parts = [c for c in cues if c.scope == "sentence"]
    if not parts:
        return whole
    sentences = texts.select("row", pl.col("text").str.extract_all(SENTENCE)).explode("text").drop_nulls()
    found = sentences.select("row", *_columns(parts)).group_by("row").agg(pl.all().any())
    return whole.join(found, on="row", how="left")


def _score(cues: tuple[Cue, ...]) -> pl.Expr:
    weighed = [pl.when(pl.col(c.name).fill_null(value=False)).then(c.weight).otherwise(0.0) for c in cues]
    return pl.sum_horizontal(weighed).clip(0.0, 1.0).cast(pl.Float32)


def weigh(texts: pl.Series, label: Label) -> pl.Series:
    """Give the label's score for every normalised, masked, lower-case text."""
    table = pl.DataFrame({"text": texts}).with_row_index("row")
    through = table.filter(pl.col("text").str.contains(label.gate))
    scores = pl.zeros(len(texts), dtype=pl.Float32, eager=True)
    if through.is_empty():
        return scores
    scored = _by_text(through, label.cues).select("row", score=_score(label.cues))
    return scores.scatter(scored["row"], scored["score"])


def weigh_all(texts: pl.Series, labels: Mapping[str, Label]) -> pl.DataFrame:
    """Score every label and say yes where the score reaches the threshold."""
    scores = {name: weigh(texts, label) for name, label in labels.items()}
    flags = {f"is_{name}": score >= THRESHOLD for name, score in scores.items()}
    return pl.DataFrame({**flags, **{f"score_{name}": score for name, score in scores.items()}})
