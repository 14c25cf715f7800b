"""An object that stands before its verb behind 把 or 将: 在电话机旁张贴新号码, 将新号码张贴在电话机旁; 上报表格, 将表格上报."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qingqun.enrich.repeats.token import Token, placed, starts

_FRONTS = re.compile("[把将]")
_PLACE = re.compile("[在于]")  # before where something is put, in both texts
_VERB = 2  # tokens of the verb
_LONGEST = 24  # tokens of a clause that is looked at

Tokens = Sequence[Token]


def _gap(tokens: Tokens, at: int, text: str) -> str:
    """Return what was read over before a token."""
    return text[tokens[at - 1].end if at else 0 : tokens[at].start]


def _objects(tokens: Tokens, text: str) -> Iterator[tuple[int, int]]:
    """Yield where an object that is fronted begins, and the end of its clause."""
    for start in range(len(tokens)):
        if _FRONTS.search(_gap(tokens, start, text)):
            end = next((at for at in range(start + 1, len(tokens)) if starts(tokens[at])), len(tokens))
            if end - start <= _LONGEST:
                yield start, end


def _orders(said: Tokens) -> Iterator[tuple[list[int], int]]:
    """Yield the plain orders of object, verb and place, and where the place begins in what is said; the end where there is none."""
    size = len(said)
    for verb in range(1, size):
        for place in range(verb + 1, min(verb + _VERB, size) + 1):
            yield [*range(place, size), *range(verb, place), *range(verb)], place


def unfronted(a: Tokens, b: Tokens, texts: tuple[str, str]) -> list[Token]:
    """Return b with each fronted object where the other text, which fronts none there, has it. `texts`: what both were read from."""
    written = list(b)
    values = [token.value for token in a]
    known = set(values)
    for start, end in _objects(b, texts[1]):
        said = b[start:end]
        if not {token.value for token in said} <= known:
            continue
        for order, place in _orders(said):
            found = _found(values, [said[at].value for at in order])
            put = place < len(said)
            if found < 0 or (put and not (_PLACE.search(_gap(b, start + place, texts[1])) and _PLACE.search(_gap(a, found, texts[0])))):
                continue
            inside = any(starts(token) for token in a[found + 1 : found + len(said)])
            if not inside and not _FRONTS.search(_gap(a, found, texts[0])):
                words = [replace(said[at], edge=a[found + n].edge) for n, at in enumerate(order)]
                written[start:end] = placed(words, said, said[0].edge)
                break
    return written


def _found(values: list[str], said: list[str]) -> int:
    """Return where some values stand one after another; -1 if nowhere."""
    at = -1
    while said[0] in values[at + 1 :]:
        at = values.index(said[0], at + 1)
        if values[at : at + len(said)] == said:
            return at
    return -1
