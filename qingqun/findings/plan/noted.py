"""Which notices stand in several of the groups of a merge: when each was first sent, and a masked beginning of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from qingqun.findings.mask import Names
from qingqun.findings.plan.merge import Merge
from qingqun.findings.quote import quotes
from qingqun.findings.shown import SILENT

SHOWN = 3  # of a merge
BEGINNING = 24  # characters: enough to know a notice again
Noted = Mapping[int, tuple[datetime, str | None]]  # by notice_no


def noted(facts: pl.DataFrame, sent: pl.DataFrame, made: Sequence[tuple[str, Merge]], names: Names | None) -> Noted:
    """Take enriched messages, `sent` (notice_no, first), what is merged, and the names to mask; without names nothing is quoted."""
    numbers = {number for _action, merge in made for number in merge.twice[:SHOWN]}
    mine = sent.filter(pl.col("notice_no").is_in(list(numbers))).group_by("notice_no").agg(pl.col("first").min())
    first = dict(mine.iter_rows())
    said = _quoted(facts, set(first), names) if names and first else {}
    return {number: (at, said.get(number)) for number, at in first.items()}


def _quoted(facts: pl.DataFrame, numbers: set[int], names: Names) -> dict[int, str]:
    """Quote the first copy of each notice, unless some copy of it is of the kind that is never quoted."""
    mine = facts.filter(pl.col("notice_no").is_in(list(numbers))).sort("sent_at")
    silent = pl.any_horizontal(pl.col(name).fill_null(value=True) for name in SILENT)
    texts = mine.group_by("notice_no").agg(pl.col("text").first(), silent=silent.any()).filter(~pl.col("silent"))
    shown = quotes([(text, None) for text in texts["text"]], names)
    pairs = zip(texts["notice_no"], shown, strict=True)
    return {number: _beginning(quote) for number, quote in pairs if quote}


def _beginning(quote: str) -> str:
    return quote if len(quote) <= BEGINNING else quote[:BEGINNING].rstrip() + "…"
