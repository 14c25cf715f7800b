"""Cues over columns: each pattern is one pass, and each pass sees only what the passes before it let through.

A sentence that stands in many texts is read once. What costs an automaton much is asked last, of the few that remain (pieces.py).
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.enrich.labels.label import THRESHOLD, Cue, Label
from qingqun.enrich.labels.pieces import needs

SENTENCE = r"[^。!?;\n]+[。!?;\n]*"
MANY = 1_000  # of fewer rows the pattern itself is asked at once: another pattern must be compiled first
_CORES = 2
Flags = NDArray[np.bool_]


class Parts:
    """Texts, and the distinct sentences of all of them; both are tables of `row`, which counts, and `text`."""

    def __init__(self, texts: pl.Series) -> None:
        self.texts = pl.DataFrame({"text": texts}).with_row_index("row")
        each = self.texts.select("row", pl.col("text").str.extract_all(SENTENCE)).explode("text").drop_nulls()
        self.sentences = each.select("text").unique(maintain_order=True).with_row_index("row")
        known = self.sentences.rename({"row": "sentence"})
        self._sentence = each.join(known, on="text", how="left", maintain_order="left")["sentence"].to_numpy()
        self._owner = each["row"].to_numpy()

    def of(self, open_: Flags) -> pl.DataFrame:
        """Return the sentences that stand in one of these texts."""
        chosen = np.zeros(self.sentences.height, np.bool_)
        chosen[self._sentence[open_[self._owner]]] = True
        return self.sentences.filter(pl.Series(chosen))

    def owners(self, sentences: pl.DataFrame) -> Flags:
        """Return which texts have one of these sentences."""
        chosen, owners = np.zeros(self.sentences.height, np.bool_), np.zeros(self.texts.height, np.bool_)
        chosen[sentences["row"].to_numpy()] = True
        owners[self._owner[chosen[self._sentence]]] = True
        return owners


def holding(part: pl.DataFrame, cue: Cue) -> pl.DataFrame:
    """Return the parts in which the cue holds: all of `all` and none of `none`, narrowing step by step."""
    part = narrowed(part, cue.all)
    for pattern in cue.none:
        if part.is_empty():
            break
        part = part.filter(~part["text"].str.contains(pattern))
    return part


def narrowed(part: pl.DataFrame, patterns: Sequence[str]) -> pl.DataFrame:
    """Return the parts in which all patterns find something."""
    first = [need for pattern in patterns for need in needs(pattern)] if part.height > MANY else []
    for pattern in (*first, *patterns):
        if part.is_empty():
            break
        part = part.filter(part["text"].str.contains(pattern))
    return part


def weigh(known: Parts, label: Label, open_: Flags) -> pl.Series:
    """Give the label's score (0 to 1) for every text that is open to it, and 0 for the others."""
    through = narrowed(known.of(open_), (label.gate,))
    whole = known.texts.filter(known.owners(through) & open_) if any(cue.scope == "text" for cue in label.cues) else known.texts.clear()
    scores = np.zeros(known.texts.height, np.float32)
    for cue in label.cues:
        held = holding(whole if cue.scope == "text" else through, cue)
        if not held.is_empty():
            scores[held["row"].to_numpy() if cue.scope == "text" else known.owners(held)] += np.float32(cue.weight)
    return pl.Series((scores * open_).clip(0.0, 1.0))


def weigh_all(texts: pl.Series, labels: Mapping[str, Label], open_: Flags) -> pl.DataFrame:
    """Score the labels for normalised, masked, lower-case texts and say yes where the score reaches the threshold.

    `open_` (texts, labels) tells which texts are asked for which label; elsewhere the score is 0.
    """
    known = Parts(texts)
    with ThreadPoolExecutor(_CORES) as pool:
        scores = dict(zip(labels, pool.map(partial(weigh, known), labels.values(), open_.T), strict=True))
    flags = {f"is_{name}": score >= THRESHOLD - 0.001 for name, score in scores.items()}
    return pl.DataFrame({**flags, **{f"score_{name}": score for name, score in scores.items()}})
