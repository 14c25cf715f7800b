"""A list inside a clause in the order of the other text, whatever else of the clause was edited: 放牧人员、采砂船只于7:30前撤离.

Its first member may have words before it and its last one words behind it. Where these members move, what stands there must be said of
all members: a verb, a preposition, a count. A noun there may belong to one member only (毕业证、体检表原件), and no list is touched then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from qingqun.enrich.repeats.lists import alike
from qingqun.enrich.repeats.parallel import WHEN, breaks
from qingqun.enrich.repeats.token import Edge, Token
from qingqun.enrich.repeats.wording import FOLLOWS, INTRODUCES, NOT

_LONGEST = 14  # tokens before a list, behind it, and of a member
_MOST = 12  # members
_LED = re.compile("[把将在于请给由为向对从是有凭:]|[设放装位]在")  # between what stands before a list and the list
_TIED = re.compile("[于在请把将就也均都要需须应已]")
_DESCRIBES = "的"
_MANY = 3
_BEFORE = re.compile(
    "(?:发现|出现|存在|遇|看到|具备|涉及|包括|包含|负责|位于|来自|通知|提醒|组织|安排|动员|督促|完善|新增|增加|做|抓|落实|检查|清点|收集|提交|统计|补种|供应"
    "|分为|分成|含|三样|重点|严查|排查|整治|清理|关闭|打开|更换|停用|启用|开放|严禁|禁止|防止|防范|预防)$"
)
_BEHIND = re.compile(
    "理(?![发疗赔事由])|汇总(?!表)|撤(?!销)|搬|贴|挂(?![钩号图])|修(?![理车])|拆|交(?![通接警易底])|送|归[还档]|存(?![折单款])|关|打扫|清(?![单洁册运])|上交|上锁"
    "|齐|准备|备齐|备好|装(?![备置])|填|写|录(?![音像])|带|拿|办(?![公法])|退(?!休)|补(?![贴助])|转[移到至入给]|赶|候|巡(?![查逻])|守|派(?!出)|做|放|拍照|检查|登记(?![表册证簿卡本处点])"
    "|签(?![字到名]?[笔表簿])|盖(?!章)|分(?![公店局站行校])|一起|一并|同时|当天|以|是|属|列|纳入|全部|统一|撤|设(?![备施计])|立(?![项案])|查(?![询验])|换|洗|买|缴|领|用(?![品具餐途户])|选|运(?!动)|拍|建(?![筑议材])|核(?![酸心])|传(?![真染单])|逐|随|提前|重新|陆续|及时|务必|要|可|不|没|未|无|等"
)


class _Chain(NamedTuple):
    """The members of a list, with what stands before the first and behind the last; where it begins in its text."""

    at: int
    members: list[Sequence[Token]]
    said: frozenset[str]


Words = tuple[str, ...]


class _Cut(NamedTuple):
    """The members alone, and how many tokens stand before and behind."""

    words: tuple[Words, ...]
    before: int
    behind: int


def _chains(tokens: Sequence[Token]) -> Iterator[_Chain]:
    """Yield the lists of a text, each with its whole clause; none where a clause may hold two."""
    starts = [n for n, token in enumerate(tokens) if not n or (token.edge != Edge.LIST and breaks(tokens[n - 1], token))]
    for start, end in pairwise([*starts, len(tokens)]):
        cuts = [start, *(n for n in range(start + 1, end) if tokens[n].edge == Edge.LIST), end]
        if len(cuts) > 2 and len(cuts) <= _MOST:
            yield _Chain(start, [tokens[x:y] for x, y in pairwise(cuts)], frozenset(_words(tokens[start:end])))


def _words(tokens: Sequence[Token]) -> Words:
    return tuple(token.value for token in tokens)


def _led(member: Sequence[Token], at: int, text: str) -> bool:
    """Return whether a list may begin at a place of its first member: words before it are said of all members."""
    if not at:
        return True
    before, first = member[at - 1], member[at]
    if before.tail or before.kind in WHEN or before.value in INTRODUCES | {"把"} or first.edge:
        return True
    return _LED.search(text[before.end : first.start]) is not None or _BEFORE.search("".join(_words(member[:at]))) is not None


def _followed(member: Sequence[Token], at: int, text: str, count: int) -> bool:
    """Return whether a list may end before a place of its last member: words behind it are said of all members."""
    if at == len(member):
        return True
    last, behind = member[at - 1], member[at]
    if behind.kind in WHEN or behind.value in FOLLOWS or behind.edge:
        return True
    if behind.kind == "number" and re.fullmatch(f"{count}[^0-9]*", behind.value):
        return True
    gap = text[last.end : behind.start]
    tied = _TIED.search(gap) is not None or (_DESCRIBES in gap and count >= _MANY)
    return tied or _BEHIND.match("".join(_words(member[at:]))) is not None


def _cuts(chain: _Chain, text: str) -> Iterator[_Cut]:
    """Yield the ways to tell the members from what stands around them."""
    first, *inner, last = chain.members
    for at in range(min(len(first), _LONGEST)):
        if not _led(first, at, text):
            continue
        for end in range(len(last), max(0, len(last) - _LONGEST), -1):
            if _followed(last, end, text, len(chain.members)):
                yield _Cut((_words(first[at:]), *map(_words, inner), _words(last[:end])), at, len(last) - end)


def _bare(chain: _Chain, cut: _Cut) -> list[list[Token]]:
    """Return the members without what stands around them."""
    members = [list(member) for member in chain.members]
    members[0] = members[0][cut.before :]
    members[-1] = members[-1][: len(members[-1]) - cut.behind]
    return members


def _turned(one: _Chain, two: _Chain, texts: tuple[str, str]) -> list[Token] | None:
    """Return the second list with its members in the order of the first; None if they are not the same members or in that order already."""
    if len(one.members) != len(two.members) or 2 * len(one.said & two.said) < len(two.said):
        return None
    known = {tuple(sorted(cut.words)): cut for cut in _cuts(one, texts[0])}
    for cut in _cuts(two, texts[1]):
        other = known.get(tuple(sorted(cut.words)))
        if other is None or other.words == cut.words:
            continue
        members = _bare(two, cut)
        if alike(members) and not any(NOT & set(words) for words in cut.words):
            return _written(two, cut, [members[cut.words.index(words)] for words in other.words])
    return None


def _written(chain: _Chain, cut: _Cut, members: list[list[Token]]) -> list[Token]:
    """Return the tokens of a list with other members: what stands around them, the marks and what follows stay where they are."""
    places = _bare(chain, cut)
    written = list(chain.members[0][: cut.before])
    for place, member in zip(places, members, strict=True):
        *most, last = [replace(member[0], edge=place[0].edge), *member[1:]]
        written += [*most, replace(last, tail=place[-1].tail)]
    return [*written, *chain.members[-1][len(chain.members[-1]) - cut.behind :]]


def arranged(a: Sequence[Token], b: Sequence[Token], texts: tuple[str, str]) -> list[Token]:
    """Return b with the members of its lists in the order they have in a; `texts`: what both were read from."""
    waiting = list(_chains(a))
    written = list(b)
    for chain in _chains(b) if waiting else ():
        if any(list(map(_words, chain.members)) == list(map(_words, other.members)) for other in waiting):
            continue
        turned = next((found for other in waiting if (found := _turned(other, chain, texts)) is not None), None)
        if turned is not None:
            written[chain.at : chain.at + len(turned)] = turned
    return written
