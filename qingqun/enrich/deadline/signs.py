"""The signs around time expressions, for all of a column at once: what stands beside each, the classes of those words, its own form.

A sign is a number: a template and the characters or classes it is filled with, hashed to one of 2**BITS places.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qingqun.enrich.deadline.classes import NAMES, codes, tokens
from qingqun.enrich.deadline.read import Found

BITS = 18
_EDGE = 64  # empty places before and behind the joined texts
_CLAUSE, _AFTER, _SENTENCE, _WHOLE = 14, 18, 30, 200  # characters looked at
_SUBJECTS = [NAMES.index(name) + 1 for name in ("me", "other", "office", "you", "each", "ask", "say")]
_ORDERS = [NAMES.index(name) + 1 for name in ("ask", "to me")]
_BEHIND = 4  # words behind a moment among which the subject may stand
_OPENS, _CLOSES = codes("「『“"), codes("」』”")
_WORDS, _FAR = 12, 16  # words looked at, in the clause and behind it, in the sentence and after
_MIX = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1, 0xD3A2646D)
_PRIME = np.uint32(0x2C1B3C6D)

Places = NDArray[np.int32]
Ats = NDArray[np.int64]
Chars = NDArray[np.uint32]


class Signs(NamedTuple):
    """The places of the signs: of each moment, of each text; place 0 is no sign. `text` tells the text of each moment."""

    near: Places
    whole: Places
    text: NDArray[np.int64]


def _hash(template: int, parts: Sequence[Chars]) -> Places:
    """Return a place for each row of the parts, alike for alike ones."""
    mixed: Chars = np.full(1, template * 2 + 1, np.uint32) * np.uint32(_MIX[-1])
    for part, factor in zip(parts, _MIX, strict=False):
        mixed = (part * np.uint32(factor)) ^ mixed
        mixed *= _PRIME
        mixed ^= mixed >> np.uint32(15)
    mixed >>= np.uint32(32 - BITS)
    places: Places = mixed.astype(np.int32)
    places += 1
    return places


def _grams(template: int, window: Chars, orders: Sequence[int], *cross: Chars) -> list[Places]:
    """Return the runs of characters or words of each row, together with what they are crossed with; 0 in a window is nothing."""
    told = []
    for n in orders:
        parts = [window[:, at : window.shape[1] - n + 1 + at] for at in range(n)]
        there = np.logical_and.reduce([part > 0 for part in parts])
        told.append(np.where(there, _hash(template + n, [*parts, *(each[:, None] for each in cross)]), np.int32(0)))
    return told


def _edges(template: int, window: Chars, orders: Sequence[int], *cross: Chars, last: bool) -> list[Places]:
    """Return the first or last n places of each row as one sign; the border is a character of its own."""
    chosen = [window[:, -n:] if last else window[:, :n] for n in orders]
    return [_hash(template + n, [*part.T, *cross])[:, None] for n, part in zip(orders, chosen, strict=True)]


def _left(flat: Chars, begin: Ats, end: Ats, width: int) -> Chars:
    """Return the last `width` places before `end`, those before `begin` empty."""
    at = end[:, None] + np.arange(-width, 0)
    return np.where(at >= begin[:, None], flat[at], np.uint32(0))


def _right(flat: Chars, begin: Ats, end: Ats, width: int) -> Chars:
    at = begin[:, None] + np.arange(width)
    return np.where(at < end[:, None], flat[np.minimum(at, len(flat) - 1)], np.uint32(0))


@lru_cache(maxsize=1 << 14)
def _form(on: str, name: str, ahead: int | None, hour: str, mark: str, *borne: bool) -> tuple[int, ...]:
    """Return the numbers of a moment's own form: mark, mark and kind of hour, mark and kind of day, then whatever else tells forms apart."""
    day, when = f"{on}{name}", f"{on}{name}+{hour}"
    told = (mark, f"{hour}{bool(mark)}", f"{on}{bool(mark)}", day, hour, when, f"{when}+{mark}", f"{when}+{mark}+{borne}")
    return tuple(zlib.crc32(each.encode()) for each in (*told, *map(str, borne), f"{on}{ahead}"))


class _Joined:
    """The texts one behind the other, as characters and as words, with the borders of sentences and clauses."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\n" * _EDGE + "\n\n".join(texts) + "\n" * (_EDGE + _WHOLE)
        exact = codes(joined)
        # Which digit it is tells nothing of order or statement.
        self.chars = np.where((exact > 0x30) & (exact <= 0x39), 0x30, exact).astype(np.uint32)
        self.words = tokens(joined)
        self.classes = np.append((self.words.classes + 1).astype(np.uint32), np.zeros(_EDGE, np.uint32))
        lengths = np.array([len(text) for text in texts])
        self.starts = np.cumsum(np.concatenate([[_EDGE], lengths[:-1] + 2]))
        self.ends = self.starts + lengths
        self.depth = np.cumsum(np.isin(self.chars, _OPENS).astype(np.int64) - np.isin(self.chars, _CLOSES))  # inside how many quotes
        self._stops: dict[str, Ats] = {}

    def before(self, stops: str, at: Ats) -> Ats:
        """Return the places behind the last of the stops before each place."""
        borders = self._borders(stops)
        return borders[np.searchsorted(borders, at) - 1] + 1

    def behind(self, stops: str, at: Ats) -> Ats:
        borders = self._borders(stops)
        return borders[np.searchsorted(borders, at)]

    def _borders(self, stops: str) -> Ats:
        """Return where the stops stand, looked for once."""
        if stops not in self._stops:
            self._stops[stops] = np.flatnonzero(np.isin(self.chars, codes(stops)))
        return self._stops[stops]

    def word(self, at: Ats) -> Ats:
        return np.searchsorted(self.words.starts, at)


def signs(texts: Sequence[str], found: Sequence[Sequence[Found]]) -> Signs:
    """Return the signs of the moments found in normalised texts, in their order."""
    joined = _Joined(texts)
    text = np.repeat(np.arange(len(texts)), [len(each) for each in found])
    every = [each for one in found for each in one]
    at = joined.starts[text] + np.array([each.start for each in every], dtype=np.int64)
    end = joined.starts[text] + np.array([each.end for each in every], dtype=np.int64)
    form = np.array(
        [_form(each.day.on, each.day.name, each.day.a, each.time.at, each.mark, each.bare, each.ranged) for each in every], dtype=np.uint32
    ).reshape(len(every), -1)
    told = [_hash(900 + n, [form[:, n]])[:, None] for n in range(form.shape[1])]
    told += _characters(joined, at, end, form[:, 0]) + _classes(joined, at, end, form)
    told += _standing(joined, at, end, text, form[:, 0])
    window = _right(joined.chars, joined.starts, joined.ends, _WHOLE)
    return Signs(np.concatenate(told, axis=1), np.concatenate(_grams(800, window, (1, 2)), axis=1), text)


def _standing(joined: _Joined, at: Ats, end: Ats, text: Ats, mark: Chars) -> list[Places]:
    """Return how the sentence of each moment ends (a question), whether it is quoted, who is its subject and whether anything is asked."""
    rest = joined.behind("。;!?\n", end)
    ending: Chars = joined.chars[rest]
    quoted = (joined.depth[at] > joined.depth[joined.starts[text] - 1]).astype(np.uint32)
    clause = joined.word(joined.before("。;!?\n,()", at))
    here, there = joined.word(at), joined.word(end)
    around = np.concatenate(
        [_right(joined.classes, clause, here, _WORDS), _right(joined.classes, there, joined.word(joined.behind("。;!?\n,", end)), _BEHIND)],
        axis=1,
    )
    sentence = _right(joined.classes, joined.word(joined.before("。;!?\n", at)), joined.word(rest), _WORDS + _FAR)
    subject = _first_of(around, _SUBJECTS)
    asks = np.asarray(np.isin(sentence, _ORDERS).any(axis=1), dtype=np.uint32)
    told = [_hash(300, [ending]), _hash(301, [ending, mark]), _hash(302, [quoted, mark]), _hash(303, [quoted, asks])]
    told += [_hash(304, [subject]), _hash(305, [subject, mark]), _hash(306, [subject, asks]), _hash(307, [subject, asks, mark])]
    return [each[:, None] for each in (*told, _hash(308, [subject, ending]))]


def _first_of(window: Chars, wanted: Sequence[int]) -> Chars:
    """Return the first of the wanted classes in each row, 0 where none stands there."""
    there = np.isin(window, wanted)
    first = window[np.arange(len(window)), there.argmax(axis=1)]
    return np.where(there.any(axis=1), first, np.uint32(0)).astype(np.uint32)


def _characters(joined: _Joined, at: Ats, end: Ats, mark: Chars) -> list[Places]:
    sentence, clause = joined.before("。;!?\n", at), joined.before("。;!?\n,()", at)
    left = _left(joined.chars, clause, at, _CLAUSE)
    right = _right(joined.chars, end, joined.behind("。;!?\n", end), _AFTER)
    far = _left(joined.chars, sentence, clause, _SENTENCE)
    told = _grams(0, left, (1, 2, 3)) + _grams(10, right, (1, 2, 3)) + _grams(20, far, (2, 3))
    told += _edges(30, left, (1, 2, 3), last=True) + _edges(40, right, (1, 2, 3), last=False)
    told += _edges(50, right, (1, 2), mark, last=False) + _edges(60, left, (1,), mark, last=True)
    length = (
        np.minimum((at - clause) // 3, 4).astype(np.uint32),
        np.minimum((joined.behind("。;!?\n", end) - end) // 4, 4).astype(np.uint32),
    )
    return [*told, _hash(70, [length[0], mark])[:, None], _hash(71, [length[1]])[:, None]]


def _classes(joined: _Joined, at: Ats, end: Ats, form: Chars) -> list[Places]:
    mark, hour, day = form[:, 0], form[:, 1], form[:, 2]
    sentence, clause = joined.word(joined.before("。;!?\n", at)), joined.word(joined.before("。;!?\n,()", at))
    here, there = joined.word(at), joined.word(end)
    rest, near_end = joined.word(joined.behind("。;!?\n", end)), joined.word(joined.behind("。;!?\n,", end))
    left = _left(joined.classes, clause, here, _WORDS)
    near = _right(joined.classes, there, near_end, _WORDS)
    after = _right(joined.classes, there, rest, _FAR)
    whole = _left(joined.classes, sentence, here, _FAR)
    told = _grams(100, left, (1, 2)) + _grams(110, left, (1,), mark) + _grams(120, whole, (1,)) + _grams(130, after, (1,))
    told += _grams(140, near, (1, 2)) + _grams(150, near, (1,), mark) + _grams(160, near, (1,), hour) + _grams(170, near, (1,), day)
    told += _edges(200, left, (1, 2, 3), last=True) + _edges(210, after, (1, 2, 3), last=False)
    return [*told, *_edges(220, near, (2, 3, 5), mark, last=False), *_edges(230, after, (2,), hour, day, last=False)]
