"""Where each character and each pair of neighbours stands: which texts can have a sign (signs.py) is looked up, not searched for."""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qingqun.enrich.labels.signs import All, One, Sign, sign

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
_POINTS = 0x110000


class Index:
    """The characters and pairs of many texts: `rows[starts[i] : starts[i + 1]]` have the pair `pairs[i]`, one character being two digits.

    Of the texts, only the `chosen` are looked at; of the others nothing is known, and they have no sign.
    """

    def __init__(self, texts: pl.Series, chosen: Flags) -> None:
        self._size = len(texts)
        lengths, points = _points(texts.filter(pl.Series(chosen)))
        self._number = _numbers(points)
        self._bits, row_bits = int(self._number.max()).bit_length(), max(self._size, 1).bit_length()
        keys = self._number[points].astype(np.int64)
        keys <<= self._bits
        keys[:-1] |= self._number[points[1:]]
        ends = (np.cumsum(lengths) - 1)[lengths > 0]
        keys[ends] &= -1 << self._bits  # nothing stands behind the last character
        keys <<= row_bits
        keys |= np.repeat(np.flatnonzero(chosen).astype(np.int32), lengths)
        keys.sort()
        self._rows = keys.astype(np.int32)
        self._rows &= (1 << row_bits) - 1
        keys >>= row_bits
        first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        self._pairs, self._starts = keys[first], np.append(first, len(keys))
        self._places: dict[str, tuple[int, int]] = {}
        self._known: dict[str, NDArray[np.uint8]] = {}

    def can(self, pattern: str) -> Flags | None:
        """Return in which texts the pattern can find something; None where in all."""
        if pattern not in self._known:
            needed = sign(pattern)
            if needed is None:
                return None
            self._known[pattern] = np.packbits(self._having(needed))
        return np.unpackbits(self._known[pattern], count=self._size).view(np.bool_)

    def _having(self, needed: Sign) -> Flags:
        if isinstance(needed, One):
            found = np.zeros(self._size, np.bool_)
            found[np.concatenate(list(self._stand(needed.words)))] = True
            return found
        found = self._having(needed.signs[0])
        for one in needed.signs[1:]:
            (np.logical_and if isinstance(needed, All) else np.logical_or)(found, self._having(one), out=found)
        return found

    def _stand(self, words: tuple[str, ...]) -> Iterator[NDArray[np.int32]]:
        """Yield the texts in which each word can stand: those of its rarest pair."""
        for word in words:
            places = [self._place(word[at : at + 2]) for at in range(max(len(word) - 1, 1))]
            start, end = min(places, key=lambda place: place[1] - place[0])
            yield self._rows[start:end]

    def _place(self, pair: str) -> tuple[int, int]:
        """Return where in `rows` a character, or a pair of two, is listed."""
        if pair not in self._places:
            numbers = [int(self._number[ord(character)]) for character in pair]
            first, last = numbers[0] << self._bits, (numbers[0] + 1) << self._bits
            if len(pair) == 2:
                first, last = first | numbers[1], (first | numbers[1]) + 1
            start, end = self._starts[np.searchsorted(self._pairs, (first, last))]
            self._places[pair] = (int(start), int(end)) if all(numbers) else (0, 0)
        return self._places[pair]


def _points(texts: pl.Series) -> tuple[Ints, NDArray[np.uint32]]:
    """Return how many characters each text has, and all of them."""
    said = "".join(texts).encode("utf-32-le", "surrogatepass")
    return texts.str.len_chars().to_numpy().astype(np.int64), np.frombuffer(said, dtype=np.uint32)


def _numbers(points: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Number the characters that are there, from one, in a table of all; the others are nought."""
    there = np.zeros(_POINTS, np.bool_)
    there[points] = True
    return np.where(there, np.cumsum(there, dtype=np.int32), np.int32(0))
