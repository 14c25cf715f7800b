"""Nobody is recognised in a quote: names, numbers, addresses and plates are crossed out, and positions can be followed through it.

What always holds: no name of a known member and no run of seven digits is left. Where crossing out cannot reach that,
there is no text at all. Titles stay (王××主任), because a post is no secret and a sentence without it is not understood.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

CROSS = "××"
_PLAIN = (  # surnames that begin few other words
    "王李张刘陈杨赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪廖贾夏韦付邹孟熊秦邱尹"
    "薛闫侯陶黎贺顾郝龚邵覃戴莫汤康牛樊葛邢伍庞颜倪庄聂章鲁岳翟殷詹欧耿焦柳符舒柯纪梅凌毕季裴霍涂翁冉骆蓝辛靳管蒙鲍华蒲滕屈饶牟艾"
    "阳穆卓吉缪芦褚娄窦戚岑冷晏柏宗瞿桂佟臧闵苟邬卞姬仇栾隋刁巫寇桑郎甄丛虞敖巩佘苑迟邝"
)
_ALSO_WORDS = (  # surnames that begin many: 单位, 方式, 高龄
    "方单包项和连路成应查车景宫费卜池古司党商全师关安边卫温盛明高马白黄金江石万严钱毛龙雷田柴游苗谷左甘农麦米施申喻解乔阮易齐仲尚"
    "祝宁曲祁简尤麻沙荣席史武孔段房范余童"
)
_SURNAMES = _PLAIN + _ALSO_WORDS
_TITLES = (
    "主任|书记|老师|校长|科长|处长|局长|镇长|乡长|区长|县长|市长|所长|站长|队长|院长|部长|秘书长|组长|经理|医生|护士长|同志|委员|干事|主席"
)
_HAN = "[\u4e00-\u9fff]"
_TITLED = f"(?:[{_SURNAMES}](?=副?(?:{_TITLES}))|[{_PLAIN}]{_HAN}{{1,2}}?(?=副?(?:{_TITLES})))"
_LEAD = "联系人|联络人|联系|经办人|负责人|值班员|带班领导|姓名|咨询|找"  # a name follows
_LED = f"(?!{_TITLED})(?:[{_PLAIN}]{_HAN}{{1,2}}|[{_ALSO_WORDS}]{_HAN}{{2}}(?!{_HAN}))"
_PLACES = "村区镇乡街组社庄屯路科室局办站校群院所队部委厅府市县省州湾桥湖山"  # 王家村 is nobody
_LISTED = f"[{_PLAIN}]{_HAN}?(?![{_PLACES}]){_HAN}"
_ENDS = "\\s,\uff0c\u3002;\uff1b:\uff1a!\uff01?\uff1f\u3001()\uff08\uff09\\[\\]\u3010\u3011<>\u300a\u300b\"'\u201c\u201d"
# Digits of every script count here: this is not a fact of a rule, it never runs on another engine.
KINDS = {
    "mail": r"[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+",
    "url": rf"https?://(?:(?!{_HAN})\S)+",
    "digits": r"\d(?:[ \-\u2014\u2013\u3000\xa0]?\d){5,}[Xx]?",
    "plate": r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][\xb7\u2022 ]?[A-HJ-NP-Z0-9]{5,6}",
    "at": rf"[@\uff20](?!所有人|全体|all\b|All\b)[^@\uff20{_ENDS}]{{1,20}}",
    "led": rf"(?P<lead>(?:{_LEAD})[:\uff1a ]?){_LED}",
    "list": rf"{_LISTED}(?:\u3001{_LISTED})+",
    "titled": _TITLED,
}
CUES = {
    "mail": "@",
    "url": "http",
    "digits": r"\d(?:[ \-\x{2014}\x{2013}\x{3000}\x{a0}]?\d){5}",
    "plate": "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]",
    "at": "[@\uff20]",
    "led": _LEAD,
    "list": "\u3001",
    "titled": _TITLES,
}
"""A text without the cue holds nothing of the kind: in the dialect RE2 accepts, to ask whole columns."""
_FOLLOWS_NAME = re.compile(rf"(?:副)?(?:{_TITLES})$")
_RUN = re.compile(r"\d{7}")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of people that must not show, by first character, the longest first."""

    by_first: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Iterable[str | None]) -> Self:
        """Take names as exports give them; null, blank and purely decorative ones are left out."""
        kept = {name.strip() for name in names if name and any(c.isalnum() for c in name) and CROSS[0] not in name}
        first: dict[str, list[str]] = {}
        for name in sorted(kept, key=len, reverse=True):
            first.setdefault(name[0], []).append(name)
        return cls({key: tuple(value) for key, value in first.items()})

    def among(self, text: str) -> list[str]:
        """Return the known names that stand anywhere in the text."""
        return [name for first in set(text) for name in self.by_first.get(first, ()) if name in text]

    def within(self, text: str) -> bool:
        """Say whether any known name stands anywhere in the text."""
        return bool(self.among(text))


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its secrets crossed out. `cuts` are (start in the original, start here), ascending."""

    text: str
    cuts: tuple[tuple[int, int], ...]

    def position(self, original: int) -> int:
        """Return where a position of the original stands here; inside something crossed out, where that begins."""
        i = bisect_right(self.cuts, (original, len(self.text))) - 1
        start, here = self.cuts[i]
        following = self.cuts[i + 1][1] if i + 1 < len(self.cuts) else len(self.text)
        return min(here + original - start, following)


def mask(text: str, names: Names) -> Masked | None:
    """Cross out what identifies a person; None where that cannot be promised. Line breaks and tabs become spaces, one for one."""
    flat = "".join(" " if c.isspace() else c for c in text)
    masked = crossed(flat, names.among(flat))
    return None if names.within(masked.text) or numbered(masked.text) else masked


def crossed(flat: str, names: Sequence[str], kinds: tuple[str, ...] = tuple(KINDS)) -> Masked:
    """Cross out secrets of these kinds, and these names, in a text without line breaks and tabs."""
    found = [(m.start(), m.end(), _instead(m)) for m in _secrets(kinds).finditer(flat)] if kinds else []
    found += [(start, end, _instead_of_name(flat[start:end])) for start, end in _named(flat, names)]
    return _replace(flat, _merged(sorted(found)))


def numbered(text: str) -> bool:
    """Say whether a run of seven digits stands in the text."""
    return _RUN.search(text) is not None


@cache
def _secrets(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{KINDS[kind]})" for kind in kinds))


def _named(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand, from left to right, of several at one place the longest."""
    end = 0
    while places := [(at, -len(name)) for name in names if (at := text.find(name, end)) >= 0]:
        start, length = min(places)
        end = start - length
        yield start, end


def _instead(match: re.Match[str]) -> str:
    matters = match.group()
    if match.lastgroup == "url":
        host = matters.split("/")[2].split("@")[-1].split("?")[0]
        return f"{'/'.join(matters.split('/')[:2])}/{host}/…"
    if match.lastgroup == "titled":
        return matters[0] + CROSS
    if match.lastgroup == "list":
        return "\u3001".join([CROSS] * (matters.count("\u3001") + 1))
    return {"at": "@", "led": match.groupdict().get("lead", "")}.get(str(match.lastgroup), "") + CROSS


def _instead_of_name(name: str) -> str:
    title = _FOLLOWS_NAME.search(name)
    kept = title.group() if title and title.start() > 0 else ""
    return (name[0] + CROSS + kept) if kept and name[0] in _SURNAMES else CROSS


def _merged(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    merged: list[tuple[int, int, str]] = []
    for start, end, instead in found:
        if merged and start < merged[-1][1]:
            first, last, was = merged.pop()
            whole = instead if start == first and end >= last else was if end <= last else CROSS
            merged.append((first, max(end, last), whole))
        else:
            merged.append((start, end, instead))
    return merged


def _replace(text: str, spans: list[tuple[int, int, str]]) -> Masked:
    parts: list[str] = []
    cuts = [(0, 0)]
    done = length = 0
    for start, end, instead in spans:
        parts += [text[done:start], instead]
        length += start - done
        cuts.append((start, length))
        length += len(instead)
        cuts.append((end, length))
        done = end
    return Masked("".join([*parts, text[done:]]), tuple(cuts))
