"""Undo what makes the same words look different: width, invisible characters, spacing tricks, traditional characters.

Per-character NFKC (https://www.unicode.org/reports/tr15/), the OpenCC table of traditional characters,
and no separators inside Chinese words. The result is for matching only and is never shown; `trace` keeps the way back to the original.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import compress
from typing import NamedTuple

import polars as pl

HAN = "\u3400-\u9fff"
# Spaces and marks that people put between two characters of one word; the comma, the full stop 。 and the colon separate on purpose.
_GAP = r"[ \t._\-*·•/|^~'`=+\\]{1,6}"
_BETWEEN_HAN = f"([{HAN}]){_GAP}([{HAN}])"
_HAN_THEN_WORD = f"([{HAN}])[ \t]{{1,4}}([0-9A-Za-z])"
_WORD_THEN_HAN = f"([0-9A-Za-z])[ \t]{{1,4}}([{HAN}])"
_APP = f"([Aa]){_GAP}([Pp]){_GAP}([Pp])"
_PASSES = (_BETWEEN_HAN, _BETWEEN_HAN, _HAN_THEN_WORD, _HAN_THEN_WORD, _WORD_THEN_HAN, _WORD_THEN_HAN, _APP)
_ANY_GAP = "|".join(dict.fromkeys(_PASSES))
_COMPILED, _COMPILED_ANY = tuple(map(re.compile, _PASSES)), re.compile(_ANY_GAP)
_BLOCKS = (
    (0x80, 0x24FF),
    (0x2C60, 0x2DFF),
    (0x2E80, 0x33FF),
    (0xA640, 0xABFF),
    (0xF900, 0xFFEF),
    (0x1D400, 0x1D7FF),
    (0x1F100, 0x1F2FF),
    (0x2F800, 0x2FA1F),
)
_INVISIBLE = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F),
    (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip


class Normal(NamedTuple):
    """A normalised text; offsets[i] is the index, in code points, of the original character that text[i] came from."""

    text: str
    offsets: list[int]


@cache
def _traditional() -> dict[int, str]:
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1 and new.split(" ")[0] != old}


def _compatible() -> dict[int, str]:
    points = (p for first, last in _BLOCKS for p in range(first, last + 1))
    folded = ((p, unicodedata.normalize("NFKC", chr(p))) for p in points)
    return {p: new for p, new in folded if new != chr(p)}


@cache
def table() -> dict[int, str]:
    """Return what every single character becomes; an invisible one becomes nothing."""
    traditional = _traditional()
    merged = {p: new.translate(traditional) for p, new in _compatible().items()}
    merged |= traditional
    merged |= {p: "" for first, last in _INVISIBLE for p in range(first, last + 1)}
    return merged | {0x0D: "\n", 0x2028: "\n", 0x2029: "\n"}


@cache
def _odd() -> str:
    """Every character of the table but the full-width marks, which are common in any text, as one character class."""
    points = sorted(p for p in table() if not 0xFF01 <= p <= 0xFF5E)
    return "[" + "".join(re.escape(chr(p)) for p in points) + "]"


# One character of the table would spoil 覆盖; the words are as long as what they stand for, so that offsets hold.
_WORDS = {"回覆": "回复", "答覆": "答复"}
_WIDE = {chr(p): chr(p - 0xFEE0) for p in range(0xFF01, 0xFF5F)}


def _fold(text: str) -> str:
    return text.translate(table())


def normalise(texts: pl.Series) -> pl.Series:
    """Give every text its normal form, equal to `trace(text).text`; nulls stay null."""
    wide = texts.str.replace_many(_WIDE)
    odd = wide.str.contains(_odd())
    if odd.any():
        slow = wide.filter(odd.fill_null(value=False))
        folded = pl.Series([_fold(t) for t in slow.to_list()], dtype=pl.String)
        wide = wide.scatter(odd.arg_true(), folded)
    spaced = wide.str.contains(_ANY_GAP).fill_null(value=False)
    if spaced.any():
        closed = wide.filter(spaced)
        for gap in _PASSES:
            closed = closed.str.replace_all(gap, "${1}${2}${3}" if gap is _APP else "${1}${2}")
        wide = wide.scatter(spaced.arg_true(), closed)
    return wide.str.replace_many(_WORDS).alias(texts.name)


@cache
def _uneven() -> frozenset[str]:
    """Every character that becomes none or several: without one, nothing moves."""
    return frozenset(chr(p) for p, new in table().items() if len(new) != 1)


def _folded(text: str) -> tuple[str, list[int]]:
    steps = table()
    if _uneven().isdisjoint(text):
        return text.translate(steps), list(range(len(text)))
    pairs = [(new, at) for at, old in enumerate(text) for new in steps.get(ord(old), old)]
    return "".join(new for new, _ in pairs), [at for _, at in pairs]


def _close(text: str, offsets: list[int], gap: re.Pattern[str]) -> tuple[str, list[int]]:
    kept = bytearray(b"\x01" * len(text))
    for found in gap.finditer(text):
        kept[found.start() : found.end()] = bytes(found.end() - found.start())
        for group in range(1, gap.groups + 1):
            kept[found.start(group)] = 1
    return "".join(compress(text, kept)), list(compress(offsets, kept))


def trace(text: str) -> Normal:
    """Normalise one text and keep, for every character, where it stood in the original (code points)."""
    folded, offsets = _folded(text)
    if _COMPILED_ANY.search(folded):
        for gap in _COMPILED:
            folded, offsets = _close(folded, offsets, gap)
    for old, new in _WORDS.items():
        folded = folded.replace(old, new)
    return Normal(folded, offsets)
