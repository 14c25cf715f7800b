"""Where two notices differ, as spans of the texts as they were sent."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from qingqun.enrich.repeats.align import aligned
from qingqun.enrich.repeats.token import Read, Token

Span = tuple[int, int]
_PLACE = re.compile(r"[楼层室厅馆场路街巷村镇乡县市区校院园站所桥河门口点店库厂东西南北]")
_NEGATION = re.compile(r"[不未没无勿非免别禁停暂缓废撤]|取消|延[期迟后长]|^延|推迟|更正|更改|^改|改[为到期用在]")
_TITLE = re.compile(
    r"(?:主任|科长?|老师|医生|护士|师傅|同志|书记|经理|院长|校长|所长|站长|组长|队长|局长?|处长?|[工姐哥总]$|[工姐哥总](?![程作会]))"
)
_AUDIENCE = re.compile(r"[员长级班组科部局办民户师生人]|家长|单位|各")


class Difference(NamedTuple):
    """One difference: where it stands in each text (code points, an empty span where it has no counterpart) and of what kind."""

    a: Span
    b: Span
    kind: str  # day hour place number name link audience negation other


def _span(read: Read, tokens: Sequence[Token], at: int) -> Span:
    if tokens:
        return read.offsets[tokens[0].start], read.offsets[tokens[-1].end - 1] + 1
    place = read.tokens[at].start if at < len(read.tokens) else len(read.text)
    point = read.offsets[place] if place < len(read.offsets) else (read.offsets[-1] + 1 if read.offsets else 0)
    return point, point


def _kind(tokens: Sequence[Token]) -> str:
    kinds = {token.kind for token in tokens}
    for kind in ("day", "weekday", "hour", "link", "number", "name"):
        if kind in kinds:
            return "day" if kind == "weekday" else kind
    words = "".join(token.value for token in tokens)
    if _NEGATION.search(words):
        return "negation"
    if any(token.layer == "name" for token in tokens):
        return "name"
    if any(token.layer == "audience" for token in tokens) or _AUDIENCE.search(words):
        return "audience"
    return "place" if _PLACE.search(words) else "other"


def _named(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether one or two characters stand where a name does: 老陆, 周科."""
    if not 0 < end - start <= 2 or any(token.key for token in tokens[start:end]):
        return False
    called = start > 0 and tokens[start - 1].value in "老小" and not tokens[start].edge
    behind = "".join(token.value for token in tokens[end : end + 2] if not token.edge)
    return called or (end - start == 1 and tokens[start].layer != "audience" and _TITLE.match(behind) is not None and _opens(tokens, start))


def _opens(tokens: Sequence[Token], start: int) -> bool:
    """Return whether a name may begin here: after a break or a word such as 听, 找, 交."""
    return start == 0 or tokens[start].edge > 0 or tokens[start - 1].value in "听找交请由给向报送叫同跟问联系人把"


def differences(a: Read, b: Read) -> tuple[Difference, ...]:
    """Return where the tokens of two texts differ, in the order of a. What is too long to be aligned is one difference."""
    found = []
    for a0, a1, b0, b1 in aligned(a.tokens, b.tokens):
        one, two = a.tokens[a0:a1], b.tokens[b0:b1]
        named = _named(a.tokens, a0, a1) and _named(b.tokens, b0, b1)
        found.append(Difference(_span(a, one, a0), _span(b, two, b0), "name" if named else _kind([*one, *two])))
    return tuple(found)
