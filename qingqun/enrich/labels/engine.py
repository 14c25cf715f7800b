"""Cues over columns: each pattern is one pass, and each pass sees only what the passes before it let through.

A sentence that stands in many texts is read once. Which texts a pattern can find anything in is looked up first (index.py), and what
costs an automaton much is asked last, in parts, of the few that remain (pieces.py).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.cores import beside
from qingqun.enrich.labels.index import Index
from qingqun.enrich.labels.label import THRESHOLD, Cue, Label
from qingqun.enrich.labels.pieces import apart, loosened, weight

SENTENCE = r"[^。!?;\n]+[。!?;\n]*"
MANY = 4_000  # fewer texts are asked at once: an index must be made first
SOME = 100  # of fewer rows the pattern itself is asked at once
AT_ONCE = 1 << 17  # texts: bounds the memory
Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]


class Parts:
    """Texts, and the distinct sentences of all of them; both are tables of `row`, which counts, and `text`, and have an index if many."""

    def __init__(self, texts: pl.Series, asked: Flags) -> None:
        self.texts = pl.DataFrame({"text": texts}).with_row_index("row")
        each = self.texts.select("row", pl.col("text").str.extract_all(SENTENCE)).explode("text").drop_nulls()
        self.sentences = each.select("text").unique(maintain_order=True).with_row_index("row")
        known = self.sentences.rename({"row": "sentence"})
        self._sentence = each.join(known, on="text", how="left", maintain_order="left")["sentence"].to_numpy()
        self._owner = each["row"].to_numpy()
        chosen = [(self.texts["text"], asked), (self.sentences["text"], self._of(asked))]
        made = beside(lambda one: Index(*one), chosen) if len(texts) > MANY else [None, None]
        self.by_text: Index | None = made[0]
        self.by_sentence: Index | None = made[1]

    def of(self, open_: Flags) -> pl.DataFrame:
        """Return the sentences that stand in one of these texts."""
        return self.sentences.filter(pl.Series(self._of(open_)))

    def owners(self, sentences: pl.DataFrame) -> Flags:
        """Return which texts have one of these sentences."""
        chosen, owners = np.zeros(self.sentences.height, np.bool_), np.zeros(self.texts.height, np.bool_)
        chosen[sentences["row"].to_numpy()] = True
        owners[self._owner[chosen[self._sentence]]] = True
        return owners

    def _of(self, open_: Flags) -> Flags:
        chosen = np.zeros(self.sentences.height, np.bool_)
        chosen[self._sentence[open_[self._owner]]] = True
        return chosen


def holding(part: pl.DataFrame, cue: Cue, index: Index | None = None) -> pl.DataFrame:
    """Return the parts in which the cue holds: all of `all` and none of `none`, narrowing step by step."""
    part = narrowed(part, cue.all, index)
    for pattern in cue.none:
        if part.is_empty():
            break
        part = part.filter(pl.Series(~found(part, pattern, index)))
    return part


def narrowed(part: pl.DataFrame, patterns: Sequence[str], index: Index | None = None) -> pl.DataFrame:
    """Return the parts in which all patterns find something."""
    for pattern in patterns if index is not None else ():
        part = part.filter(pl.Series(_can(part, pattern, index)))
    for pattern in sorted(patterns, key=weight):
        if part.is_empty():
            break
        part = part.filter(pl.Series(found(part, pattern, index)))
    return part


def found(part: pl.DataFrame, pattern: str, index: Index | None = None) -> Flags:
    """Tell in which rows the pattern finds something; `index` knows them by their `row`."""
    if index is None or part.height < SOME:
        return part["text"].str.contains(pattern).to_numpy()
    hit = np.zeros(part.height, np.bool_)
    for one in apart(pattern):
        at = np.flatnonzero(~hit & _can(part, one, index))
        hit[at] = _asked(part["text"].gather(at), one)
    return hit


def _can(part: pl.DataFrame, pattern: str, index: Index | None) -> Flags:
    can = index.can(pattern) if index is not None and part.height >= SOME else None
    return np.ones(part.height, np.bool_) if can is None else can[part["row"].to_numpy()]


def _asked(texts: pl.Series, pattern: str) -> Flags:
    """Tell which texts the pattern finds something in; a heavy one is asked of those alone of which its loosened form does not know."""
    loose = loosened(pattern) if len(texts) >= SOME else None
    if loose is None:
        return texts.str.contains(pattern).to_numpy()
    hit = texts.str.contains(loose[0]).to_numpy().copy()
    unsure = np.flatnonzero(hit & (texts.str.len_chars().to_numpy() > loose[1]))
    hit[unsure] = texts.gather(unsure).str.contains(pattern).to_numpy()
    return hit


def weigh(known: Parts, label: Label, open_: Flags) -> Floats:
    """Give the label's score (0 to 1) for every text that is open to it, and 0 for the others."""
    scores = np.zeros(known.texts.height, np.float32)
    through = narrowed(known.of(open_), (label.gate,), known.by_sentence)
    if through.is_empty():
        return scores
    whole = known.texts.filter(pl.Series(known.owners(through) & open_))
    for cue in label.cues:
        if cue.scope == "text":
            scores[holding(whole, cue, known.by_text)["row"].to_numpy()] += np.float32(cue.weight)
        else:
            scores[known.owners(holding(through, cue, known.by_sentence))] += np.float32(cue.weight)
    return np.asarray((scores * open_).clip(0.0, 1.0), dtype=np.float32)


def weigh_all(texts: pl.Series, labels: Mapping[str, Label], open_: Flags) -> pl.DataFrame:
    """Score the labels for normalised, masked, lower-case texts and say yes where the score reaches the threshold.

    `open_` (texts, labels) tells which texts are asked for which label; elsewhere the score is 0.
    """
    scored = [_weighed(texts.slice(at, AT_ONCE), labels, open_[at : at + AT_ONCE]) for at in range(0, max(len(texts), 1), AT_ONCE)]
    scores = {name: pl.Series(np.concatenate(each)) for name, each in zip(labels, zip(*scored, strict=True), strict=True)}
    flags = {f"is_{name}": score >= THRESHOLD - 0.001 for name, score in scores.items()}
    return pl.DataFrame({**flags, **{f"score_{name}": score for name, score in scores.items()}})


def _weighed(texts: pl.Series, labels: Mapping[str, Label], open_: Flags) -> list[Floats]:
    """Score the labels side by side, those with most to ask first."""
    known = Parts(texts, np.asarray(open_.any(axis=1)))
    asked = list(zip(labels.values(), open_.T, strict=True))
    order = sorted(range(len(asked)), key=lambda at: -sum(len(pattern) for cue in asked[at][0].cues for pattern in cue.all))
    scores = dict(zip(order, beside(lambda at: weigh(known, *asked[at]), order, little=len(texts) < SOME), strict=True))
    return [scores[at] for at in range(len(asked))]
