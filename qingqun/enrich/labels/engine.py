"""Cues over columns: each pattern is one pass, and each pass sees only what the patterns before it let through.

Most texts differ from another in digits alone, and most patterns do not tell digits apart. So patterns are asked of shapes (shapes.py) first,
loosely (loose.py); where that leaves open what the digits decide, the texts themselves are asked, exactly.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import polars as pl

from qingqun.enrich.labels.label import THRESHOLD, Cue, Label
from qingqun.enrich.labels.loose import blind, least, loose, most
from qingqun.enrich.labels.shapes import SENTENCE, Flags, Shapes, sentences, shaped

__all__ = ["SENTENCE", "holding", "weigh", "weigh_all"]
_CORES = 4


def holding(part: pl.DataFrame, cue: Cue) -> pl.DataFrame:
    """Return the parts in which the cue holds: all of `all` and none of `none`, narrowing step by step."""
    return _without(_with(part, cue.all), cue.none)


def _with(part: pl.DataFrame, patterns: Iterable[str]) -> pl.DataFrame:
    for pattern in patterns:
        if part.is_empty():
            break
        part = part.filter(part["text"].str.contains(pattern))
    return part


def _without(part: pl.DataFrame, patterns: Iterable[str]) -> pl.DataFrame:
    for pattern in patterns:
        if part.is_empty():
            break
        part = part.filter(~part["text"].str.contains(pattern))
    return part


def _flags(part: pl.DataFrame, length: int) -> Flags:
    flags = np.zeros(length, np.bool_)
    flags[part["row"].to_numpy()] = True
    return flags


class Weighing:
    """One label's way through the shapes: what certainly passes its gate, and what may."""

    def __init__(self, known: Shapes, label: Label) -> None:
        self.known, self.label = known, label
        may = _with(known.kinds, [loose(label.gate), most(label.gate)])
        sure = may if blind(label.gate) else _with(may, [least(label.gate)])
        self._may = {"sentence": may}
        self._sure = {"sentence": _flags(sure, len(known.kinds))}
        if any(cue.scope == "text" for cue in label.cues):
            self._may["text"] = known.shapes.filter(known.owners(_flags(may, len(known.kinds))))
            self._sure["text"] = known.owners(self._sure["sentence"])

    def scores(self) -> pl.Series:
        """Return the label's score for every text."""
        of_shapes, of_texts = np.zeros(len(self.known.shapes)), np.zeros(len(self.known.texts))
        for cue in self.label.cues:
            sure, open_ = self._asked(cue)
            of_shapes[sure] += cue.weight
            if open_.any():
                of_texts[self._read(cue, open_ & ~sure)] += cue.weight
        total = np.clip(of_shapes[self.known.shape_of] + of_texts, 0.0, 1.0)
        return pl.Series(total, dtype=pl.Float64).cast(pl.Float32)

    def _asked(self, cue: Cue) -> tuple[Flags, Flags]:
        """Return in which shapes the cue holds whatever the digits are, and in which it may hold for some digits."""
        near = _with(self._may[cue.scope], map(loose, cue.all))
        may = _without(_with(near, map(most, cue.all)), map(least, cue.none))
        sure = may.filter(self._sure[cue.scope][may["row"].to_numpy()])
        digits = [pattern for pattern in cue.all if not blind(pattern)]
        sure = _without(_with(sure, map(least, digits)), (most(pattern) for pattern in cue.none if not blind(pattern)))
        left = may.filter(~may["row"].is_in(sure["row"].implode())) if sure.height < may.height else may.clear()
        return self._shapes(sure, cue), self._shapes(left, cue)

    def _shapes(self, part: pl.DataFrame, cue: Cue) -> Flags:
        if cue.scope == "text" or part.is_empty():
            return _flags(part, len(self.known.shapes))
        return self.known.owners(_flags(part, len(self.known.kinds)))

    def _read(self, cue: Cue, open_: Flags) -> pl.Series:
        """Ask the texts of these shapes themselves; return the rows of those in which the cue holds."""
        texts = self.known.texts.filter(open_[self.known.shape_of])
        through = _with(sentences(texts), [self.label.gate])
        if cue.scope == "text":
            through = texts.filter(texts["row"].is_in(through["row"].unique().implode()))
        return holding(through, cue)["row"].unique()


def weigh(known: Shapes, label: Label) -> pl.Series:
    """Give the label's score (0 to 1) for every text."""
    return Weighing(known, label).scores()


def weigh_all(texts: pl.Series, labels: Mapping[str, Label]) -> pl.DataFrame:
    """Score every label for normalised, masked, lower-case texts and say yes where the score reaches the threshold."""
    known = shaped(texts)
    with ThreadPoolExecutor(_CORES) as pool:
        scores = dict(zip(labels, pool.map(partial(weigh, known), labels.values()), strict=True))
    flags = {f"is_{name}": score >= THRESHOLD - 0.001 for name, score in scores.items()}
    return pl.DataFrame({**flags, **{f"score_{name}": score for name, score in scores.items()}})
