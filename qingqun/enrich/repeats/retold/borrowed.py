"""One text in the words of the other: where a listed word of one has its like in the other, the other's word is written.

Only words that touch what the two texts do not share are looked at. A word of one character is borrowed only beside what both
share already; longer ones wherever they stand, as they may have moved with their phrase.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from qingqun.enrich.repeats.layers import WEEKDAY
from qingqun.enrich.repeats.retold.lexicon import listed, spell
from qingqun.enrich.repeats.retold.tiles import Tiles
from qingqun.enrich.repeats.token import Token, placed

# What begins on a day and goes on by itself: 7月1日执行, 7月1日起执行.
_LASTS = re.compile("恢复|启用|执行|实施|实行|施行|生效|停用|作废|上线|投入|→|调整")
_DAYS = ("day", WEEKDAY)
_LONGEST = 8  # characters of a listed word that is borrowed
_MOST = 60  # words of one text: more is no edit but another notice


class Word(NamedTuple):
    """A listed word: its place, its lines, and how many of its characters the other text lacks."""

    start: int
    end: int
    lines: frozenset[int]
    lacked: int


def _words(tokens: Sequence[Token], places: Sequence[int]) -> Iterator[Word]:
    """Yield the listed words that hold a token without a counterpart."""
    for at in range(len(tokens)):
        said, lacked = "", 0
        for end in range(at, min(at + _LONGEST, len(tokens))):
            token = tokens[end]
            if token.key or (end > at and token.edge):
                break
            said += token.value
            lacked += places[end] < 0
            if lacked and (lines := listed(said)):
                yield Word(at, end + 1, lines, lacked)


def _anchors(tiles: Tiles, one: Word, two: Word) -> int:
    """Return on how many sides the words beside both are each other's."""
    before = (one.start == 0 and two.start == 0) or (one.start > 0 and two.start > 0 and tiles.to_b[one.start - 1] == two.start - 1)
    last = one.end == len(tiles.a) and two.end == len(tiles.b)
    behind = last or (one.end < len(tiles.a) and two.end < len(tiles.b) and tiles.to_b[one.end] == two.end)
    return before + behind


def _pairs(tiles: Tiles) -> list[tuple[Word, Word]]:
    """Return the words that may stand for one another, those first that explain most and stand alike."""
    one, two = list(_words(tiles.a, tiles.to_b)), list(_words(tiles.b, tiles.to_a))
    if max(len(one), len(two)) > _MOST:
        return []
    found = []
    for x in one:
        for y in two:
            anchors = _anchors(tiles, x, y)
            short = min(x.end - x.start, y.end - y.start) == 1
            if x.lines & y.lines and (anchors or not short):
                spare = x.end - x.start - x.lacked + y.end - y.start - y.lacked
                found.append(((anchors, x.lacked + y.lacked - spare, -spare), x, y))
    found.sort(key=lambda each: each[0], reverse=True)
    return [(x, y) for _, x, y in found]


def _chosen(tiles: Tiles) -> dict[int, tuple[Word, Word]]:
    """Return, by the place in b, the words of b that are written as words of a; no place is used twice."""
    used_a, used_b = set[int](), set[int]()
    chosen: dict[int, tuple[Word, Word]] = {}
    pairs = _pairs(tiles)
    said = {(spell(tiles.a[x.start : x.end]), spell(tiles.b[y.start : y.end])) for x, y in pairs}
    turned = {(one, two) for one, two in said if one != two and (two, one) in said}  # two words that may have changed places
    for one, two in pairs:
        if (spell(tiles.a[one.start : one.end]), spell(tiles.b[two.start : two.end])) in turned:
            continue
        places_a, places_b = set(range(one.start, one.end)), set(range(two.start, two.end))
        if not (places_a & used_a or places_b & used_b):
            used_a |= places_a
            used_b |= places_b
            chosen[two.start] = one, two
    return chosen


def _begun(tiles: Tiles) -> dict[int, Token]:
    """Return, by the place in b, the days of a that b names with 起 or without, where what begins then goes on by itself."""
    if not (_LASTS.search(spell(tiles.a)) and _LASTS.search(spell(tiles.b))):
        return {}
    days = {token.value.removesuffix("起"): token for at, token in enumerate(tiles.a) if tiles.to_b[at] < 0 and token.kind in _DAYS}
    left = ((at, token) for at, token in enumerate(tiles.b) if tiles.to_a[at] < 0 and token.kind in _DAYS)
    return {at: replace(token, value=days[day].value) for at, token in left if (day := token.value.removesuffix("起")) in days}


def borrowed(a: Sequence[Token], b: Sequence[Token]) -> list[Token]:
    """Return b in the words of a, as far as the lists go; the edges and what follows stay those of b."""
    tiles = Tiles(a, b)
    chosen, days = _chosen(tiles), _begun(tiles)
    written: list[Token] = []
    at = 0
    while at < len(b):
        if at not in chosen:
            written.append(days.get(at, b[at]))
            at += 1
            continue
        one, two = chosen[at]
        written += placed(a[one.start : one.end], b[two.start : two.end], b[at].edge)
        at = two.end
    return written
