"""The learned half of a label: character n-grams say first what may be, then weigh together with what the patterns say.

Logistic regression, one label beside the other: plain arrays in weights.npz, made from the corpus by `make model`, no library but
numpy at run time. What the patterns say are features like the others, so that a pattern counts for as much as it proved right; they
are asked only where the n-grams leave the label open, which proved better than asking them always, and costs an eighth.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.cores import beside
from qingqun.enrich.labels.grammar import ASKED, NEGATION
from qingqun.enrich.labels.grams import PLACES, folded, grams

FLOOR, CEILING = -4.0, 4.0  # logits: below the one the n-grams rule a label out, above the other they need no pattern
ALARM_FLOOR = -5.0  # an emergency is asked about more freely, and however sure the n-grams are: it needs a sign of danger
BACKED, UNMISTAKABLE = 0.2, 0.97  # an emergency needs some sign of danger, unless the wording leaves no doubt
CERTAIN = 0.9  # and where the patterns are this sure of one, it is one: of 178 in the corpus 177 were
AT_ONCE = 10_000  # texts: bounds the memory
HALF = 0.5
DEMANDS = ("reply_demand", "forced_promotion", "assessed_promotion", "photo_proof")
# Whoever has none, or does not want to, need not.
FREE = "没有(?:的)?(?:也)?(?:就)?(?:算了|没关系|不要紧|不勉强)|不强求|不勉强|不强制|可[^,。;!?]{1,3}可不"
WAIVED = rf"{NEGATION}[^,。;!?]{{0,10}}{ASKED}|{ASKED}[^,。;!?]{{0,6}}(?:不用|不必|无需|无须|不再|一律不|取消|停止|不作要求)|{FREE}"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of all labels. `grams` is (known grams and one empty last row, labels), `mixing` square, `patterns` (features, labels)."""

    names: tuple[str, ...]
    grams: Floats
    first: Floats  # the n-grams' own bias
    mixing: Floats
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
            first=arrays["first"],
            mixing=arrays["mixing"],
            patterns=arrays["patterns"],
            bias=arrays["bias"],
            thresholds=arrays["thresholds"],
            row=row,
        )


def by_grams(texts: pl.Series) -> Floats:
    """Return the logits (texts, labels) that the n-grams alone give to texts that are ready (normalised, masked, lower-case)."""
    known = model()
    alike = pl.DataFrame({"text": folded(texts)})
    distinct = alike.unique(maintain_order=True).with_row_index("at")
    at = alike.join(distinct, on="text", how="left", maintain_order="left")["at"].to_numpy()
    parts = beside(lambda start: _over_grams(known, distinct["text"].slice(start, AT_ONCE)), range(0, len(distinct), AT_ONCE))
    return np.asarray(np.concatenate([np.zeros((0, len(known.names)), np.float32), *parts])[at], dtype=np.float32)


def open_to(hinted: Floats) -> NDArray[np.bool_]:
    """Tell which texts (texts, labels) the patterns are asked about: those of which the n-grams alone are not sure."""
    open_ = (hinted > FLOOR) & (hinted < CEILING)
    alarm = model().names.index("emergency")
    open_[:, alarm] = hinted[:, alarm] > ALARM_FLOOR
    return open_


def decide(texts: pl.Series, hinted: Floats, said: pl.DataFrame) -> pl.DataFrame:
    """Weigh what the n-grams `hinted` together with what the patterns `said` of the same texts.

    Out: `is_<label>` and `score_<label>` for each label; a score is a probability, 0.5 at the label's own threshold.
    """
    known = model()
    logits = hinted @ known.mixing + pattern_features(said, known.names) @ known.patterns + known.bias
    probability = 1 / (1 + np.exp(np.clip(known.thresholds - logits, -30, 30)))
    alarm = known.names.index("emergency")
    probability[:, alarm] = _alarm(probability[:, alarm], said["score_emergency"].to_numpy())
    waived = _waived(texts, probability)
    for name in DEMANDS:
        silent = waived & (said[f"score_{name}"] == 0).to_numpy()
        probability[silent, known.names.index(name)] *= HALF
    probability[(texts.str.strip_chars() == "").to_numpy()] = 0.0
    columns = {name: pl.Series(probability[:, i], dtype=pl.Float32) for i, name in enumerate(known.names)}
    return pl.DataFrame(
        {**{f"is_{name}": column >= 0.5 for name, column in columns.items()}, **{f"score_{name}": c for name, c in columns.items()}}
    )


def _alarm(probability: Floats, sign: Floats) -> Floats:
    """Weigh an emergency: missing one is worse than a false one, yet excitement alone is none."""
    quiet = (sign < BACKED) & (probability < UNMISTAKABLE)
    return np.where(quiet, np.minimum(probability, 0.49), np.where(sign >= CERTAIN, np.maximum(probability, CERTAIN), probability))


def _waived(texts: pl.Series, probability: Floats) -> NDArray[np.bool_]:
    """Tell texts that say a demand is dropped or is none (不再拍照, 无需转发, 没有就算了); asked only where some label is near."""
    found = np.zeros(len(texts), np.bool_)
    near = np.flatnonzero((probability >= HALF).any(axis=1))
    found[near] = texts.gather(near).str.contains(WAIVED).to_numpy()
    return found


def pattern_features(said: pl.DataFrame, names: tuple[str, ...]) -> Floats:
    """Return each label's pattern score, and whether it reached its threshold, as columns."""
    chosen = [*(pl.col(f"score_{name}") for name in names), *(pl.col(f"is_{name}").cast(pl.Float32) for name in names)]
    return said.select(chosen).to_numpy().astype(np.float32)


def _over_grams(known: Model, texts: pl.Series) -> Floats:
    """Sum each text's gram weights, over the root of how many grams it has, and add the bias."""
    summed = np.zeros((len(texts), len(known.names)), np.float32)
    total = np.zeros(len(texts), np.float32)
    nothing = len(known.grams) - 1
    for text, place in grams(texts):
        total += np.bincount(text, minlength=len(texts))
        row = known.row.take(place)  # by places: several times faster than by flags, and than known.row[place]
        held = np.flatnonzero(row < nothing)
        if len(held):
            owner = text.take(held)
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            summed[owner[starts]] += np.add.reduceat(known.grams.take(row.take(held), axis=0), starts)
    return np.asarray(summed / np.sqrt(np.maximum(total, 1))[:, None] + known.first, dtype=np.float32)
