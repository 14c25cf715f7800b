"""What stands around a notice in two texts, who is addressed and who signs: may it go, and do both say the same?"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qingqun.enrich.repeats.closing import unlike
from qingqun.enrich.repeats.dated import told_of
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, CLOSING, SOURCE, WEEKDAY
from qingqun.enrich.repeats.token import Read, Token
from qingqun.enrich.repeats.wording import STATE

_UPON = re.compile("^(?:根据|按照?|依据|依照|据|应|遵照|接到?|收到|转发?)|(?:通知|要求|消息|提示|提醒|安排)$")
_NO_RELAY = re.compile("演[练习]|测试|模拟|解除|辟谣|谣言|纠错|撤回")  # what it says of the notice: 转应急办演练通知
GREETED = frozenset("好您位们全体都朋友亲爱尊敬注意辛苦")  # of an audience: how it is called, not who


def unclosed(a: Read, b: Read) -> tuple[Read, Read]:
    """Return both without their closing clauses, unless these call other groups."""
    if not (a.closing or b.closing) or unlike(a.closing, b.closing):
        return a, b
    one, two = (replace(read, tokens=tuple(token for token in read.tokens if token.layer != CLOSING)) for read in (a, b))
    return one, two


# Called so by anybody; the heads of a unit stand for it; a school's teachers by their other names.
_ANYBODY = re.compile("(?:小?伙伴|同事|同志|同仁|家人|领导|负责|人)+")
_HEADS = re.compile("(?:老师|主任|书记|领导|经理|护士长|[组队站所科部局院校园店厂楼社村镇]长)+")
_HONOUR = re.compile("(?<=..)(?:同志|朋友)$")
# The head of one kind of unit is none of another's: 各位园长 are not 各店.
_OWN = re.compile("([组队站所科部局院校园店厂楼社村镇])长")
_ANY_UNIT = ("单位", "部门", "企业", "中心")
_SHIFT = re.compile("[夜早晚白新老旧男女东西南北内外非预备退]")  # who is meant by it is not everybody
_UNIT = re.compile(
    "(?:线路|路线|网格|项目|片区|楼栋|单元|窗口|岗位|标段|工地|站点|门店"
    "|[局科室处办委部队站所院校园厂司镇乡村社区街道组班店行会]|单位|部门|车间|企业|中心)$"
)
_TEACHERS = frozenset({"教职工", "教员工", "教职员工", "老师", "教师", "班主任", "任课老师", "科任老师"})
# Who is meant behind a greeting: 各位书记好！请各社区…
_MEANT = re.compile("[各诸]位[^,。;:!?~\n]{1,10}[,。:!~\n ]+请?各(?!位)([^,。;:!?\n0-9]{1,12})")
_SHORT = 3  # characters of a short name
_HEAD = 60  # characters of a text in which it calls somebody


def may_go(name: str, layer: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """What leaves somebody out or says what became of a notice stays, and numbered audiences; a weekday goes only beside its date."""
    if name == SOURCE and _NO_RELAY.search("".join(token.value for token in layer)):
        return False
    if name in (AUDIENCE, CALL, SOURCE) and STATE.search("".join(token.value for token in layer)):
        return False
    if name == AUDIENCE:
        return all(token.kind == "word" or token.key == "period" for token in layer)
    sides = {side for token in tokens if token.kind == "day" for side in (token.start, token.end)}
    if name == WEEKDAY and any(told_of(tokens, token) for token in layer):
        return False
    return name != WEEKDAY or all(any(abs(side - at) <= 2 for side in sides for at in (t.start, t.end)) for t in layer)


def words_of(read: Read, name: str) -> list[str]:
    return [token.value for token in read.tokens if token.layer == name]


def _addressed(read: Read) -> list[str]:
    return [word for word in words_of(read, AUDIENCE) if word not in GREETED]


def _narrower(a: Read, b: Read) -> bool:
    """Return whether one addresses the people of the other more fully, by words that both texts hold: 各科室, 各科室护士长."""
    short, long = sorted((_addressed(a), _addressed(b)), key=len)
    rest = list((Counter(long) - Counter(short)).elements())
    said = ["".join(token.value for token in read.tokens if token.layer != AUDIENCE) for read in (a, b)]
    numbered = any(token.key for read in (a, b) for token in read.tokens if token.layer == AUDIENCE)
    if not rest:
        return short == long
    if len(rest) == 1 or STATE.search("".join(rest)):
        return False
    return not numbered and not Counter(short) - Counter(long) and all("".join(rest) in text for text in said)


def _general(a: Read, b: Read) -> bool:
    """Return whether one calls the people of the other in general: 各位小伙伴, 营销部; 各位文书, 各村文书."""
    if any(token.key for read in (a, b) for token in read.tokens if token.layer == AUDIENCE):
        return False
    for greets, called in ((a, b), (b, a)):
        meant = _MEANT.search(greets.text[:_HEAD])
        if meant and "".join(_addressed(called)) not in meant[1]:
            return False
    said = [
        ("".join(_addressed(read)), "".join(char for char in read.text[:_HEAD] if char == "位" or char not in GREETED)) for read in (a, b)
    ]
    return any(stands_for(one, two, text) for (one, text), (two, _) in (said, said[::-1]))


def stands_for(one: str, two: str, text: str) -> bool:
    """Return whether the first of two names calls, in a text, whom the second calls."""
    if STATE.search(two) or _ANYBODY.fullmatch(one):
        return not STATE.search(two)
    one, two = (_HONOUR.sub("", name) for name in (one, two))
    if _HEADS.fullmatch(one) and _UNIT.search(two):
        own = _OWN.fullmatch(one)
        return own is None or own[1] in two[-2:] or two.endswith(_ANY_UNIT)
    unit = two.removesuffix(one)
    named = (
        len(one) > 1
        and not _SHIFT.search(unit)
        and unit != two
        and _UNIT.search(unit) is not None
        and re.search(f"[各诸]位{one}", text) is not None
    )
    return named or {one, two} <= _TEACHERS


def _dates(read: Read) -> list[str]:
    """Return the days in a signature."""
    return [token.value for token in read.tokens if token.layer == SOURCE and token.kind == "day"]


def _short_for(short: str, long: str) -> bool:
    """Return whether a name is short for another: 县防办, 县防汛抗旱指挥部办公室."""
    rest = iter(long)
    return _SHORT <= len(short) <= len(long) / 2 and short[0] == long[0] and all(char in rest for char in short)


def _apart(a: Read, b: Read) -> bool:
    """Return whether one text only says at its head who relays it, and the other only at its end who signs."""
    return any(_at_head(one) and _at_end(two) for one, two in ((a, b), (b, a)))


def _at_head(read: Read) -> bool:
    first = next((n for n, token in enumerate(read.tokens) if not token.layer), 0)
    return not any(token.layer == SOURCE for token in read.tokens[first:])


def _at_end(read: Read) -> bool:
    first = next((n for n, token in enumerate(read.tokens) if not token.layer), 0)
    return not any(token.layer == SOURCE for token in read.tokens[:first])


def agreed_layers(a: Read, b: Read) -> set[str] | None:
    """Return the layers that both have and that agree: word for word, or, for a source, one naming it more fully; None if one does not."""
    agreed = set()
    for name in (AUDIENCE, CALL, SOURCE):
        one, two = words_of(a, name), words_of(b, name)
        if one and two and (sorted(one) == sorted(two) or (name == AUDIENCE and (_narrower(a, b) or _general(a, b)))):
            agreed.add(name)
        elif one and two and name == SOURCE:
            if STATE.search("".join(one)) or STATE.search("".join(two)) or _dates(a) != _dates(b) != [] != _dates(a):
                return None
            one, two = (list(_UPON.sub("", "".join(words))) for words in (one, two))
            short, long = sorted(
                ("".join(w for w in words if not w[-1].isdigit() and w not in "转接据按") for words in (one, two)), key=len
            )
            if not short or not (short in long or _short_for(short, long) or _apart(a, b)):
                return None
            agreed.add(name)
    return agreed


def called(a: Read, b: Read) -> set[str] | None:
    """Where one calls a group (@各网格员) and the other names an audience, they must share a word, and both may go."""
    for one, two in ((a, b), (b, a)):
        calls, audience = "".join(words_of(one, CALL)), "".join(words_of(two, AUDIENCE))
        if calls and audience and not words_of(one, AUDIENCE):
            return {CALL, AUDIENCE} if any(calls[n : n + 2] in audience for n in range(len(calls) - 1)) else None
    return set()
