"""The weights of what is learned, for labels and for plain facts: plain arrays, no library but numpy at run time.

Two steps of logistic regression: a text's character n-grams alone; then their logits together with what the patterns say. What the
patterns say are features like the others, so that a pattern counts for as much as it proved right.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.cores import beside
from qingqun.enrich.labels.grams import PLACES, folded, grams

AT_ONCE = 10_000  # texts: bounds the memory
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of all names. `grams` is (known grams and one empty last row, names), `mixing` square, `patterns` (features, names)."""

    names: tuple[str, ...]
    grams: Floats
    first: Floats  # the n-grams' own bias
    mixing: Floats
    patterns: Floats
    bias: Floats
    thresholds: Floats  # logits
    row: NDArray[np.int32]  # place of a gram in the table -> its row of `grams`; the last one where the gram is not known

    @classmethod
    def read(cls, package: str) -> "Weights":
        """Read the weights.npz that lies in a package."""
        with as_file(files(package) / "weights.npz") as path, np.load(path, allow_pickle=False) as arrays:
            weights = arrays["grams"].astype(np.float32)
            row = np.full(PLACES, len(weights), np.int32)
            row[arrays["places"]] = np.arange(len(weights), dtype=np.int32)
            return cls(
                names=tuple(str(name) for name in arrays["names"]),
                grams=np.vstack([weights, np.zeros((1, weights.shape[1]), np.float32)]),
                first=arrays["first"],
                mixing=arrays["mixing"],
                patterns=arrays["patterns"],
                bias=arrays["bias"],
                thresholds=arrays["thresholds"],
                row=row,
            )

    def by_grams(self, texts: pl.Series) -> Floats:
        """Return the logits (texts, names) that the n-grams alone give to texts that are ready (normalised, masked, lower-case)."""
        alike = pl.DataFrame({"text": folded(texts)})
        distinct = alike.unique(maintain_order=True).with_row_index("at")
        at = alike.join(distinct, on="text", how="left", maintain_order="left")["at"].to_numpy()
        parts = beside(lambda start: self._summed(distinct["text"].slice(start, AT_ONCE)), range(0, len(distinct), AT_ONCE))
        return np.asarray(np.concatenate([np.zeros((0, len(self.names)), np.float32), *parts])[at], dtype=np.float32)

    def probability(self, hinted: Floats, said: pl.DataFrame) -> Floats:
        """Weigh what the n-grams `hinted` together with what the patterns `said` of the same texts: 0.5 at a name's own threshold."""
        logits = hinted @ self.mixing + pattern_features(said, self.names) @ self.patterns + self.bias
        return np.asarray(1 / (1 + np.exp(np.clip(self.thresholds - logits, -30, 30))), dtype=np.float32)

    def _summed(self, texts: pl.Series) -> Floats:
        """Sum each text's gram weights, over the root of how many grams it has, and add the bias."""
        summed = np.zeros((len(texts), len(self.names)), np.float32)
        total = np.zeros(len(texts), np.float32)
        nothing = len(self.grams) - 1
        for text, place in grams(texts):
            total += np.bincount(text, minlength=len(texts))
            row = self.row.take(place)  # by places: several times faster than by flags, and than self.row[place]
            held = np.flatnonzero(row < nothing)
            if len(held):
                owner = text.take(held)
                starts = np.flatnonzero(np.diff(owner, prepend=-1))
                summed[owner[starts]] += np.add.reduceat(self.grams.take(row.take(held), axis=0), starts)
        return np.asarray(summed / np.sqrt(np.maximum(total, 1))[:, None] + self.first, dtype=np.float32)


def pattern_features(said: pl.DataFrame, names: tuple[str, ...]) -> Floats:
    """Return each name's pattern score, and whether it reached its threshold, as columns."""
    chosen = [*(pl.col(f"score_{name}") for name in names), *(pl.col(f"is_{name}").cast(pl.Float32) for name in names)]
    return said.select(chosen).to_numpy().astype(np.float32)
