"""Clauses that change places: whole, side by side, and none leaning on another: 黄色为工人, 红色为管理人员; 自带水杯, 穿平底鞋."""

from collections.abc import Sequence

from qingqun.enrich.repeats.token import Edge, Token
from qingqun.enrich.repeats.wording import RELATIONS

_MOST = 6  # clauses that change places in one go
_LEAST = 3  # tokens of a clause that stands for itself
# What only a clause without a subject of its own opens with, in a notice: something to do or to leave.
_ACTS = frozenset("带穿戴填锁关听坐乘交勿禁别护擦扫洗拔切断收避绕")
# A clause with one of these leans on another one, or says in which order.
LEANS = frozenset("先再后其则该此另也又并仍还同且而但除继随")

WHEN = ("day", "weekday", "hour")

Clause = tuple[str, ...]


def breaks(before: Token, token: Token) -> bool:
    """Return whether a clause starts with a token: a comma behind a day or an hour (明早6点，停水) starts none."""
    return token.edge > Edge.LIST or (token.edge == Edge.COMMA and before.kind not in WHEN)


def _when_first(clause: Sequence[Token]) -> Clause:
    """Return the values of a clause, its one day and hour first: 便民中心7月1日起上班, 7月1日起便民中心上班."""
    places = [n for n, token in enumerate(clause) if token.kind in WHEN]
    tied = any(token.tail or token.value in RELATIONS for token in clause)  # 3月5日报名的人员
    if not places or tied or places != list(range(places[0], places[-1] + 1)):
        return tuple(token.value for token in clause)
    first, end = places[0], places[-1] + 1
    return tuple(token.value for token in [*clause[first:end], *clause[:first], *clause[end:]])


def _clauses(tokens: Sequence[Token]) -> tuple[list[Clause], list[Sequence[Token]]]:
    cut: list[list[Token]] = []
    for n, token in enumerate(tokens):
        if not cut or breaks(tokens[n - 1], token):
            cut.append([])
        cut[-1].append(token)
    return [_when_first(clause) for clause in cut], list(cut)


def _stands(clause: Sequence[Token]) -> bool:
    """Return whether a clause could stand anywhere: long enough, leaning on nothing, heading nothing."""
    return len(clause) >= _LEAST and not any(token.value in LEANS or token.tail == ":" for token in clause)


def _acts(clause: Sequence[Token]) -> bool:
    """Return whether a clause says what everybody addressed is to do or to leave, with no day, hour or number."""
    opens = clause[0].value in _ACTS or clause[0].value + clause[1].value in ("不要", "不得", "自带", "请带")
    return opens and not any(token.key for token in clause)


def _framed(clauses: Sequence[Sequence[Token]], after: Sequence[Token]) -> bool:
    """Return whether clauses are built alike: other openings, a shared word inside, facts of the same kinds, nothing that goes on."""
    alike = next((n for n, tokens in enumerate(zip(*clauses, strict=False)) if len({token.value for token in tokens}) > 1), 0)
    subject = min(next((n for n, token in enumerate(clause) if token.key), len(clause)) for clause in clauses)
    opened = {clause[alike if alike < subject else 0].value for clause in clauses}
    inner = set.intersection(*({token.value for token in clause[1:] if not token.key} for clause in clauses))
    kinds = {tuple(sorted(token.kind for token in clause if token.key)) for clause in clauses}
    acts = any(clause[0].value in _ACTS | {"不"} for clause in clauses)
    goes_on = bool(after) and after[0].edge < Edge.LINE and (after[0].value in _ACTS or len(after) < _LEAST)
    timed = any(token.kind in ("day", "hour") for clause in clauses for token in clause)
    same_size = max(map(len, clauses)) <= 2 * min(map(len, clauses))
    return len(opened) == len(clauses) and bool(inner) and len(kinds) == 1 and same_size and not (acts or goes_on or timed)


def permuted(a: Sequence[Token], b: Sequence[Token]) -> bool:
    """Return whether only whole clauses that stand for themselves changed places."""
    (one, cut_a), (two, cut_b) = _clauses(a), _clauses(b)
    if len(one) != len(two) or sorted(one) != sorted(two):
        return False
    moved = [n for n, (x, y) in enumerate(zip(one, two, strict=True)) if x != y]
    if not moved:
        return True
    if moved[-1] - moved[0] >= _MOST:
        return False
    first, end = moved[0], moved[-1] + 1
    group = cut_a[first:end]
    if not all(map(_stands, group)):
        return False
    goes = [clause for clause in group if clause[0].value == "至"]  # at most one: two are steps in their order
    if len(goes) < 2 and all(_acts(clause) or clause in goes for clause in group):
        return True
    return all(_framed(cut[first:end], cut[end] if end < len(cut) else ()) for cut in (cut_a, cut_b))
