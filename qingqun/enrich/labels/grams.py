"""The character n-grams of many texts at once, as places in a wide table.

A gram of 1 to LONGEST characters, with marks for the text's start and end, is hashed to a place.
Everything is done on one array of all characters; no gram is ever made as a string.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

LONGEST = 5
BITS = 22  # wide enough that hardly two grams of the corpus share a place: sharing cost six points of F1
PLACES = 1 << BITS
_START, _END = "\x02", "\x03"
_STEP = np.uint64(1_099_511_628_211)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)

Places = NDArray[np.int64]


def folded(texts: pl.Series) -> pl.Series:
    """Give every run of digits as one 0: texts that differ in numbers alone have the same grams."""
    return texts.str.replace_all("[0-9]+", "0")


def grams(texts: pl.Series) -> Iterator[tuple[Places, Places]]:
    """Yield, for each length of gram, the text's number and the place of every gram; texts are normalised, lower-case and folded."""
    characters, text, lengths = _characters(texts)
    size = len(characters)
    codes = np.concatenate([characters, np.zeros(LONGEST, np.uint32)]).astype(np.uint64)  # so that every gram can be read to its end
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(size)  # characters from here to the text's end
    hashed = np.zeros(size, np.uint64)
    for n in range(1, LONGEST + 1):
        # The hash of the gram that starts here grows by one character; grams that would leave their text are dropped.
        hashed = hashed * _STEP + codes[n - 1 : n - 1 + size] + np.uint64(n)
        inside = np.flatnonzero(left >= n)
        yield text.take(inside), ((hashed.take(inside) * _MIX) >> _SHIFT).astype(np.int64)


def _characters(texts: pl.Series) -> tuple[NDArray[np.uint32], Places, Places]:
    """Return all characters, whose text each is, and the texts' lengths; a mark said several times counts once, a letter twice."""
    marked = _START + texts + _END
    lengths = marked.str.len_chars().to_numpy().astype(np.int64)
    characters = np.frombuffer("".join(marked).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    again = np.zeros(len(characters), np.bool_)
    again[1:] = characters[1:] == characters[:-1]
    third = again.copy()
    third[1:] &= again[:-1]
    kept = ~(third | (again & ~_lettered(characters)))
    text = np.repeat(np.arange(len(lengths)), lengths)[kept]
    return characters[kept], text, np.bincount(text, minlength=len(lengths))


def _lettered(characters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell Chinese characters, small letters and digits from marks and pictures."""
    digit = (characters >= ord("0")) & (characters <= ord("9"))
    letter = (characters >= ord("a")) & (characters <= ord("z"))
    return np.asarray(digit | letter | ((characters >= 0x3400) & (characters <= 0x9FFF)))
