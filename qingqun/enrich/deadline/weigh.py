"""Weigh the signs around a time expression: is it the moment by which readers are asked to do something?

One weight a sign, in weights.npz, made from the corpus by `make model`; no library but numpy, and no more than a sum at run time.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np

from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.signs import signs, verdicts


class Weights(NamedTuple):
    """The weight of each known sign, and where the scale begins."""

    of: dict[str, float]
    bias: float


@cache
def weights() -> Weights:
    """Read weights.npz, which lies beside this file."""
    with as_file(files(__package__) / "weights.npz") as path, np.load(path, allow_pickle=False) as arrays:
        return Weights(dict(zip(arrays["names"].tolist(), arrays["weights"].tolist(), strict=True)), float(arrays["bias"]))


def weight(told: Iterable[str]) -> float:
    """Return the sum of the signs' weights: above 0 the moment is a due one."""
    of, bias = weights()
    return sum((of.get(sign, 0.0) for sign in told), bias)


def weighed(found: Found) -> bool:
    """Return whether the signs speak for a due moment rather than against it."""
    return weight(signs(found)) + weight(verdicts(found)) - weights().bias > 0
