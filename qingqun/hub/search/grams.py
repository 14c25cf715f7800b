"""The one place where text becomes what is searched: the same for a notice and for a query, on both databases.

As enrich.normal, but sign by sign: what stands around a sign changes nothing, so that every piece of a text is found in it.
Hence marks that enrich.normal leaves out inside a word (and space) are left out everywhere, and 覆 is 复.
A gram is a sign and the one after it; the last of a text stands alone. A single sign is looked for as the beginning of a gram.
"""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from qingqun.enrich.normal import table

LONGEST, MOST_WORDS = 64, 8  # signs and words of a query
_LEFT_OUT = "\t\n\x0b\x0c\r ._-*·•/|^~'`=+\\"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 4  # of a sign's code: 36 ** 4 is more than there are code points


class Known(NamedTuple):
    """A text as it is searched; `places[i]` is where sign i stood in the text as it was written."""

    text: str
    places: list[int]


@cache
def _steps() -> dict[int, str]:
    """Return what each sign becomes that does not stay as it is."""
    merged = {point: _folded(new) for point, new in table().items()}
    return merged | {ord("覆"): "复"} | {ord(sign): "" for sign in _LEFT_OUT}


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold().replace("覆", "复") if sign not in _LEFT_OUT)


def _known(sign: str) -> str:
    found = _steps().get(ord(sign))
    return sign.casefold() if found is None else found


def key(text: str) -> str:
    """Return a text as it is searched."""
    return text.translate(_steps()).casefold()


def traced(text: str) -> Known:
    """Return the same with the way back to the text as it was written."""
    pairs = [(new, place) for place, sign in enumerate(text) for new in _known(sign)]
    return Known("".join(new for new, _place in pairs), [place for _new, place in pairs])


def grams(known: str) -> str:
    """Return the grams of a searched text, each once, as words of letters and digits that both databases take as they are."""
    codes = [_code(sign) for sign in known]
    return " ".join(dict.fromkeys(one + other for one, other in zip(codes, [*codes[1:], ""], strict=False)))


def wanted(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what all must be there for some words: whole grams, and beginnings of grams (of words of one sign)."""
    whole, begun = dict[str, None](), dict[str, None]()
    for word in words:
        codes = [_code(sign) for sign in word]
        whole |= dict.fromkeys(one + other for one, other in pairwise(codes))
        begun |= dict.fromkeys(codes if len(codes) == 1 else [])
    return list(whole), list(begun)


@cache
def _code(sign: str) -> str:
    point, found = ord(sign), ""
    for _place in range(WIDTH):
        point, digit = divmod(point, 36)
        found = _DIGITS[digit] + found
    return found
