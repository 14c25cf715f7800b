"""Where two notices differ, as spans of the texts as they were sent."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from qingqun.enrich.repeats.tokens import Read, Token
from qingqun.enrich.repeats.wording import NEGATIONS

Span = tuple[int, int]
_PLACE = re.compile(r"[楼层室厅馆场路街巷村镇乡县市区校院园站所桥河门口点店库厂东西南北]")
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
    if any(char in NEGATIONS for char in words):
        return "negation"
    if any(token.layer == "name" for token in tokens):
        return "name"
    if any(token.layer == "audience" for token in tokens) or _AUDIENCE.search(words):
        return "audience"
    return "place" if _PLACE.search(words) else "other"


def differences(a: Read, b: Read) -> tuple[Difference, ...]:
    """Return where the tokens of two texts differ, in the order of a."""
    matcher = SequenceMatcher(None, [t.value for t in a.tokens], [t.value for t in b.tokens], autojunk=False)
    found = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag != "equal":
            one, two = a.tokens[a0:a1], b.tokens[b0:b1]
            found.append(Difference(_span(a, one, a0), _span(b, two, b0), _kind([*one, *two])))
    return tuple(found)
