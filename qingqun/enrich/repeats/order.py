"""May the same tokens in another order still be the same notice? Only where no fact can have changed its companion."""

from collections import Counter
from collections.abc import Sequence

from qingqun.enrich.repeats.tokens import Token
from qingqun.enrich.repeats.wording import RELATIONS

_MOST_BLOCKS = 10
_LONGEST = 600


def _values(tokens: Sequence[Token]) -> list[str]:
    return [token.value for token in tokens]


def _items(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    items: list[list[str]] = []
    for token in tokens:
        if token.edge == 2 or not items:
            items.append([])
        items[-1].append(token.value)
    return sorted(tuple(item) for item in items)


def _blocks(a: list[str], b: list[str]) -> list[tuple[int, int, int]] | None:
    """Cut both into the same pieces, longest first: (start in a, start in b, length), ordered by a. None if too many."""
    free_a, free_b = [True] * len(a), [True] * len(b)
    blocks: list[tuple[int, int, int]] = []
    while any(free_a):
        if len(blocks) == _MOST_BLOCKS:
            return None
        best = _longest(a, b, free_a, free_b)
        if best[2] == 0:
            return None
        blocks.append(best)
        for step in range(best[2]):
            free_a[best[0] + step] = free_b[best[1] + step] = False
    return sorted(blocks)


def _longest(a: list[str], b: list[str], free_a: list[bool], free_b: list[bool]) -> tuple[int, int, int]:
    best = (0, 0, 0)
    places: dict[str, list[int]] = {}
    for j, value in enumerate(b):
        if free_b[j]:
            places.setdefault(value, []).append(j)
    lengths: dict[int, int] = {}
    for i, value in enumerate(a):
        lengths = {j: lengths.get(j - 1, 0) + 1 for j in places.get(value, ())} if free_a[i] else {}
        for j, length in lengths.items():
            if length > best[2]:
                best = (i - length + 1, j - length + 1, length)
    return best


def _delimited(tokens: Sequence[Token], start: int, length: int) -> bool:
    end = start + length
    return (start == 0 or tokens[start].edge > 0) and (end == len(tokens) or tokens[end].edge > 0)


def _crossing(blocks: list[tuple[int, int, int]]) -> list[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    return [(x, y) for n, x in enumerate(blocks) for y in blocks[n + 1 :] if x[1] > y[1]]


def _safe_pair(a: Sequence[Token], x: tuple[int, int, int], y: tuple[int, int, int], many: set[str]) -> bool:
    """Two pieces that changed sides: no two facts of one key cross, and nothing crosses a fact that has a twin."""
    one, two = a[x[0] : x[0] + x[2]], a[y[0] : y[0] + y[2]]
    keys = {token.key for token in one if token.key}, {token.key for token in two if token.key}
    return not (keys[0] & keys[1]) and not ((keys[0] | keys[1]) & many)


def _rotation(a: Sequence[Token], blocks: list[tuple[int, int, int]]) -> bool:
    """One piece moved over its neighbour, and no word that ties words together lies in either."""
    crossing = _crossing(blocks)
    if len(crossing) != 1:
        return False
    return not any(token.value in RELATIONS for block in crossing[0] for token in a[block[0] : block[0] + block[2]])


def reordered(a: Sequence[Token], b: Sequence[Token]) -> bool:
    """Return whether b says what a says with its parts in another order. Both hold the same tokens."""
    if _values(a) == _values(b) or _items(a) == _items(b):
        return True
    if len(a) > _LONGEST or (blocks := _blocks(_values(a), _values(b))) is None:
        return False
    counts = Counter(token.key for token in a if token.key)
    many = {key for key, count in counts.items() if count > 1}
    if not all(_safe_pair(a, x, y, many) for x, y in _crossing(blocks)):
        return False
    return _rotation(a, blocks) or all(_delimited(a, x, n) or _delimited(b, y, n) for x, y, n in blocks)
