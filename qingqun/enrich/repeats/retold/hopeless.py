"""Two texts that cannot be told alike, found by counting: a character that no list knows, or facts that differ on both sides.

Most texts that are compared are one form filled in anew; they need no closer look.
"""

import re
from collections import Counter
from functools import cache

from qingqun.enrich.repeats.layers import WEEKDAY, YEAR
from qingqun.enrich.repeats.retold.lexicon import known_words
from qingqun.enrich.repeats.retold.words.spare import PLACED
from qingqun.enrich.repeats.token import Read

_HAN = re.compile("[\u3400-\u9fff]")
# Characters of who somebody is, which may be told more fully than in the other text (residue.py), and so need no list.
_HEADS = "负责人同志支书记主任干部人员老师傅板家长学生同业户住居民村员工成朋友统计联络信息"
_HEADS += "系经办管理安全会出纳财务内勤领导代表法营者群用客商市众读旅乘患的要分管相关有好"
_SOFT = (WEEKDAY, YEAR)
_UNIT = re.compile("[^0-9.]+")
_LOOSE = ("period", "month", "hour")  # facts that one copy may name and the other imply


@cache
def _alphabet() -> frozenset[str]:
    """Return every character that a list of words knows."""
    return frozenset(_HAN.findall("".join((*known_words(), *PLACED, _HEADS))))


def _extra(one: Read, two: Read) -> Counter[str]:
    """Return what the first says beyond the second, outside the layers around a notice."""
    there = Counter(token.value for token in two.tokens)
    return Counter(token.value for token in one.tokens if not token.layer) - there


def _facts(one: Read, extra: Counter[str]) -> set[str]:
    """Return the facts a text has beyond the other: numbers without their unit, days and links as they are."""
    said = (t for t in one.tokens if t.key and not t.layer and t.key not in _LOOSE and t.kind not in _SOFT and t.value in extra)
    return {_UNIT.sub("", token.value) if "#" in token.key else token.value for token in said}


def hopeless(a: Read, b: Read) -> bool:
    """Return whether no list can make one text the other."""
    one, two = _extra(a, b), _extra(b, a)
    facts = _facts(a, one), _facts(b, two)
    if all(facts) and not facts[0] & facts[1]:
        return True
    letters = _alphabet()
    strange = (value for extra, other in ((one, b), (two, a)) for value in extra if len(value) == 1 and value not in other.text)
    return any(_HAN.match(value) and value not in letters for value in strange)
