"""May the same tokens in another order still be the same notice? Only where no fact can have changed its companion."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from qingqun.enrich.repeats.layers import YEAR
from qingqun.enrich.repeats.lists import same_lists
from qingqun.enrich.repeats.parallel import breaks
from qingqun.enrich.repeats.token import Edge, Token
from qingqun.enrich.repeats.wording import BACK, RELATIONS

_MOST_BLOCKS = 10
_LONGEST = 600
_SHORT = 4  # tokens of a piece that may move inside its clause
_NUMBER = re.compile(r"(?:(?:[^0-9.][0-9]{1,2}|[一二三四五六七八九十])[、.)][ ]*|[:,。;\n];)$")  # 。; the second of two marks was ①
_LINE = 5  # tokens a line needs to stand for itself: shorter ones may be a heading and its value


class Block(NamedTuple):
    """The same tokens in both texts."""

    a: int
    b: int
    size: int


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    items: list[list[Token]] = []
    for token in tokens:
        if token.edge >= Edge.LINE or not items:
            items.append([])
        items[-1].append(token)
    return items


def _dated(item: list[Token]) -> bool:
    return any(token.kind in ("day", "weekday", "hour") for token in item)


def _listed(items: list[list[Token]], text: str) -> bool:
    """Return whether items are of one list: cut in one way, none a heading, all numbered, or all dated or none."""
    edges = {item[0].edge for item in items[1:]}
    heading = any(token.tail == ":" for item in items for token in item)
    short = Edge.LINE in edges and any(len(item) < _LINE for item in items)
    if len(edges) > 1 or heading or short:
        return False
    numbered = all(_NUMBER.search(text, 0, item[0].start) for item in items)
    return numbered or len({(_dated(item), bool(item[0].key)) for item in items}) == 1


def _same_items(a: Sequence[Token], b: Sequence[Token], texts: tuple[str, str]) -> bool:
    """Return whether whole items of one list changed places, and nothing else changed."""
    one, two = _items(a), _items(b)
    parts_a, parts_b = [[token.value for token in item] for item in one], [[token.value for token in item] for item in two]
    if sorted(parts_a) != sorted(parts_b):
        return False
    moved = [n for n, (x, y) in enumerate(zip(parts_a, parts_b, strict=True)) if x != y]
    if not moved:
        return True
    first, last = moved[0], moved[-1] + 1
    said = "".join(token.value for items in (one, two) for item in items[first:last] for token in item)
    if BACK.search(said) or "先" in said:
        return False
    return _listed(one[first:last], texts[0]) and _listed(two[first:last], texts[1])


def _longest(a: list[str | None], b: list[str | None]) -> Block:
    best = Block(0, 0, 0)
    places: dict[str, list[int]] = {}
    for j, value in enumerate(b):
        if value is not None:
            places.setdefault(value, []).append(j)
    lengths: dict[int, int] = {}
    for i, value in enumerate(a):
        lengths = {j: lengths.get(j - 1, 0) + 1 for j in places.get(value, ())} if value is not None else {}
        for j, length in lengths.items():
            if length > best.size:
                best = Block(i - length + 1, j - length + 1, length)
    return best


def _blocks(a: Sequence[Token], b: Sequence[Token]) -> list[Block] | None:
    """Cut both into the same pieces, longest first, ordered by a; None if there are too many."""
    one: list[str | None] = [token.value for token in a]
    two: list[str | None] = [token.value for token in b]
    blocks: list[Block] = []
    left = len(one)
    while left:
        block = _longest(one, two)
        if not block.size or len(blocks) == _MOST_BLOCKS:
            return None
        blocks.append(block)
        one[block.a : block.a + block.size] = [None] * block.size
        two[block.b : block.b + block.size] = [None] * block.size
        left -= block.size
    return sorted(blocks)


def _delimited(tokens: Sequence[Token], start: int, size: int) -> bool:
    end = start + size
    return (start == 0 or tokens[start].edge > 0) and (end == len(tokens) or tokens[end].edge > 0)


def _mates(tokens: Sequence[Token], start: int, size: int) -> set[str]:
    """Return the other words of the clause in which some tokens stand."""
    end = start + size
    first = next((n for n in range(start, 0, -1) if breaks(tokens[n - 1], tokens[n])), 0)
    last = next((n for n in range(end, len(tokens)) if breaks(tokens[n - 1], tokens[n])), len(tokens))
    return {token.value for token in [*tokens[first:start], *tokens[end:last]] if not token.key}


class _Moves:
    """The pieces that changed places between two texts of equal tokens."""

    def __init__(self, a: Sequence[Token], b: Sequence[Token], blocks: list[Block]) -> None:
        self.a, self.b = a, b
        self.blocks = blocks
        counts = Counter(token.key for token in a if token.key)
        self.twins = {key for key, count in counts.items() if count > 1}
        self.crossing = [(x, y) for n, x in enumerate(blocks) for y in blocks[n + 1 :] if x.b > y.b]

    def tokens(self, block: Block) -> Sequence[Token]:
        return self.a[block.a : block.a + block.size]

    def keys(self, block: Block) -> set[str]:
        return {token.key for token in self.tokens(block) if token.key}

    def kept_apart(self) -> bool:
        """No two facts of one key cross, and nothing crosses a fact that has a twin."""
        return not any(self.keys(x) & self.keys(y) or (self.keys(x) | self.keys(y)) & self.twins for x, y in self.crossing)

    def _loose(self, block: Block) -> bool:
        return not any(token.value in RELATIONS or token.tail for token in self.tokens(block))

    def _when(self, block: Block) -> bool:
        return all(token.kind in ("day", "weekday", "hour", YEAR) for token in self.tokens(block))

    def _kept(self, block: Block) -> bool:
        """Return whether a block says only when, of a word that both texts say with it: 报名，周五前领表 is not 周五前报名，领表."""
        if not self._when(block):
            return False
        one, two = _mates(self.a, block.a, block.size), _mates(self.b, block.b, block.size)
        return not one or not two or bool(one & two)

    def _inside(self, x: Block, y: Block) -> bool:
        """Two short neighbours within one clause, moved once."""
        often = Counter(block for pair in self.crossing for block in pair)
        short = x.size <= _SHORT and y.size <= _SHORT and often[x] == often[y] == 1
        there = [*self.b[y.b + 1 : y.b + y.size], *self.b[x.b : x.b + x.size]]
        return short and all(token.edge == Edge.NONE for token in [*self.tokens(x)[1:], *self.tokens(y), *there])

    def _clauses(self, x: Block, y: Block) -> bool:
        """The only move: whole clauses changed places, and one of them says when."""
        kinds = {token.kind for block in (x, y) for token in self.tokens(block)}
        whole = all(_delimited(self.a, z.a, z.size) and _delimited(self.b, z.b, z.size) for z in (x, y))
        return len(self.crossing) == 1 and whole and min(x.size, y.size) >= _SHORT and bool(kinds & {"day", "hour"})

    def harmless(self) -> bool:
        return all(
            self._loose(x)
            and self._loose(y)
            and not (self._when(x) and self._when(y))
            and (self._kept(x) or self._kept(y) or self._inside(x, y) or self._clauses(x, y))
            for x, y in self.crossing
        )


def _lined(tokens: Sequence[Token], starts: list[tuple[int, int]]) -> bool:
    """Return whether every piece is a whole line or item."""
    ends = {n for n, token in enumerate(tokens) if token.edge >= Edge.LINE} | {0, len(tokens)}
    return all(start in ends and start + size in ends for start, size in starts)


def relisted(a: Sequence[Token], b: Sequence[Token], texts: tuple[str, str]) -> bool:
    """Return whether only the members of lists changed places: whole items, or what 、 separates within a clause. `texts`: read from."""
    return _same_items(a, b, texts) or same_lists(a, b)


def reordered(a: Sequence[Token], b: Sequence[Token], labels: tuple[int, int]) -> bool:
    """Return whether b says what a says with its parts in another order. Both hold the same tokens; labels: how many each dropped."""
    if len(a) > _LONGEST or (blocks := _blocks(a, b)) is None:
        return False
    moves = _Moves(a, b, blocks)
    if not moves.kept_apart():
        return False
    form_a = labels[0] > 1 and _lined(a, [(x.a, x.size) for x in blocks])
    form_b = labels[1] > 1 and _lined(b, [(x.b, x.size) for x in blocks])
    return form_a or form_b or moves.harmless()
