"""A list inside a clause: its members may change places when nothing before or after them can have belonged to one of them only."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from qingqun.enrich.personal import SURNAMES
from qingqun.enrich.repeats.parallel import breaks
from qingqun.enrich.repeats.token import Edge, Token
from qingqun.enrich.repeats.wording import FOLLOWS, INTRODUCES

Clause = list[Token]
_UNITS = frozenset("局科室处办委部队站所院校厅司行镇乡村县区街社馆组团班栋")
_PLACES = ("路街巷道桥", "村庄寨湾屯", "学园校")  # one kind of place each: where such a name ends, the member ends
_TERRITORY = frozenset("县市区镇乡省校")
_WHEN = ("day", "weekday", "hour")
_OF_UNIT = re.compile(f".[{''.join(sorted(_UNITS))}](?:[小老阿]|[{SURNAMES}])..?$")
_STEPS = frozenset("先再")
_BREAKS = (Edge.COMMA, Edge.LINE, Edge.ITEM)


def _clauses(tokens: Sequence[Token]) -> list[Clause]:
    clauses: list[Clause] = []
    for n, token in enumerate(tokens):
        if not clauses or (token.edge in _BREAKS and breaks(tokens[n - 1], token)) or clauses[-1][-1].tail == ":":
            clauses.append([])
        clauses[-1].append(token)
    return clauses


def _values(tokens: Sequence[Token]) -> list[str]:
    return [token.value for token in tokens]


def _members(clause: Clause) -> list[Clause]:
    members: list[Clause] = [[]]
    for token in clause:
        if token.edge == Edge.LIST and members[-1]:
            members.append([])
        members[-1].append(token)
    return members


def _shared(one: Sequence[str], two: Sequence[str]) -> int:
    """Return how many values two sequences begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(one, two, strict=False)) if x != y), min(len(one), len(two)))


def _starts(one: list[Clause], two: list[Clause]) -> Iterator[int]:
    """Yield how many tokens may stand before the list."""
    yield 0
    first = one[0]
    for n in range(1, min(_shared(_values(first), _values(two[0])) + 1, len(first), len(two[0]))):
        alike = {member[0].value for member in [*one[1:], *two[1:]]} | {first[n].value, two[0][n].value}
        if (
            first[n - 1].value in INTRODUCES
            or first[n - 1].value in _TERRITORY
            or first[n - 1].tail
            or len(alike) == 1
            or first[n - 1].kind in _WHEN
        ):
            yield n


def _ends(one: list[Clause], two: list[Clause]) -> Iterator[int]:
    """Yield how many tokens may stand behind the list."""
    yield 0
    last = one[-1]
    for n in range(1, min(_shared(_values(last)[::-1], _values(two[-1])[::-1]) + 1, len(last), len(two[-1]))):
        ended = [*(member[-1] for member in [*one[:-1], *two[:-1]]), last[-n - 1], two[-1][-n - 1]]
        ends = {_ending(token.value) for token in ended}
        counted = last[-n].kind == "number" and last[-n].value.removesuffix(last[-n].key[1:]) == str(len(one))  # 两处
        if counted or last[-n].kind in _WHEN or last[-n].value in FOLLOWS or len(ends) == 1:
            yield n


def _ending(value: str) -> str:
    """Return what a member ends on: kinds of places as one, Latin letters as one."""
    if value.isascii() and value.isalpha():
        return "a"
    return next((kind for kind in _PLACES if value in kind), value)


def _cut(members: list[Clause], start: int, end: int) -> list[Clause]:
    cut = [list(member) for member in members]
    cut[0] = cut[0][start:]
    cut[-1] = cut[-1][: len(cut[-1]) - end]
    return cut


def alike(members: list[Clause]) -> bool:
    """Return whether every member has facts or none has: 一组甲、乙、二组丙 is no list of three. A numeral in a name (谷二顺) is none."""
    facts = [{token.kind for token in member if token.key and not _in_name(token)} for member in members]
    if len({member[-1].value for member in members}) > 1 and len({_names_unit(member) for member in members}) > 1:
        return False
    led = sum(bool(member[0].key) for member in members)
    return all(kinds == facts[0] for kinds in facts) and (led in (0, 1, len(members)))


def _names_unit(member: Clause) -> bool:
    """Return whether a member begins with whose it is: in 办公室老张、老李 the second may go without."""
    return _OF_UNIT.search("".join(_values(member))) is not None


def _in_name(token: Token) -> bool:
    return token.key == "#" and token.end - token.start == 1


def _same(a: Clause, b: Clause) -> bool:
    if _values(a) == _values(b):
        return True
    if any(token.value in _STEPS for token in a):
        return False
    one, two = _members(a), _members(b)
    if len(one) != len(two) or len(one) == 1 or sorted(_values(a)) != sorted(_values(b)):
        return False
    for start, end in product(_starts(one, two), _ends(one, two)):
        left, right = _cut(one, start, end), _cut(two, start, end)
        if all(left) and all(right) and alike(left) and sorted(map(_values, left)) == sorted(map(_values, right)):
            return True
    return False


def same_lists(a: Sequence[Token], b: Sequence[Token]) -> bool:
    """Return whether two texts say the same clause by clause, but for the order of what 、 separates."""
    one, two = _clauses(a), _clauses(b)
    return len(one) == len(two) and all(map(_same, one, two))


def relist(a: Sequence[Token], b: Sequence[Token]) -> list[Token]:
    """Return b with each of its clauses that differs from one of a only in the order of its members as it stands in a."""
    waiting = [clause for clause in _clauses(a) if any(token.edge == Edge.LIST for token in clause)]
    relisted: list[Token] = []
    for clause in _clauses(b):
        twin = next((other for other in waiting if _values(other) != _values(clause) and _same(other, clause)), clause)
        relisted += [replace(twin[0], edge=clause[0].edge), *twin[1:]]
    return relisted
