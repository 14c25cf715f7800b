"""How surely the words of a finding are what its rule is about: what makes one case fit to stand for many.

A rule reads labels; a label has a score from 0 to 1. What a rule reads of a message through other facts (whoever answered a demand,
how little time a notice leaves) rests on the label those facts start from.
"""

from collections.abc import Callable, Mapping

import polars as pl

from qingqun.findings.shown import labels_read
from qingqun.judge.rule import Rule

Scores = Callable[[pl.Series], pl.DataFrame]
RESTS_ON = {
    "is_publishing": "is_notice",
    "receipts_since_demand": "is_reply_demand",
    "photo_senders_since_demand": "is_photo_proof",
    "copies_in_other_groups": "is_notice",
    "offhours_days": "is_notice",
}
EXCUSES = ("is_emergency", "in_worktime")  # a rule asks for their absence


def with_scores(found: pl.DataFrame, rules: Mapping[str, Rule], scores: Scores | None) -> pl.DataFrame:
    """Add `sure` to findings that have `rule` and `text`: the best score of the rule's labels; null where none speaks of the text."""
    texts = found["text"].drop_nulls().unique(maintain_order=True)
    if scores is None or texts.is_empty():
        return found.with_columns(sure=pl.lit(None, pl.Float64))
    scored = scores(texts).with_columns(text=texts)
    joined = found.join(scored.select("text", pl.selectors.starts_with("score_")), on="text", how="left", maintain_order="left")
    best = pl.coalesce(_of(name, rule, scored.columns) for name, rule in rules.items()) if rules else pl.lit(None, pl.Float64)
    return joined.with_columns(sure=best.cast(pl.Float64)).drop(pl.selectors.starts_with("score_"))


def _of(name: str, rule: Rule, columns: list[str]) -> pl.Expr:
    read = (RESTS_ON.get(fact, fact) for fact in labels_read(rule) if fact not in EXCUSES)
    known = [column for fact in read if (column := f"score_{fact.removeprefix('is_')}") in columns]
    best = pl.max_horizontal(known) if known else pl.lit(None, pl.Float64)
    return pl.when(pl.col("rule") == name).then(best)
