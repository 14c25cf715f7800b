"""The learned half of the plain facts, as that of the labels (labels/learned.py): n-grams first, patterns where these leave it open.

The weights come from data/cues/ by `make model`. A fact without weights is decided by its patterns alone.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from qingqun.enrich.labels.weights import Floats, Weights

FLOOR, CEILING = -5.0, 5.0  # logits: below the one the n-grams rule a fact out, above the other they need no pattern


@cache
def model() -> Weights:
    """Read weights.npz, which lies beside this file."""
    return Weights.read(__package__)


def open_to(hinted: Floats) -> NDArray[np.bool_]:
    """Tell which texts (texts, facts) the patterns are asked about: those of which the n-grams alone are not sure."""
    return np.asarray((hinted > FLOOR) & (hinted < CEILING))
