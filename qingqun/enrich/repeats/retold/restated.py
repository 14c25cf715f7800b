"""A topic named again where its text has named it before: 升级期间, 排查结果, 测血压、测血糖. It may go, as nothing is lost with it."""

import re
from collections.abc import Sequence

from qingqun.enrich.repeats.retold.lexicon import spell
from qingqun.enrich.repeats.token import Edge, Token, starts
from qingqun.enrich.repeats.wording import NOT, STATE

_LEAST = 2  # characters of a topic
_MOST = 8
_HANDED = "交"  # said once is enough: 提交预算，报财务部
_TIES = re.compile("(?:期间|时候?|之?前|之?后|当天|情况|工作|内容|活动|要求|结果|时间|事宜|的)+$")
# Who is meant, and what narrows: never only a topic.
_MEANS = re.compile("[员长生户民工人们方车仅只限每各某另旧新老其]|除了|以外|部分|全部|女|男")


def restated(tokens: Sequence[Token], other: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a stretch only names again what both texts name elsewhere."""
    run = tokens[start:end]
    if [token.value for token in run] == [token.value for token in tokens[end : end + len(run)]]:  # either of two may be the one
        start, end = end, end + len(run)
        run = tokens[start:end]
    if any(token.key or token.value in NOT for token in run) or len(run) > _MOST:
        return False
    if run[0].edge == Edge.LIST:
        return _led(tokens, start, end)
    said = _TIES.sub("", spell(run))
    if said == _HANDED:
        return all(_HANDED in spell([*part]) for part in ([*tokens[:start], *tokens[end:]], other))
    if len(said) < _LEAST or _MEANS.search(said) or STATE.search(said) or not (start == 0 or starts(run[0])):
        return False
    elsewhere = (spell(tokens[:start]), spell(tokens[end:]))
    return any(said in part for part in elsewhere) and said in spell(other)


def said_beside(run: Sequence[Token], beside: str) -> bool:
    """Return whether the other text says a stretch in its heading or its signature."""
    said = _TIES.sub("", spell(run))
    return len(said) >= _LEAST and said in beside and not any(token.key or token.value in NOT for token in run)


def _led(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a member of a list begins with the word the list began with: 测血压、测血糖."""
    said = [token.value for token in tokens[start:end]]
    size = end - start
    for at in range(start - 1, -1, -1):
        if at + size < start and [token.value for token in tokens[at : at + size]] == said:
            denied = at and tokens[at - 1].value in NOT
            return not denied and not any(starts(token) for token in tokens[at + 1 : start])
        if starts(tokens[at]):
            break
    return False
