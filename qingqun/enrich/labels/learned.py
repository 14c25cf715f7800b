"""The learned half of a label: it weighs what the patterns said together with the text's character n-grams.

Logistic regression, one label beside the other: plain arrays in weights.npz, made from the corpus by `make model`, no library but
numpy at run time. What the patterns say are features like the others, so that a pattern counts for as much as it proved right.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.enrich.labels.grams import PLACES, folded, grams

BACKED, UNMISTAKABLE = 0.2, 0.97  # an emergency needs some sign of danger, unless the wording leaves no doubt
AT_ONCE = 20_000  # texts: bounds the memory
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of all labels. `grams` is (known grams and one empty last row, labels), `patterns` (pattern features, labels)."""

    names: tuple[str, ...]
    grams: Floats
    patterns: Floats
    bias: Floats
    thresholds: Floats  # logits
    row: NDArray[np.int32]  # place of a gram in the table -> its row of `grams`; the last one where the gram is not known


@cache
def model() -> Model:
    """Read weights.npz, which lies beside this file."""
    with as_file(files(__package__) / "weights.npz") as path, np.load(path, allow_pickle=False) as arrays:
        weights = arrays["grams"].astype(np.float32)
        row = np.full(PLACES, len(weights), np.int32)
        row[arrays["places"]] = np.arange(len(weights), dtype=np.int32)
        return Model(
            names=tuple(str(name) for name in arrays["names"]),
            grams=np.vstack([weights, np.zeros((1, weights.shape[1]), np.float32)]),
            patterns=arrays["patterns"],
            bias=arrays["bias"],
            thresholds=arrays["thresholds"],
            row=row,
        )


def learned(texts: pl.Series, said: pl.DataFrame) -> pl.DataFrame:
    """Weigh texts that are ready (normalised, masked, lower-case) with what the patterns `said` of them.

    Out: `is_<label>` and `score_<label>` for each label; a score is a probability, 0.5 at the label's own threshold.
    """
    known = model()
    alike = pl.DataFrame({"text": folded(texts)})
    distinct = alike.unique(maintain_order=True).with_row_index("at")
    at = alike.join(distinct, on="text", how="left", maintain_order="left")["at"].to_numpy()
    parts = [_over_grams(known, distinct["text"].slice(start, AT_ONCE)) for start in range(0, len(distinct), AT_ONCE)]
    spread = np.concatenate([np.zeros((0, len(known.names)), np.float32), *parts])
    logits = spread[at] + pattern_features(said, known.names) @ known.patterns + known.bias
    probability = 1 / (1 + np.exp(np.clip(known.thresholds - logits, -30, 30)))
    alarm = known.names.index("emergency")
    quiet = (said["score_emergency"] < BACKED).to_numpy() & (probability[:, alarm] < UNMISTAKABLE)
    probability[quiet, alarm] = np.minimum(probability[quiet, alarm], 0.49)
    probability[(texts.str.strip_chars() == "").to_numpy()] = 0.0
    columns = {name: pl.Series(probability[:, i], dtype=pl.Float32) for i, name in enumerate(known.names)}
    return pl.DataFrame(
        {**{f"is_{name}": column >= 0.5 for name, column in columns.items()}, **{f"score_{name}": c for name, c in columns.items()}}
    )


def pattern_features(said: pl.DataFrame, names: tuple[str, ...]) -> Floats:
    """Return each label's pattern score, and whether it reached its threshold, as columns."""
    chosen = [*(pl.col(f"score_{name}") for name in names), *(pl.col(f"is_{name}").cast(pl.Float32) for name in names)]
    return said.select(chosen).to_numpy().astype(np.float32)


def _over_grams(known: Model, texts: pl.Series) -> Floats:
    """Sum each text's gram weights, over the root of how many grams it has."""
    summed = np.zeros((len(texts), len(known.names)), np.float32)
    total = np.zeros(len(texts), np.float32)
    nothing = len(known.grams) - 1
    for text, place in grams(texts):
        total += np.bincount(text, minlength=len(texts))
        row = known.row[place]
        held = row < nothing
        if held.any():
            owner = text[held]
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            summed[owner[starts]] += np.add.reduceat(known.grams[row[held]], starts)
    return np.asarray(summed / np.sqrt(np.maximum(total, 1))[:, None], dtype=np.float32)
