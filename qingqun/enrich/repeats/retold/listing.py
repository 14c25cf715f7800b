"""Two neighbours of one list in the order of the other text, in whatever clause the list stands: 身份证、合同, 合同、身份证."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from qingqun.enrich.repeats.token import Edge, Token, starts
from qingqun.enrich.repeats.wording import FOLLOWS, INTRODUCES, NOT

_LONGEST = 8  # tokens of a member
_PASSES = 3

Tokens = Sequence[Token]


def _places(tokens: Tokens) -> dict[tuple[tuple[str, ...], tuple[str, ...]], int]:
    """Return the pairs of members side by side that stand for themselves on both sides, and where the second begins."""
    found = {}
    for at in (at for at, token in enumerate(tokens) if at and token.edge == Edge.LIST):
        for start in range(max(0, at - _LONGEST), at):
            if any(token.edge for token in tokens[start + 1 : at]) or not _opens(tokens, start):
                continue
            for end in range(at + 1, min(at + _LONGEST, len(tokens)) + 1):
                if _ends(tokens, end):
                    found[_values(tokens[start:at]), _values(tokens[at:end])] = at
                if end < len(tokens) and tokens[end].edge:
                    break
    return found


def _values(tokens: Tokens) -> tuple[str, ...]:
    return tuple(token.value for token in tokens)


def _opens(tokens: Tokens, start: int) -> bool:
    """Return whether a member may begin here: behind a mark, a colon, 的 or a word that introduces a list."""
    if not start or tokens[start].edge:
        return True
    return bool(tokens[start - 1].tail or tokens[start - 1].value in INTRODUCES) and not listed(tokens, start, back=True)


def _ends(tokens: Tokens, end: int) -> bool:
    if end == len(tokens) or tokens[end].edge:
        return True
    return tokens[end].value in FOLLOWS and not listed(tokens, end)


def listed(tokens: Tokens, at: int, *, back: bool = False) -> bool:
    """Return whether the clause holds another list behind a place, or before it, with a number in it: 蓝桶、灰桶放一楼、二楼."""
    places = range(at - 1, -1, -1) if back else range(at, len(tokens))
    inside = list(takewhile(lambda place: not starts(tokens[place]), places))
    return any(tokens[place].edge == Edge.LIST for place in inside[1:]) and any(tokens[place].key for place in inside)


def _may_turn(one: tuple[str, ...], two: tuple[str, ...], tokens: Tokens) -> bool:
    """Return whether two members may change places: no denial, and facts in both or in none."""
    keys = {token.value for token in tokens if token.key}
    return not NOT & {*one, *two} and bool(keys & set(one)) == bool(keys & set(two))


def listed_alike(a: Tokens, b: Tokens) -> list[Token]:
    """Return b with neighbours of a list in the order of a."""
    written = list(b)
    known = _places(a)
    for _ in range(_PASSES):
        turned = next(((x, y, at) for (x, y), at in _places(written).items() if (y, x) in known and _may_turn(x, y, a)), None)
        if turned is None:
            break
        x, y, at = turned
        start, end = at - len(x), at + len(y)
        one, two = written[start:at], written[at:end]
        written[start:end] = [replace(two[0], edge=one[0].edge), *two[1:], replace(one[0], edge=Edge.LIST), *one[1:]]
    return written
