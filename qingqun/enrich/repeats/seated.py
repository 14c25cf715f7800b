"""Who is called, said elsewhere than at the head.

At the opening of a clause (各科室：明天报, 明天各科室报), or behind a greeting (各位园长好！请各园明天报).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qingqun.enrich.repeats.around import GREETED, stands_for
from qingqun.enrich.repeats.layers import AUDIENCE, SOURCE
from qingqun.enrich.repeats.token import Edge, Read, Token
from qingqun.enrich.repeats.wording import STATE

# Who is greeted before a text says who is meant: 各位师傅：网约车驾驶员请于…
_GREETS = re.compile("师傅|老师|经理|主任|书记|领导|负责人|同志|朋友|家人|小?伙伴|同事")


def _called(tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    """Return whom a text calls: word for word, and without how they are greeted."""
    words = [token.value for token in tokens if token.layer == AUDIENCE]
    return words, [word for word in words if word not in GREETED]


def seated(a: Sequence[Token], b: Sequence[Token]) -> list[Token] | None:
    """Return b without the opening of a clause that is the audience of a; None without one."""
    if any(token.key for token in a if token.layer == AUDIENCE) or any(token.layer == AUDIENCE for token in b):
        return None
    for called in _called(a):
        for n, token in enumerate(b):
            end = n + len(called)
            if called and token.edge and [each.value for each in b[n:end]] == called and end < len(b):
                return [*b[:n], replace(b[end], edge=max(token.edge, b[end].edge)), *b[end + 1 :]]
    return None


def _greeting(a: Read, b: Read) -> Read | None:
    """Return b with who is meant as its audience, where it first greets them in general; None where it does not."""
    greeting = [token for token in b.tokens if token.layer == AUDIENCE]
    words, called = _called(a.tokens)
    first = next((n for n, token in enumerate(b.tokens) if token.layer not in (AUDIENCE, SOURCE)), len(b.tokens))
    if not greeting or not called or any(token.key for token in (*a.tokens, *greeting) if token.layer == AUDIENCE):
        return None
    greeted = "".join(_called(greeting)[1])
    if words == [token.value for token in greeting] or STATE.search(greeted):
        return None
    for meant in (words, called):
        end = first + len(meant)
        said = b.tokens[first:end]
        if [token.value for token in said] == meant and end < len(b.tokens) and _calls(greeted, "".join(called), b.text):
            opened = replace(b.tokens[end], edge=max(Edge.ITEM, b.tokens[end].edge))
            before = [token for token in b.tokens[:first] if token.layer != AUDIENCE]
            moved = [replace(token, layer=AUDIENCE) for token in said]
            return replace(b, tokens=(*before, *moved, opened, *b.tokens[end + 1 :]))
    return None


def _calls(greeted: str, called: str, text: str) -> bool:
    """Return whether a greeting is one of the people who are called."""
    return not greeted or _GREETS.fullmatch(greeted) is not None or stands_for(greeted, called, text)


def regreeted(a: Read, b: Read) -> tuple[Read, Read]:
    """Return both with who is meant as the audience, where one of them greets first: 各园：请报, 各位园长好！请各园报."""
    return _greeting(b, a) or a, _greeting(a, b) or b
