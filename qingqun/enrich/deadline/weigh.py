"""Weigh the signs around time expressions: which are moments by which readers are asked to do something?

One weight a sign, in weights.npz, made from the corpus by `make model`; no library but numpy, and no more than a sum at run time.
The rules are asked only where they can still decide: where the words' weight is within the reach of what they
say of 98 moments in 100.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qingqun.enrich.deadline.read import Found
from qingqun.enrich.deadline.signs import BITS, Places, signs
from qingqun.enrich.deadline.verdicts import verdicts

SHARE, ENOUGH = 0.5, 50
"""How much a sign of the whole text counts beside one near the moment; in a text with more signs than these each counts the less."""


class Weights(NamedTuple):
    """The weight of every place a word's sign can have, of every verdict of the rules, where the scale begins, how far the rules reach."""

    of: NDArray[np.float32]
    rules: dict[str, float]
    bias: float
    reach: tuple[float, float]


@cache
def weights() -> Weights:
    """Read weights.npz, which lies beside this file."""
    with as_file(files(__package__) / "weights.npz") as path, np.load(path, allow_pickle=False) as arrays:
        of = np.zeros(1 + (1 << BITS), dtype=np.float32)
        of[arrays["places"]] = arrays["weights"]
        rules = dict(zip(arrays["rules"].tolist(), arrays["said"].tolist(), strict=True))
        least, most = arrays["reach"].tolist()
        return Weights(of, rules, float(arrays["bias"]), (least, most))


def shares(whole: Places) -> NDArray[np.float32]:
    """Return how much each sign of a whole text counts, for each text: a long notice says much that has nothing to do with its moments."""
    many = np.maximum(np.count_nonzero(whole, axis=1), ENOUGH)
    share: NDArray[np.float32] = (SHARE * np.sqrt(ENOUGH / many)).astype(np.float32)
    return share


def _sum(of: NDArray[np.float32], places: Places) -> NDArray[np.float32]:
    """Return the sum of the weights of each row's signs; one that stands there twice counts once."""
    ordered = np.sort(places, axis=1)
    told = of[ordered]
    told[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    total: NDArray[np.float32] = told.sum(axis=1)
    return total


def weighed(texts: Sequence[str], found: Sequence[Sequence[Found]]) -> list[bool]:
    """Return for the moments found in normalised texts, in their order, whether the signs speak for a due one."""
    if not any(found):
        return []
    told, (of, rules, bias, (least, most)) = signs(texts, found), weights()
    words = (_sum(of, told.near) + (shares(told.whole) * _sum(of, told.whole))[told.text] + np.float32(bias)).tolist()
    every = [each for one in found for each in one]
    return [
        weight + least > 0 or (weight + most > 0 and weight + sum(rules.get(said, 0.0) for said in verdicts(each)) > 0)
        for each, weight in zip(every, words, strict=True)
    ]
