"""What must stand in a text for a pattern to find anything: words, of which all or any are needed.

A sign is true of every text in which the pattern finds something, and of some others: it says what need not be asked, after the
queries of R. Cox, "Regular Expression Matching with a Trigram Index" (https://swtch.com/~rsc/regexp/regexp4.html).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qingqun.enrich.labels.pieces import elements, runs

MOST = 256  # words told apart; of more, shorter ones are taken
WIDEST = 128  # characters of a class that are looked at one by one
_COUNT = re.compile(r"(?<!\\)(?:[?*+]|\{(?P<least>[0-9]*)(?P<more>,?)(?P<most>[0-9]*)\})\??$")
_RANGE = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_SAID = {"\\n": "\n", "\\t": "\t"}
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class One:
    """One of these words stands in the text."""

    words: Words


@dataclass(frozen=True, slots=True)
class All:
    """All of these signs are true."""

    signs: tuple["Sign", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of these signs is true."""

    signs: tuple["Sign", ...]


Sign = One | All | Any


@cache
def sign(pattern: str) -> Sign | None:
    """Return what must stand in a text in which the pattern finds something; None where nothing can be said."""
    each = [_needed(run) for run in runs(elements(pattern), "|")]
    known = [one for one in each if one is not None]
    if len(known) < len(each):
        return None
    words = tuple(word for one in known if isinstance(one, One) for word in one.words)
    signs = (*([One(_shortest(words))] if words else []), *(one for one in known if not isinstance(one, One)))
    return signs[0] if len(signs) == 1 else Any(signs)


def _needed(run: Sequence[str]) -> Sign | None:
    """Return what a run of elements needs. Words grow as long as every element can be told; what cannot be ends them."""
    found: list[Sign] = []
    held: Words = ("",)
    for element in run:
        body, least, most = _counted(element)
        said = _said(body) if most == 1 or least else None
        longer = None if said is None else _product(held, said if least else (*said, ""))
        found += _one(held if longer is None else longer) if longer is None or most > 1 else []
        found += [inner] if said is None and least and body.startswith("(?:") and (inner := sign(body[3:-1])) else []
        held = longer if longer is not None and most == 1 else said if said is not None and least else ("",)
    found += _one(held)
    return found[0] if len(found) == 1 else All(tuple(found)) if found else None


def _one(words: Words) -> list[Sign]:
    return [] if "" in words else [One(_shortest(words))]


def _shortest(words: Words) -> Words:
    """Leave out words that hold one of the single characters among them."""
    single = {word for word in words if len(word) == 1}
    return tuple(word for word in dict.fromkeys(words) if len(word) == 1 or single.isdisjoint(word))


def _product(one: Words, other: Words) -> Words | None:
    return tuple(a + b for a in one for b in other) if len(one) * len(other) <= MOST else None


@cache
def _counted(element: str) -> tuple[str, int, int]:
    """Return an element without its count, and how often it stands at least and at most; two stands for more."""
    found = _COUNT.search(element) if len(element) > 1 else None
    if found is None:
        return element, 1, 1
    count = found[0]
    least = int(found["least"] or 0) if count[0] == "{" else int(count[0] == "+")
    once = count[0] == "?" or (found["most"] if found["more"] else found["least"]) in ("0", "1")
    return element[: found.start()], min(least, 1), 1 if once else 2


@cache
def _said(body: str) -> Words | None:
    """Return all that one element can be; None where that is too much."""
    if body in ("^", "$"):
        return ("",)
    if body.startswith("\\"):
        return (_SAID[body],) if body in _SAID else None if body[1:].isalnum() else (body[1:],)
    if body.startswith("["):
        return _characters(body[1:-1])
    if body.startswith("("):
        return _language(body[3:-1]) if body.startswith("(?:") else None
    return None if body == "." else (body,)


def _characters(inner: str) -> Words | None:
    if inner.startswith("^"):
        return None
    found: list[str] = []
    for one, to in _RANGE.findall(inner):
        first, last = (_SAID.get(end, end[-1:]) for end in (one, to or one))
        if ord(last) - ord(first) >= WIDEST or any(end[:1] == "\\" and end[1:].isalnum() and end not in _SAID for end in (one, to)):
            return None
        found += map(chr, range(ord(first), ord(last) + 1))
    return tuple(dict.fromkeys(found)) if len(found) <= WIDEST else None


def _language(inner: str) -> Words | None:
    """Return all words a bracket can be."""
    each = [_spelt(run) for run in runs(elements(inner), "|")]
    words = [words for words in each if words is not None]
    found = tuple(dict.fromkeys(word for some in words for word in some))
    return found if len(words) == len(each) and len(found) <= MOST else None


def _spelt(run: Sequence[str]) -> Words | None:
    """Return all words that elements can be one after the other."""
    words: Words | None = ("",)
    for element in run:
        body, least, most = _counted(element)
        said = _said(body) if most == 1 else None
        words = None if said is None or words is None else _product(words, said if least else (*said, ""))
    return words
