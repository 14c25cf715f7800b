"""The same words with whole clauses, the time or one phrase elsewhere: may that still be the same notice?

Clauses of the two texts that share words belong together. Inside such a group a phrase may change places with the one beside it
(请到库房领新版, 新版请到库房领); groups may change places where none leans on what stands before it.
A fact never passes another of its kind.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise

from qingqun.enrich.repeats.lists import relist
from qingqun.enrich.repeats.parallel import LEANS, WHEN
from qingqun.enrich.repeats.retold.tiles import Tiles
from qingqun.enrich.repeats.token import Edge, Token, starts
from qingqun.enrich.repeats.wording import RELATIONS

_MOST = 8  # stretches of one group that may be looked at
_ACTS = frozenset("交查办领换修清填写看听学打拍贴挂搬拆装核测采报发取用补录完关停开收缴买撤")
_TURNS = 2  # phrases that may change places in one group
_LEAST = 2  # tokens of a phrase
_CLAUSE, _LINE = 3, 5  # tokens of a clause and of a line that stand for themselves: shorter ones may be a heading and its value

Tokens = Sequence[Token]


def turned(a: Tokens, b: Tokens) -> bool:
    """Return whether b says what a says in another order; both hold the same tokens."""
    b = relist(a, b)
    if [t.value for t in a] == [t.value for t in b]:
        return True
    tiles = Tiles(a, b)
    if any(to < 0 for to in tiles.to_b):
        return False
    groups = clause_groups(tiles)
    return all(_inside(tiles, group) for group in groups) and across(tiles, groups)


def _clauses(tokens: Tokens) -> list[int]:
    """Return for every token the number of its clause."""
    number, numbers = -1, []
    for at, token in enumerate(tokens):
        number += not at or starts(token)
        numbers.append(number)
    return numbers


def clause_groups(tiles: Tiles) -> list[list[int]]:
    """Return groups of places in a, in its order: clauses that share tokens in the other text are of one group."""
    one, two = _clauses(tiles.a), _clauses(tiles.b)
    home = {clause: clause for clause in one}
    owner: dict[int, int] = {}
    for at, clause in enumerate(one):
        other = owner.setdefault(two[tiles.to_b[at]], home[clause])
        old, new = sorted((home[clause], other))
        if old != new:
            home = {key: old if value == new else value for key, value in home.items()}
            owner = {key: old if value == new else value for key, value in owner.items()}
    groups: dict[int, list[int]] = {}
    for at, clause in enumerate(one):
        groups.setdefault(home[clause], []).append(at)
    return list(groups.values())


def _inside(tiles: Tiles, group: list[int]) -> bool:
    """Return whether a group says the same in both texts: the time apart, in the same order but for phrases side by side."""
    when = _when(tiles, group)
    rest = [at for at in group if at not in when]
    return _sorted(tiles, _stretches(tiles, rest), _TURNS)


def _when(tiles: Tiles, group: list[int]) -> set[int]:
    """Return the places of times that stand freely in both texts, where the group has no other of their kind."""
    runs = [run for run in _together(tiles, group) if any(tiles.a[at].kind in WHEN for at in run)]
    kinds = [{tiles.a[at].key for at in run if tiles.a[at].key} for run in runs]
    lone = [run for n, run in enumerate(runs) if not any(kinds[n] & kind for m, kind in enumerate(kinds) if m != n)]
    return {at for run in lone if _alone(tiles, run) for at in run}


def _together(tiles: Tiles, group: list[int]) -> list[list[int]]:
    """Return the places of times, those together that stand together in both texts."""
    runs: list[list[int]] = []
    for at in group:
        if tiles.a[at].kind not in WHEN and tiles.a[at].value != "~":
            continue
        if runs and runs[-1][-1] == at - 1 and abs(tiles.to_b[at] - tiles.to_b[at - 1]) <= _LEAST:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _alone(tiles: Tiles, run: list[int]) -> bool:
    """Return whether a time stands together, freely and beside words of the same clause in both texts."""
    there = sorted(tiles.to_b[at] for at in run)
    if any(tiles.a[x].key == tiles.a[y].key and tiles.to_b[x] > tiles.to_b[y] for x, y in combinations(run, 2)):
        return False
    if there[-1] - there[0] != len(run) - 1:
        return False
    one, two = _beside(tiles.a, run[0], run[-1]), _beside(tiles.b, there[0], there[-1])
    kept = not one or not two or any(tiles.to_b[at] in two for at in one)
    return kept and _free(tiles.a, run[0], run[-1]) and _free(tiles.b, there[0], there[-1])


def _beside(tokens: Tokens, first: int, last: int) -> set[int]:
    """Return the places of the other words of a time's clause."""
    start = next((at for at in range(first, -1, -1) if starts(tokens[at])), 0)
    end = next((at for at in range(last + 1, len(tokens)) if starts(tokens[at])), len(tokens))
    return {at for at in (*range(start, first), *range(last + 1, end)) if tokens[at].kind not in WHEN}


def _free(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether a time is no part of a description (3月5日报名的人员) and not denied."""
    if tokens[last].tail or (first and not tokens[first].edge and tokens[first - 1].value in RELATIONS):
        return False
    for token in tokens[last + 1 :]:
        if starts(token):
            return True
        if token.tail:
            return False
    return True


def _stretches(tiles: Tiles, places: list[int]) -> list[list[int]]:
    """Return the places cut where the other text, or a clause of it, does not go on."""
    cut: list[list[int]] = []
    order = {to: n for n, to in enumerate(sorted(tiles.to_b[at] for at in places))}
    for n, at in enumerate(places):
        to = tiles.to_b[at]
        edged = bool(tiles.a[at].edge or tiles.b[to].edge)
        if n and not edged and order[to] == order[tiles.to_b[places[n - 1]]] + 1:
            cut[-1].append(at)
        else:
            cut.append([at])
    return cut


def _sorted(tiles: Tiles, cut: list[list[int]], turns: int, at: int = 0) -> bool:
    """Return whether the stretches stand as in b after so many turns of two neighbours, each behind the one before it."""
    seats = [tiles.to_b[each[0]] for each in cut]
    if seats == sorted(seats):
        return True
    if not turns or len(cut) > _MOST:
        return False
    for first, middle, end in combinations(range(at, len(cut) + 1), 3):
        x, y, before = (list(chain(*part)) for part in (cut[first:middle], cut[middle:end], cut[:first]))
        if seats[first] > seats[middle] and _turns(tiles, x, y, before):
            turned_once = [*cut[:first], *cut[middle:end], *cut[first:middle], *cut[end:]]
            if _sorted(tiles, turned_once, turns - 1, end):
                return True
    return False


def _turns(tiles: Tiles, x: list[int], y: list[int], before: list[int]) -> bool:
    """Return whether two phrases side by side may change places: members of a list, or phrases of one clause."""
    one, two = [tiles.a[at] for at in x], [tiles.a[at] for at in y]
    if not _unlike(tiles, one, two):
        return False
    if _members(tiles, x, y):
        return True
    cuts = [sum(map(starts, edged)) for edged in ([*one[1:], *two], [tiles.b[tiles.to_b[at]] for at in [*x, *y[1:]]])]
    if all(cuts) or sum(cuts) > 1 or two[0].edge or tiles.b[tiles.to_b[x[0]]].edge or not (_phrase(one) and _phrase(two)):
        return False
    led = bool(before) and not one[0].edge and tiles.a[before[-1]].value in RELATIONS
    return not led and _whole(one) and _whole(two)


def _members(tiles: Tiles, x: list[int], y: list[int]) -> bool:
    """Return whether two stretches are whole members of a list in both texts, without any fact."""
    facts = any(tiles.a[at].key for at in [*x, *y])
    return not facts and all(_bounded(tokens, places) for tokens, places in _seats(tiles, x, y))


def _seats(tiles: Tiles, x: list[int], y: list[int]) -> list[tuple[Tokens, list[int]]]:
    return [(tiles.a, x), (tiles.a, y), (tiles.b, [tiles.to_b[at] for at in x]), (tiles.b, [tiles.to_b[at] for at in y])]


def _bounded(tokens: Tokens, places: list[int]) -> bool:
    """Return whether a mark or a colon stands before some places that follow one another, and a mark or the end behind them."""
    first, end = places[0], places[-1] + 1
    whole = places == list(range(first, end)) and not any(tokens[at].edge for at in places[1:])
    return (
        whole and first > 0 and (tokens[first].edge > 0 or tokens[first - 1].tail == ":") and (end == len(tokens) or tokens[end].edge > 0)
    )


def _phrase(tokens: Tokens) -> bool:
    """Return whether tokens may be a phrase: two of them, or one act."""
    return len(tokens) >= _LEAST or tokens[0].value in _ACTS


def _whole(phrase: Tokens) -> bool:
    """Return whether a phrase asks for nothing behind it."""
    return not phrase[-1].tail and phrase[-1].value not in RELATIONS


def _unlike(tiles: Tiles, one: Tokens, two: Tokens) -> bool:
    """Return whether no word and no kind of fact stands in both, and no fact that the text has twice in either."""
    keys = [token.key for token in (*one, *two) if token.key]
    everywhere = [token.key for token in tiles.a]
    twins = any(everywhere.count(key) > 1 for key in keys)
    return not twins and not {token.value for token in one} & {token.value for token in two}


def across(tiles: Tiles, groups: list[list[int]]) -> bool:
    """Return whether the groups stand in one order, or those that changed places lean on nothing."""
    firsts = [min(tiles.to_b[at] for at in group) for group in groups]
    crossing = [(n, m) for n, m in combinations(range(len(groups)), 2) if firsts[n] > firsts[m]]
    if not crossing:
        return True
    said = [[tiles.a[at] for at in group] for group in groups]
    spans = [[tiles.to_b[at] for at in group] for group in groups]
    if any(max(spans[n]) - min(spans[n]) >= len(spans[n]) for pair in crossing for n in pair):
        return False
    return all(_apart(tiles, groups[n], groups[m]) for n, m in crossing) and not any(_split(said, pair, crossing) for pair in crossing)


def _apart(tiles: Tiles, x: list[int], y: list[int]) -> bool:
    """Return whether two groups of clauses may change places."""
    one, two = [tiles.a[at] for at in x], [tiles.a[at] for at in y]
    everywhere = [token.key for token in tiles.a]
    keys = [{token.key for token in each if token.key} for each in (one, two)]
    lonely = all(everywhere.count(key) == sum(token.key == key for token in each) for n, each in enumerate((one, two)) for key in keys[n])
    worded = all(sum(not token.key for token in each) >= _CLAUSE for each in (one, two))
    return (worded or (lonely and not keys[0] & keys[1])) and all(_stands(tiles, group) for group in (x, y))


def _stands(tiles: Tiles, group: list[int]) -> bool:
    """Return whether a group heads nothing, leans on nothing and is headed by nothing, in either text."""
    for tokens, places in ((tiles.a, sorted(group)), (tiles.b, sorted(tiles.to_b[at] for at in group))):
        first = places[0]
        headed = first > 0 and tokens[first - 1].tail == ":"
        short = len(places) < (_LINE if any(tokens[at].edge == Edge.LINE for at in places) else _CLAUSE)
        if short or headed or tokens[first].value in LEANS or any(tokens[at].tail == ":" for at in places):
            return False
    return True


def _split(said: list[list[Token]], pair: tuple[int, int], crossing: list[tuple[int, int]]) -> bool:
    """Return whether a group passes one of two clauses built alike and not the other: it may have belonged to one of them."""
    for mover, passed in (pair, pair[::-1]):
        others = [n for n in range(len(said)) if n not in pair and tuple(sorted((mover, n))) not in crossing]
        if any(_alike(said[passed], said[n]) for n in others):
            return True
    return False


def _alike(one: Tokens, two: Tokens) -> bool:
    """Return whether two clauses share two neighbouring words, or a word where they begin."""
    return bool(set(_pairs(one)) & set(_pairs(two))) or bool({t.value for t in one[:3]} & {t.value for t in two[:3]})


def _pairs(tokens: Tokens) -> Iterator[tuple[str, str]]:
    return ((x.value, y.value) for x, y in pairwise(tokens))
