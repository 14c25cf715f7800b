"""Align two token sequences clause by clause, then inside the clauses that differ, at a bounded cost.

difflib looks at every pair of places where the two hold the same; a text of one sentence said a thousand times has a million.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from qingqun.enrich.repeats.token import Edge, Token

Stretch = tuple[int, int, int, int]  # start and end in a, start and end in b
_MOST = 50_000  # pairs of places with the same content that are looked at in one go
_LONGEST = 4_000  # tokens or clauses


def aligned(a: Sequence[Token], b: Sequence[Token]) -> Iterator[Stretch]:
    """Yield the stretches in which two texts differ, in the order of a."""
    ends_a, ends_b = _starts(a), _starts(b)
    one, two = _clauses(a, ends_a), _clauses(b, ends_b)
    for a0, a1, b0, b1 in _unequal(one, two):
        yield from _inside(a, b, (ends_a[a0], ends_a[a1], ends_b[b0], ends_b[b1]))


def _starts(tokens: Sequence[Token]) -> list[int]:
    """Return where clauses start, and the end."""
    return [0, *(n for n in range(1, len(tokens)) if tokens[n].edge >= Edge.COMMA), len(tokens)] if tokens else [0]


def _clauses(tokens: Sequence[Token], starts: Sequence[int]) -> list[tuple[str, ...]]:
    return [tuple(token.value for token in tokens[start:end]) for start, end in pairwise(starts)]


def _inside(a: Sequence[Token], b: Sequence[Token], stretch: Stretch) -> Iterator[Stretch]:
    a0, a1, b0, b1 = stretch
    for x0, x1, y0, y1 in _unequal([t.value for t in a[a0:a1]], [t.value for t in b[b0:b1]]):
        yield a0 + x0, a0 + x1, b0 + y0, b0 + y1


def _unequal(one: Sequence[Hashable], two: Sequence[Hashable]) -> Iterator[Stretch]:
    """Yield where two sequences differ; what is common at both ends is set aside first, and the rest is one stretch if it is too much."""
    least = min(len(one), len(two))
    head = next((n for n in range(least) if one[n] != two[n]), least)
    tail = next((n for n in range(least - head) if one[-n - 1] != two[-n - 1]), least - head)
    a, b = one[head : len(one) - tail], two[head : len(two) - tail]
    if not _bounded(a, b):
        yield head, head + len(a), head, head + len(b)
        return
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + a0, head + a1, head + b0, head + b1


def _bounded(a: Sequence[Hashable], b: Sequence[Hashable]) -> bool:
    if len(a) > _LONGEST or len(b) > _LONGEST:
        return False
    one, two = Counter(a), Counter(b)
    return sum(count * two[value] for value, count in one.items()) <= _MOST
