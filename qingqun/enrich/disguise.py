"""Undo what makes a key word of the labels look like another: look-alikes (囙复), sound-alikes (首到, 点zan), split characters (扌丁卡).

Which pairs of characters are a key word in disguise stands in disguises.npz, made by training/disguises.py; a pair that is ordinary
Chinese is none. Texts without a suspicious place cost one look at each pair of neighbours.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import polars as pl
from numpy.typing import NDArray

_BITS = 22
_PART_OF = {"排照": "安编并竖彩后前"}  # what may stand before an ordinary pair of characters: 安排照顾
_SPACE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
# What people take for a part of a character that has no key of its own.
_VARIANTS = {
    "扌": "扌手才", "囗": "囗口", "氵": "氵水", "亻": "亻人",
    "刂": "刂刀", "讠": "讠言", "辶": "辶之", "灬": "灬火", "攵": "攵夂", "钅": "钅金", "纟": "纟丝",
}  # fmt: skip
Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of disguises. `pairs` is sorted: first code point << 16 | second; `numbers` says which of the `keys` each is."""

    pairs: Codes
    numbers: NDArray[np.uint8]
    keys: tuple[str, ...]
    seen: NDArray[np.bool_]  # by the hash of a pair: may say yes wrongly, never no
    split: re.Pattern[str]
    joined: dict[str, str]
    latin: re.Pattern[str]
    spelt: dict[str, str]


@dataclass(frozen=True, slots=True)
class Undone:
    """A normalised text with its key words restored; offsets[i] is the place in the normalised text that text[i] came from."""

    text: str
    offsets: list[int]


@cache
def table() -> Table:
    """Read disguises.npz, which lies beside this file."""
    with as_file(files(__package__) / "disguises.npz") as path, np.load(path, allow_pickle=False) as arrays:
        pairs = np.cumsum(arrays["steps"], dtype=np.uint32)
        keys = tuple(str(key) for key in arrays["keys"])
        joined = _joined([str(line) for line in arrays["split"]], [str(line) for line in arrays["loose"]], keys)
        spelt = _spelt(keys, [str(line) for line in arrays["sounds"]])
        numbers = arrays["numbers"]
    seen = np.zeros(1 << _BITS, np.bool_)
    seen[_hash(pairs)] = True
    spelling = "|".join(re.escape(word) for word in sorted(spelt, key=len, reverse=True))
    return Table(
        pairs, numbers, keys, seen,
        split=re.compile("|".join(re.escape(way) for way in sorted(joined, key=len, reverse=True))), joined=joined,
        latin=re.compile(rf"(?<![A-Za-z])(?:{spelling})(?![A-Za-z])", re.IGNORECASE), spelt=spelt,
    )  # fmt: skip


def _hash(pairs: Codes) -> NDArray[np.int64]:
    return ((pairs * np.uint32(2_654_435_761)) >> np.uint32(32 - _BITS)).astype(np.int64)


def _ways(line: str) -> tuple[str, list[str]]:
    """Return a character and how it may be written in parts, with the parts' usual stand-ins."""
    char, way = line.split("\t")
    ways = [""]
    for part in way:
        ways = [done + variant for done in ways for variant in _VARIANTS.get(part, part)]
    return char, ways


def _joined(split: list[str], loose: list[str], keys: tuple[str, ...]) -> dict[str, str]:
    """Return what stands for a key word in parts, and what parts with a bound radical among them stand for."""
    joined: dict[str, str] = {}
    for line in loose:
        char, way = line.split("\t")
        joined[way] = char
    parts: dict[str, list[str]] = {}
    for line in split:
        char, ways = _ways(line)
        parts.setdefault(char, []).extend(ways)
    for key in keys:
        one, two = ([char, *parts.get(char, ())] for char in key)
        joined |= {a + b: key for a in one for b in two if len(a + b) > 2}
    return joined


def _spelt(keys: tuple[str, ...], sounds: list[str]) -> dict[str, str]:
    spelt = {"qing": "请"}
    for key, line in zip(keys, sounds, strict=True):
        one, two = line.split(" ")
        spelt |= {f"{key[0]}{two}": key, f"{one}{key[1]}": key, f"{one}{two}": key, f"{one} {two}": key}
    return spelt


def suspicious(texts: pl.Series) -> NDArray[np.int64]:
    """Return the rows of normalised texts in which a key word may stand in disguise."""
    known = table()
    rows = np.zeros(len(texts), np.bool_)
    for words in (known.joined, known.spelt):
        held = texts.str.contains_any(list(words), ascii_case_insensitive=True).fill_null(value=False)
        rows[held.arg_true().to_numpy()] = True
    lengths = texts.str.len_chars().fill_null(0).to_numpy().astype(np.int64)
    codes = np.frombuffer("".join(texts.drop_nulls()).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) < 2:
        return np.flatnonzero(rows)
    pairs = (codes[:-1] << np.uint32(16)) | (codes[1:] & np.uint32(0xFFFF))
    at = np.flatnonzero(known.seen[_hash(pairs)])
    place = np.minimum(np.searchsorted(known.pairs, pairs[at]), len(known.pairs) - 1)
    at = at[known.pairs[place] == pairs[at]]
    ends = np.cumsum(lengths)
    owner = np.searchsorted(ends, at, side="right")
    rows[owner[at + 1 < ends[owner]]] = True
    return np.flatnonzero(rows)


def undo(text: str) -> Undone | None:
    """Restore the key words in a normalised text; None where there is none in disguise."""
    known = table()
    done = Undone(text, list(range(len(text))))
    done = _replaced(done, known.split, lambda found: known.joined[found])
    done = _replaced(done, known.latin, lambda found: known.spelt[found.lower()])
    done = _restored(_replaced(done, _SPACE, lambda _: ""), known)
    return None if done.text == text else done


def _replaced(done: Undone, pattern: re.Pattern[str], new: Callable[[str], str]) -> Undone:
    text, at = "", 0
    offsets: list[int] = []
    for found in pattern.finditer(done.text):
        word = new(found[0])
        text += done.text[at : found.start()] + word
        offsets += done.offsets[at : found.start()]
        places = [min(found.start() + n, found.end() - 1) for n in range(len(word) - 1)] + [found.end() - 1] * (word != "")
        offsets += [done.offsets[place] for place in places]
        at = found.end()
    return Undone(text + done.text[at:], offsets + done.offsets[at:])


def _restored(done: Undone, known: Table) -> Undone:
    """Put key words where two characters stand for one; the first of two places that overlap counts."""
    points = np.frombuffer(done.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.where(np.maximum(points[:-1], points[1:]) < 1 << 16, points[:-1] << np.uint32(16) | points[1:], np.uint32(0))
    place = np.minimum(np.searchsorted(known.pairs, codes), len(known.pairs) - 1)
    text, free = list(done.text), 0
    for at in np.flatnonzero(known.pairs[place] == codes).tolist():
        part = at > 0 and text[at - 1] in _PART_OF.get(text[at] + text[at + 1], "")
        if at >= free and not part:
            text[at : at + 2] = known.keys[known.numbers[place[at]]]
            free = at + 2
    return Undone("".join(text), done.offsets)
