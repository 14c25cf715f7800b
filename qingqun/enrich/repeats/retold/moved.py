"""Phrases that stand elsewhere in the copy: each moves alone, as a whole, past words it does not belong to.

Two values that change places pass one another and what stands between them: three stretches in reverse order. That is never
taken for a move. What moves may be a member of a list, whole clauses, or a phrase within its clause that leans on nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from qingqun.enrich.repeats.parallel import LEANS, WHEN, breaks
from qingqun.enrich.repeats.retold.listing import listed
from qingqun.enrich.repeats.retold.tiles import Tiles
from qingqun.enrich.repeats.retold.turned import across, clause_groups
from qingqun.enrich.repeats.token import Edge, Token
from qingqun.enrich.repeats.wording import INTRODUCES, NOT, RELATIONS

_MOST = 14  # stretches of one text
_CLAUSE = 3  # tokens of a clause that stands for itself
_WORDS = 2
_ACTS = frozenset("交查办领换修清填写看听学打拍贴挂搬拆装核测采报发取用补录完关停开收缴买撤带")
_BINDS = re.compile(
    "[为由替让被给对向比归代跟使往朝沿经从到至离陪随]"
)  # said between two words, it tells which does what: read over, but not here
_NARROWS = frozenset("女男副正新老旧大小高低长短多少前后上下左右东南西北内外每各全双单原只仅先再不未没无勿")
_QUALITY = frozenset("新旧好大小多少高低全老重要")  # 启用新的系统 describes no act
_OBJECT = re.compile("[把将请]")  # behind a time: it is the time of the act to come
_ASKS = "请"
_LAST_ONLY = (
    "原",
    "复印",
    "扫描",
    "电子",
    "纸质",
    "正本",
    "副本",
    "各",
    "每",
    "单",
    "双",
    "另",
    "除",
    "不",
    "未",
    "仅",
    "只",
)  # behind a list: of its last member
_OBJECT_BEHIND = re.compile("(?:登记|申请|报名|审批|签到|打印|复核|汇总|统计|申报|证明|备案)[表单证册卡书簿本件]|[表单证册卡书簿]")
_PERSON = re.compile("(?:[任记长师员生工理士科处局总]|[小老][\u3400-\u9fff])$")

Tokens = Sequence[Token]


class Block(NamedTuple):
    """The same tokens in both texts."""

    a: int
    b: int
    size: int


def _blocks(tiles: Tiles) -> list[Block]:
    """Return the longest stretches that go on in both texts, in the order of a."""
    cuts = [n for n, (one, two) in enumerate(pairwise(tiles.to_b), start=1) if two != one + 1]
    return [Block(start, tiles.to_b[start], end - start) for start, end in pairwise([0, *cuts, len(tiles.to_b)])]


def _stay(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that keep their order and hold the most tokens."""
    best: list[tuple[int, list[Block]]] = []
    for block in blocks:
        before = max((each for each in best if each[1][-1].b < block.b), key=lambda each: each[0], default=(0, []))
        best.append((before[0] + block.size, [*before[1], block]))
    return max(best, key=lambda each: each[0])[1]


def moved(a: Tokens, b: Tokens, texts: tuple[str, str]) -> bool:
    """Return whether b says what a says with phrases elsewhere; both hold the same tokens. `texts`: what they were read from."""
    tiles = Tiles(a, b)
    if not a or any(to < 0 for to in tiles.to_b):
        return False
    groups = clause_groups(tiles)
    inside = all(_shuffled(*(_of(tiles, group), texts)) for group in groups)
    return (inside and across(tiles, groups)) or _shuffled((a, b), texts)


def _of(tiles: Tiles, group: list[int]) -> tuple[list[Token], list[Token]]:
    """Return the tokens of some clauses as they stand in both texts."""
    return [tiles.a[at] for at in group], [tiles.b[to] for to in sorted(tiles.to_b[at] for at in group)]


def _shuffled(sides: tuple[Tokens, Tokens], texts: tuple[str, str]) -> bool:
    """Return whether phrases of one text stand elsewhere in the other, each moved alone."""
    a, b = sides
    blocks = _blocks(Tiles(a, b))
    if len(blocks) > _MOST:
        return False
    stay = _stay(blocks)
    movers = [block for block in blocks if block not in stay]
    if any(_cross(one, two) and not _unlike(a, one, two) for one, two in combinations(movers, 2)):
        return False
    said = (a, texts[0]), (b, texts[1])
    return all(_Move(said, mover, [block for block in blocks if _cross(mover, block)]).harmless() for mover in movers)


def _unlike(tokens: Tokens, one: Block, two: Block) -> bool:
    """Return whether one block is only a time and the other only words: these are no two values that changed places."""
    said = [tokens[block.a : block.a + block.size] for block in (one, two)]
    times = [all(token.kind in WHEN for token in each) for each in said]
    words = [not any(token.key for token in each) for each in said]
    return (times[0] and words[1]) or (times[1] and words[0])


def _cross(one: Block, two: Block) -> bool:
    return (one.a < two.a) != (one.b < two.b)


class _Move:
    """One block that moves past others."""

    def __init__(self, sides: tuple[tuple[Tokens, str], tuple[Tokens, str]], mover: Block, passed: Sequence[Block]) -> None:
        (a, said_a), (b, said_b) = sides
        keys = Counter(token.key for token in a if token.key)
        self.twins = {key for key, count in keys.items() if count > 1}
        self.tokens = a[mover.a : mover.a + mover.size]
        self.others = [token for block in passed for token in a[block.a : block.a + block.size]]
        starts_a, starts_b = [block.a for block in passed], [block.b for block in passed]
        ends_a, ends_b = [block.a + block.size for block in passed], [block.b + block.size for block in passed]
        self.sides = (
            _Side(a, said_a, (mover.a, mover.a + mover.size), (min(starts_a), max(ends_a))),
            _Side(b, said_b, (mover.b, mover.b + mover.size), (min(starts_b), max(ends_b))),
        )

    def harmless(self) -> bool:
        """Return whether nothing is said of anything else after the move."""
        if not all(side.joined() for side in self.sides):
            return False
        return self._listed() or self._whole() or self._timed() or self._phrase()

    def _keys(self) -> set[str]:
        one, two = ({token.key for token in tokens if token.key} for tokens in (self.tokens, self.others))
        return one & two

    def _listed(self) -> bool:
        """Return whether two members of one list change places."""
        denied = any(token.value in NOT for token in [*self.tokens, *self.others])
        alike = {token.kind for token in self.tokens if token.key} == {token.kind for token in self.others if token.key}
        return alike and not denied and all(side.edge() == Edge.LIST and side.members() for side in self.sides)

    def _whole(self) -> bool:
        """Return whether whole clauses change places that stand for themselves."""
        if not all(side.clauses() for side in self.sides):
            return False
        for tokens in (self.tokens, self.others):
            words = sum(not token.key for token in tokens)
            if len(tokens) < _CLAUSE or words < _WORDS or tokens[0].value in LEANS or any(token.tail == ":" for token in tokens):
                return False
        return True

    def _timed(self) -> bool:
        """Return whether two acts change places that each open with their own time: 9月1日开学，8月31日报到."""
        led = all(tokens[0].kind in WHEN and sum(not t.key for t in tokens) >= _WORDS for tokens in (self.tokens, self.others))
        return led and all(side.acts() for side in self.sides)

    def _phrase(self) -> bool:
        """Return whether a phrase changes places with what stands beside it in its clause."""
        facts = any(token.kind in WHEN or (token.key and token.key in self.twins) for token in self.tokens)
        near = [side.one_clause() for side in self.sides]
        if self._keys() or not (all(near) or (self._kept() if facts else any(near))):
            return False
        if any(len(tokens) == 1 and tokens[0].value in _NARROWS for tokens in (self.tokens, self.others)):
            return False
        persons = any(_PERSON.search("".join(token.value for token in tokens)) for tokens in (self.tokens, self.others))
        return all(side.loose(persons=persons) for side in self.sides) and self._free()

    def _kept(self) -> bool:
        """Return whether the only time of its kind stands in a clause with the same words in both texts."""
        if any(token.key in self.twins for token in self.tokens):
            return False
        one, two = (side.mates() for side in self.sides)
        return len(one & two) >= _WORDS

    def _free(self) -> bool:
        """Return whether a time that moves belongs to no description: 3月5日报名的人员."""
        if not all(token.kind in WHEN for token in self.tokens):
            return True
        return not any(side.described() for side in self.sides)


class _Side:
    """How the mover and what it passes stand in one text."""

    def __init__(self, tokens: Tokens, text: str, mover: tuple[int, int], passed: tuple[int, int]) -> None:
        self.tokens, self.text = tokens, text
        self.first, self.second = sorted((mover, passed))
        self.mover = mover

    def joined(self) -> bool:
        """Return whether both stand side by side."""
        return self.first[1] == self.second[0]

    def edge(self) -> Edge:
        """Return what stands between both."""
        return self.tokens[self.second[0]].edge

    def _breaks(self, at: int) -> bool:
        return at in (0, len(self.tokens)) or breaks(self.tokens[at - 1], self.tokens[at])

    def members(self) -> bool:
        """Return whether both are whole members of their list: nothing before or behind can belong to one of them only."""
        start, end = self.first[0], self.second[1]
        led = not start or self.tokens[start].edge or self.tokens[start - 1].tail or self.tokens[start - 1].value in INTRODUCES | _ACTS
        behind = self.tokens[end : end + 2]
        if not (behind and behind[0].edge) and _OBJECT_BEHIND.match("".join(token.value for token in self.tokens[end : end + 4])):
            return False
        ended = not behind or behind[0].edge or not (behind[0].key or "".join(token.value for token in behind).startswith(_LAST_ONLY))
        if behind and not behind[0].edge and listed(self.tokens, end):
            return False
        if start and not self.tokens[start].edge and listed(self.tokens, start, back=True):
            return False
        return bool(led and ended) and not any(token.tail == ":" for token in self.tokens[start:end])

    def one_clause(self) -> bool:
        """Return whether both stand in one clause."""
        return not any(self._breaks(at) for at in range(self.first[0] + 1, self.second[1]))

    def mates(self) -> set[str]:
        """Return the other words of the mover's clause."""
        start = next((at for at in range(self.mover[0], -1, -1) if self._breaks(at)), 0)
        end = next((at for at in range(self.mover[1], len(self.tokens)) if self._breaks(at)), len(self.tokens))
        return {
            token.value for at, token in enumerate(self.tokens[start:end], start) if not (token.key or self.mover[0] <= at < self.mover[1])
        }

    def clauses(self) -> bool:
        """Return whether both are whole clauses."""
        return all(self._breaks(at) for at in (self.first[0], self.second[0], self.second[1]))

    def acts(self) -> bool:
        """Return whether a comma or more stands between both and behind both."""
        return self._breaks(self.second[0]) and self._breaks(self.second[1])

    def loose(self, *, persons: bool) -> bool:
        """Return whether neither leans on the other, nor on what stands before both."""
        cuts = (self.first[0], self.second[0], self.second[1])
        if any(at < len(self.tokens) and self.tokens[at].edge == Edge.LIST for at in cuts):  # part of a list only
            return False
        last, first = self.tokens[self.first[1] - 1], self.tokens[self.second[0]]
        ends = self.tokens[self.second[1] - 1]
        if last.tail or any(token.value in RELATIONS for token in (last, ends)):
            return False
        if self.first[0] and not self._breaks(self.first[0]) and self.tokens[self.first[0] - 1].value in RELATIONS:
            return False
        return not (_BINDS.search(self._between(last, first)) or (persons and _ASKS in self._between(last, first)))

    def _between(self, last: Token, first: Token) -> str:
        return self.text[last.end : first.start] if last.end <= first.start else ""

    def described(self) -> bool:
        """Return whether words behind the mover, up to the end of the clause, describe something else."""
        for at in range(self.mover[1], len(self.tokens)):
            if self._breaks(at) or (at == self.mover[1] and _OBJECT.search(self._between(self.tokens[at - 1], self.tokens[at]))):
                return False
            if self.tokens[at].tail and self.tokens[at].value not in _QUALITY:
                return True
        return False
