"""What stands around a notice in two texts, who is addressed and who signs: may it go, and do both say the same?"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qingqun.enrich.repeats.closing import unlike
from qingqun.enrich.repeats.layers import AUDIENCE, CALL, CLOSING, SOURCE, WEEKDAY
from qingqun.enrich.repeats.token import Read, Token
from qingqun.enrich.repeats.wording import STATE

_UPON = re.compile("^(?:根据|按照?|依据|依照|据|应|遵照|接到?|收到|转发?)|(?:通知|要求|消息|提示|提醒|安排)$")
_EXCEPTS = frozenset("除不休停无未免也都照")
GREETED = frozenset("好您位们全体都朋友亲爱尊敬注意辛苦")  # of an audience: how it is called, not who


def unclosed(a: Read, b: Read) -> tuple[Read, Read]:
    """Return both without their closing clauses, unless these call other groups."""
    if not (a.closing or b.closing) or unlike(a.closing, b.closing):
        return a, b
    one, two = (replace(read, tokens=tuple(token for token in read.tokens if token.layer != CLOSING)) for read in (a, b))
    return one, two


def may_go(name: str, layer: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """What leaves somebody out or says what became of a notice stays, and numbered audiences; a weekday goes only beside its date."""
    if name in (AUDIENCE, CALL, SOURCE) and STATE.search("".join(token.value for token in layer)):
        return False
    if name == AUDIENCE:
        return all(token.kind == "word" or token.key == "period" for token in layer)
    sides = {side for token in tokens if token.kind == "day" for side in (token.start, token.end)}
    if name == WEEKDAY and any(_told_of(tokens, token) for token in layer):
        return False
    return name != WEEKDAY or all(any(abs(side - at) <= 2 for side in sides for at in (t.start, t.end)) for t in layer)


def _told_of(tokens: Sequence[Token], weekday: Token) -> bool:
    """Return whether a day of the week is no mere name of the date before it: 6月8日至15日，周末除外."""
    at = next(n for n, token in enumerate(tokens) if token is weekday)
    behind = tokens[at + 1].value if at + 1 < len(tokens) else ""
    return weekday.value.endswith("末") or behind in _EXCEPTS


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


def _dates(read: Read) -> list[str]:
    """Return the days in a signature."""
    return [token.value for token in read.tokens if token.layer == SOURCE and token.kind == "day"]


def agreed_layers(a: Read, b: Read) -> set[str] | None:
    """Return the layers that both have and that agree: word for word, or, for a source, one naming it more fully; None if one does not."""
    agreed = set()
    for name in (AUDIENCE, CALL, SOURCE):
        one, two = words_of(a, name), words_of(b, name)
        if one and two and (sorted(one) == sorted(two) or (name == AUDIENCE and _narrower(a, b))):
            agreed.add(name)
        elif one and two and name == SOURCE:
            if STATE.search("".join(one)) or STATE.search("".join(two)) or _dates(a) != _dates(b) != [] != _dates(a):
                return None
            one, two = (list(_UPON.sub("", "".join(words))) for words in (one, two))
            short, long = sorted(
                ("".join(w for w in words if not w[-1].isdigit() and w not in "转接据按") for words in (one, two)), key=len
            )
            if not short or short not in long:
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
