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
    marked = _START + texts + _END
    lengths = marked.str.len_chars().to_numpy().astype(np.int64)
    characters = np.frombuffer("".join(marked).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    size = len(characters)
    codes = np.concatenate([characters, np.zeros(LONGEST, np.uint32)]).astype(np.uint64)  # so that every gram can be read to its end
    text = np.repeat(np.arange(len(lengths)), lengths)
    left = np.repeat(np.cumsum(lengths), lengths) - np.arange(size)  # characters from here to the text's end
    hashed = np.zeros(size, np.uint64)
    for n in range(1, LONGEST + 1):
        # The hash of the gram that starts here grows by one character; grams that would leave their text are dropped.
        hashed = hashed * _STEP + codes[n - 1 : n - 1 + size] + np.uint64(n)
        inside = left >= n
        yield text[inside], ((hashed[inside] * _MIX) >> _SHIFT).astype(np.int64)
