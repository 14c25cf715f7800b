"""The learned half of a label: character n-grams say first what may be, then weigh together with what the patterns say.

One label beside the other, in weights.npz, made from the corpus by `make model`. The patterns are asked only where the n-grams leave
the label open, which proved better than asking them always, and costs an eighth.
"""

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.enrich.labels._threat import threatened
from qingqun.enrich.labels.grammar import ASKED, NEGATION
from qingqun.enrich.labels.weights import Floats, Weights

FLOOR, CEILING = -4.0, 4.0  # logits: below the one the n-grams rule a label out, above the other they need no pattern
ALARM_FLOOR = -5.0  # an emergency is asked about more freely, and however sure the n-grams are: it needs a sign of danger
BACKED, UNMISTAKABLE = 0.2, 0.97  # an emergency needs some sign of danger, unless the wording leaves no doubt
CERTAIN = 0.9  # and where the patterns are this sure of one, it is one: of 178 in the corpus 177 were
HALF = 0.5
THREATENED = 0.6  # how sure it is of who has not done it being named, where one sentence of a notice says so
DEMANDS = ("reply_demand", "forced_promotion", "assessed_promotion", "photo_proof")
# Whoever has none, or does not want to, need not.
FREE = "没有(?:的)?(?:也)?(?:就)?(?:算了|没关系|不要紧|不勉强)|不强求|不勉强|不强制|可[^,。;!?]{1,3}可不"
WAIVED = rf"{NEGATION}[^,。;!?]{{0,10}}{ASKED}|{ASKED}[^,。;!?]{{0,6}}(?:不用|不必|无需|无须|不再|一律不|取消|停止|不作要求)|{FREE}"


@cache
def model() -> Weights:
    """Read weights.npz, which lies beside this file."""
    return Weights.read(__package__)


def by_grams(texts: pl.Series) -> Floats:
    """Return the logits (texts, labels) that the n-grams alone give to texts that are ready (normalised, masked, lower-case)."""
    return model().by_grams(texts)


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
    probability = known.probability(hinted, said)
    alarm = known.names.index("emergency")
    probability[:, alarm] = _alarm(probability[:, alarm], said["score_emergency"].to_numpy())
    waived = _waived(texts, probability)
    for name in DEMANDS:
        silent = waived & (said[f"score_{name}"] == 0).to_numpy()
        probability[silent, known.names.index(name)] *= HALF
    threats = _threats(texts, probability[:, known.names.index("work")], probability[:, known.names.index("shaming")])
    probability[threats, known.names.index("shaming")] = THREATENED
    probability[(texts.str.strip_chars() == "").to_numpy()] = 0.0
    columns = {name: pl.Series(probability[:, i], dtype=pl.Float32) for i, name in enumerate(known.names)}
    return pl.DataFrame(
        {**{f"is_{name}": column >= 0.5 for name, column in columns.items()}, **{f"score_{name}": c for name, c in columns.items()}}
    )


def _threats(texts: pl.Series, work: Floats, shaming: Floats) -> NDArray[np.int64]:
    """Find the texts about work that threaten in one sentence what the whole of them hides."""
    near = np.flatnonzero((work >= HALF) & (shaming < HALF))
    found: NDArray[np.int64] = near[threatened(texts.gather(near)).to_numpy()]
    return found


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
