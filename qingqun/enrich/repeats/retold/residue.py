"""What one of two texts says and the other does not, stretch by stretch: the same in other words, or words that may go."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from qingqun.enrich.repeats.layers import AUDIENCE
from qingqun.enrich.repeats.light import plain
from qingqun.enrich.repeats.retold.lexicon import polite, spell, told, trimmed
from qingqun.enrich.repeats.retold.restated import restated, said_beside
from qingqun.enrich.repeats.retold.tiles import Tiles
from qingqun.enrich.repeats.token import Edge, Token, placed, starts
from qingqun.enrich.repeats.wording import NOT, STATE

_AROUND = 3  # matched tokens on either side that a word may share: 领 beside 领取
# Who stands for a unit that is called, or is of it.
_HEADS = re.compile(
    "(?:的)?(?:主要|分管|相关|有关)?(?:负责人|负责同志|支?书记?|主任|干部|同志|人员|老师|师傅|老板|家长|学生|同学|业主|住户|居民|村民|员工|成员|朋友|用户|客户|商户|市民|群众|读者|旅客|乘客|患者|游客"
    "|统计员|联络员|信息员|联系人|经办人|管理员|安全员|会计|出纳|财务|内勤|领导|代表|长|法人|经营者|群)$"
)
# Of an audience: how it is called, or of which place everybody is.
_ANYBODY = re.compile(
    "(?:全体|大家|朋友|同事|同志|领导|亲爱|尊敬|好|们|广大|所有|本|我|全|县|区|镇|乡|街道|市|校|院|有关|相关|幼儿园|学校|公司|单位|医院|小区|社区|老师|师傅|老板|伙伴|乡亲|负责人|负责同志|联络员|联系人|经办人|<[早晚上中下]午?>|党)+"
)
_UNITS = frozenset("户班村组科店镇校院")
_HALVES = {"早": (240, 720), "上午": (300, 720), "中午": (660, 840), "下午": (720, 1140), "晚": (1020, 1441)}  # minutes of the day
_MINUTES = re.compile("[0-9]+")
_LABELS = ("地点", "时间", "地址")
_MODAL = frozenset("能得准许可再予办")  # 不能, 不得: the denial stays
Span = tuple[int, int]


class Called(NamedTuple):
    """Whom the other text calls at its head, where this one calls nobody; what the other says in a heading or a signature."""

    a: str
    b: str
    beside_a: str = ""
    beside_b: str = ""


def _runs(places: Sequence[int]) -> list[Span]:
    """Return the stretches without a counterpart."""
    runs: list[Span] = []
    for at, place in enumerate(places):
        if place >= 0:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _hold_facts(tokens: Sequence[Token], runs: Sequence[Span]) -> bool:
    return any(token.key for run in runs for token in tokens[slice(*run)])


def _said_by_hour(tokens: Sequence[Token], gone: Sequence[Token]) -> bool:
    """Return whether a stretch is a part of the day that an hour of the same text stands in: 周五下午扫除，15点开始."""
    if len(gone) != 1 or gone[0].key != "period" or gone[0].value not in _HALVES:
        return False
    first, end = _HALVES[gone[0].value]
    hours = (_MINUTES.match(token.value) for token in tokens if token.key == "hour")
    return any(hour is not None and first <= int(hour[0]) < end for hour in hours)


def _denied(tokens: Sequence[Token], run: Span) -> bool:
    """Return whether what is denied before a stretch would be something else without it: 不规范, 不."""
    if all(token.value in _MODAL for token in tokens[slice(*run)]) or spell(tokens[slice(*run)]) == "无故":
        return False
    return run[0] > 0 and not tokens[run[0]].edge and tokens[run[0] - 1].value in NOT


def _clause(tokens: Sequence[Token], run: Span) -> bool:
    """Return whether a stretch is one or more whole clauses at either end of the text or between two sentences."""
    start, end = run
    return (start == 0 or starts(tokens[start])) and (end == len(tokens) or starts(tokens[end]))


def _member(tokens: Sequence[Token], run: Span) -> bool:
    """Return whether a stretch begins a member of a list, or is the first: 供水、供电."""
    start, end = run
    behind = tokens[end].edge if end < len(tokens) else Edge.ITEM
    before = tokens[start].edge if start else Edge.ITEM
    return before == Edge.LIST or (before > Edge.NONE and behind == Edge.LIST)


class Residue:
    """The stretches of two texts without a counterpart; `told` tells which of b is which of a in other words."""

    def __init__(self, tiles: Tiles, called: Called) -> None:
        self.a, self.b = tiles.a, tiles.b
        self.to_b, self.to_a = tiles.to_b, tiles.to_a
        self.called = called
        self.runs_b = _runs(self.to_a)
        self.told: dict[Span, Span] = {}

    def settled(self) -> bool:
        """Return whether every stretch is said in other words or may go."""
        left = list(self.runs_b)
        gone: list[Span] = []
        for run in _runs(self.to_b):
            other = next((span for span in self._beside(run) if (span in left or span[0] == span[1]) and self._told(run, span)), None)
            if other is None and (self._faced(run) or not self._may_go(self.a, run, self.called.a)) and not self._calls(run):
                return False
            if other in left:
                left.remove(other)
                self.told[other] = run
            else:
                gone.append(run)
        for tokens, runs in ((self.a, gone), (self.b, left)):
            if any(_denied(tokens, run) or (_member(tokens, run) and not restated(tokens, self._other(tokens), *run)) for run in runs):
                return False
        said = {(spell(self.a[slice(*run)]), spell(self.b[slice(*other)])) for other, run in self.told.items()}
        if any(one != two and (two, one) in said for one, two in said):  # two words that changed places
            return False
        alone = all(self._alone(run) or self._may_go(self.b, run, self.called.b) for run in left)
        return alone and not (_hold_facts(self.a, gone) and _hold_facts(self.b, left))

    def _other(self, tokens: Sequence[Token]) -> Sequence[Token]:
        return self.b if tokens is self.a else self.a

    def _calls(self, run: Span) -> bool:
        """Return whether a stretch of a says whom b calls at its head."""
        words = self.a[slice(*run)]
        return bool(self.called.a) and _addressed(spell(words), self.called.a)

    def _gaps(self, run: Span) -> tuple[int, int]:
        """Return where in b a stretch of a would begin, and where it would end."""
        start, end = run
        return self.to_b[start - 1] + 1 if start else 0, self.to_b[end] if end < len(self.a) else len(self.b)

    def _faced(self, run: Span) -> bool:
        """Return whether b has other words at the very same place."""
        return self._gaps(run) in self.runs_b

    def _beside(self, run: Span) -> Iterator[Span]:
        """Yield the stretches of b where a stretch of a would stand; no empty one where b has words at the very place."""
        after, before = self._gaps(run)
        yield from (span for span in self.runs_b if span[0] == after or span[1] == before)
        if not self._faced(run):
            yield after, after
            yield before, before

    def _alone(self, run: Span) -> bool:
        """Return whether a stretch of b may stand where a has nothing."""
        start, end = run
        after = self.to_a[start - 1] + 1 if start else 0
        before = self.to_a[end] if end < len(self.b) else len(self.a)
        return self._told((after, after), run) or self._told((before, before), run)

    def _told(self, run: Span, other: Span) -> bool:
        """Return whether two stretches say the same, with as many of the words beside them as it takes."""
        one, two = spell(self.a[slice(*run)]), spell(self.b[slice(*other)])
        texts = {(one, two), (self._trimmed(self.a, run), two), (one, self._trimmed(self.b, other))}
        before, behind = self._left(run, other), self._right(run, other)
        return any(told(x + this + y, x + that + y) for this, that in texts for x in before for y in behind)

    def _left(self, run: Span, other: Span) -> list[str]:
        """Return the words before both places that are each other's: none, one and so on."""
        (at, end), (to, stop) = run, other
        words = [""]
        cut = (at < end and starts(self.a[at])) or (to < stop and starts(self.b[to]))
        while not cut and at and to and self.to_b[at - 1] == to - 1 and len(words) <= _AROUND:
            at, to = at - 1, to - 1
            words.append(spell([self.a[at]]) + words[-1])
            cut = starts(self.a[at]) or starts(self.b[to])
        return words

    def _right(self, run: Span, other: Span) -> list[str]:
        """Return the words behind both places that are each other's: none, one and so on."""
        at, to = run[1], other[1]
        words = [""]
        while at < len(self.a) and to < len(self.b) and self.to_b[at] == to and len(words) <= _AROUND:
            if starts(self.a[at]) or starts(self.b[to]):
                break
            words.append(words[-1] + spell([self.a[at]]))
            at, to = at + 1, to + 1
        return words

    def _trimmed(self, tokens: Sequence[Token], run: Span) -> str:
        """Return a stretch without what may go at its very place."""
        before, said = spell(tokens[: run[0]]), spell(tokens[slice(*run)])
        left = trimmed(before + said + spell(tokens[run[1] :]), len(before), len(before) + len(said))
        called = self.called.a if tokens is self.a else self.called.b
        return left.replace(called, "", 1) if len(called) > 1 else left

    def _may_go(self, tokens: Sequence[Token], run: Span, called: str) -> bool:
        """Return whether a stretch stands for whom the other text calls at its head, or may go at this very place."""
        gone = tokens[slice(*run)]
        said = spell(gone)
        if called and _addressed(said, called):
            return True
        other = self._other(tokens)
        beside = self.called.beside_a if tokens is self.a else self.called.beside_b
        if _clause(tokens, run) and not any(token.key for token in gone) and polite(said):
            return True
        if _said_by_hour(tokens, gone) or restated(tokens, other, *run) or said_beside(gone, beside):
            return True
        if all(token.layer == AUDIENCE and not token.key for token in gone) and not STATE.search(said):
            return not any(token.layer == AUDIENCE for token in other) or _ANYBODY.fullmatch(said) is not None
        return not self._trimmed(tokens, run)


def _addressed(said: str, called: str) -> bool:
    """Return whether words say whom a text calls: the same people, or the unit whose head is called."""
    if (len(said) > 1 or said in _UNITS) and called.endswith(said):
        return True
    core = _HEADS.sub("", called)
    if len(core) > 1 and said.endswith(core) and _ANYBODY.fullmatch(said.removesuffix(core)):
        return True
    if said.endswith(called):
        return said == called or _ANYBODY.fullmatch(said.removesuffix(called)) is not None
    if called.startswith(said) and _HEADS.fullmatch(called, len(said)) is not None:
        return True
    return len(said) > 1 and (told(said, called) or told(_HEADS.sub("", said), _HEADS.sub("", called)))


def settled(tiles: Tiles, called: Called) -> tuple[list[Token], list[Token]] | None:
    """Return both texts in the words of the first, without what may go; None if anything else is left."""
    residue = Residue(tiles, called)
    if not residue.settled():
        return None
    kept = {at for run in residue.told.values() for at in range(*run)}
    gone = frozenset(at for at, to in enumerate(tiles.to_b) if to < 0 and at not in kept)
    instead = {other[0]: run for other, run in residue.told.items()}
    told_in = {other[0]: other for other in residue.told}
    dropped = frozenset(at for at, to in enumerate(tiles.to_a) if to < 0 and at not in instead)
    written: list[Token] = []
    for token in _marked(_softened(tiles.b, dropped), dropped):
        run = instead.get(token[0])
        written += [token[1]] if run is None else placed(tiles.a[slice(*run)], tiles.b[slice(*told_in[token[0]])], token[1].edge)
    return plain(_softened(tiles.a, gone), gone), written


def _softened(tokens: Sequence[Token], gone: frozenset[int]) -> list[Token]:
    """Take the comma before a label that goes as no boundary: 周五9点，地点二楼."""
    soft = list(tokens)
    for at in gone:
        label = spell(tokens[at : at + 2]) in _LABELS and at + 1 in gone and tokens[at].edge == Edge.COMMA
        if label:
            soft[at] = replace(tokens[at], edge=Edge.NONE)
    return soft


def _marked(tokens: Sequence[Token], dropped: frozenset[int]) -> Iterator[tuple[int, Token]]:
    """Yield the tokens that stay with their places; they take over the edges of what goes."""
    stay = (at for at in range(len(tokens)) if at not in dropped)
    return zip(stay, plain(tokens, dropped), strict=True)
