"""Two texts without what stands around the notice: who relays it, who is addressed, a heading that says nothing new."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from qingqun.enrich.repeats.around import agreed_layers, called, may_go
from qingqun.enrich.repeats.heading import implied, letter
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, SOURCE, TITLE, WEEKDAY, YEAR
from qingqun.enrich.repeats.light import plain
from qingqun.enrich.repeats.retold.lexicon import spell
from qingqun.enrich.repeats.token import Edge, Read, Token
from qingqun.enrich.repeats.wording import STATE

_TITLES = re.compile("^位|^都|大家|朋友|亲爱|尊敬|注意|辛苦|全体|您|们|好$|知$")
_HONOURED = re.compile("(?<=..)(?:老师|师傅|老板|同志|同事|领导|伙伴|家人|亲|宝妈|乡亲)$")
_SHORTEST = 4  # characters of a heading that stands without brackets
_TOPIC = 6  # characters of a heading in brackets that only names a subject: 【路况】
_TWO = 2
_OPENS = ("【", "[")
_ENOUGH = 12  # tokens that say what a notice is about without its heading
_GENRE = re.compile("(?:通知|提示|提醒|公告|通告|预告|须知|说明|安排|事宜|快讯|播报|倡议|告知书?|预警|公示)$")
_GENRES = re.compile(
    "通知|提示|提醒|公告|通告|预告|须知|说明|安排|事宜|快讯|播报|告知书?|温馨|重要|紧急|友情|关于|工作|有关|注意|请|最新|信息"
)
_WHO = re.compile("[级班组员长生户民村栋楼线人师工部科室处局办委队站所店厂街庄巷路区园校院厅库镇乡县市]$")
_TURNS = re.compile("[不未没无勿非免别禁停试草预补暂更旧夜早晚东西南北内外上下左右新男女]|演[练习]|测试|模拟|作废|临时|过期|谣")
_OPTIONAL = (AUDIENCE, CALL, SOURCE, WEEKDAY, YEAR)


class Shelled(NamedTuple):
    """What is left of both, and whom the other one calls where one calls nobody."""

    a: list[Token]
    b: list[Token]
    called_a: str
    called_b: str
    beside_a: str  # what the other says in a heading or a signature that went
    beside_b: str


def _layer(tokens: Sequence[Token], name: str) -> list[Token]:
    return [token for token in tokens if token.layer == name]


def _calls(one: Read, two: Read) -> str:
    """Return whom the second calls, one kind of people, where the first calls nobody."""
    audience = _layer(two.tokens, AUDIENCE) or _layer(two.tokens, CALL)
    if _layer(one.tokens, AUDIENCE) or any(token.edge == Edge.LIST for token in audience[1:]):
        return ""
    return _HONOURED.sub("", _TITLES.sub("", spell(audience)))


def _dropped(one: Read, two: Read) -> set[str]:
    """Return the layers that only the first has and that may go."""
    mine = {name: _layer(one.tokens, name) for name in _OPTIONAL if not _layer(two.tokens, name)}
    return {name for name, layer in mine.items() if layer and may_go(name, layer, one.tokens)}


def _headed(one: Read, two: Read) -> bool:
    """Return whether the heading of the first may go: the second says it too, or has none and the first's is a mere heading."""
    heading = _layer(one.tokens, TITLE)
    if not heading or implied(one, two):
        return True
    behind = next((t.start for t in one.tokens if t.start >= heading[-1].end), len(one.text))
    written = one.text[heading[0].start : behind].rstrip("】] :,。!\n")
    bracketed = one.text[heading[0].start - 1 : heading[0].start] in _OPENS
    mere = _GENRE.search(written) or ((len(written) <= _TOPIC if bracketed else len(written) >= _SHORTEST) and not _WHO.search(written))
    rest = min(len(one.tokens) - len(heading), len(two.tokens))
    facts = any(token.key for token in heading) or STATE.search(written) or _TURNS.search(written)
    relayed = any(token.layer == SOURCE for token in two.tokens) and not any(token.layer == SOURCE for token in one.tokens)
    return bool(mere) and (letter(one) or not relayed) and rest >= _ENOUGH and not facts and _narrower(_topic(one), _topic(two))


def _narrower(one: str, two: str) -> bool:
    """Return whether the second topic says nothing that the first does not: none at all, or part of it."""
    return not two or (len(two) >= _TWO and two in one)


def _topic(read: Read) -> str:
    """Return what the heading of a text says beside that it is one."""
    return _GENRES.sub("", spell(_layer(read.tokens, TITLE)))


def shelled(a: Read, b: Read) -> Shelled | None:
    """Return both without their shells; None where these disagree."""
    agreed, grouped = agreed_layers(a, b), called(a, b)
    if agreed is None or grouped is None:
        return None
    both = agreed | grouped | ({TITLE} if _headed(a, b) and _headed(b, a) else set())
    gone = both | _dropped(a, b), both | _dropped(b, a)
    one, two = (plain([t for t in read.tokens if t.layer not in names]) for read, names in zip((a, b), gone, strict=True))
    beside = [spell([t for t in read.tokens if t.layer in names & {TITLE, SOURCE}]) for read, names in zip((b, a), gone[::-1], strict=True)]
    return Shelled(_dated(one), _dated(two), _calls(a, b), _calls(b, a), *beside)


def _dated(tokens: list[Token]) -> list[Token]:
    """Put a day of the week behind the date it stands beside: 周四（11月12日）, 11月12日（周四）."""
    for n in range(len(tokens) - 1):
        one, two = tokens[n : n + 2]
        if one.kind == WEEKDAY and two.kind == "day" and two.edge <= Edge.COMMA and two.start - one.end <= 1:
            tokens[n : n + 2] = [replace(two, edge=one.edge), replace(one, edge=Edge.NONE)]
    return tokens
