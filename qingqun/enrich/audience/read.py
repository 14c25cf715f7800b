"""Reads to whom a text speaks: forms of address at the start of a clause, after 请 and the like, and after a time.

What stands elsewhere is what the text is about: in 核对东塔社区的名单 nobody of 东塔社区 is addressed.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from qingqun.enrich.audience.said import Addressee, Reach
from qingqun.enrich.audience.words import (
    AREA,
    DUTY,
    EACH,
    GENERIC,
    HAN,
    LOCAL,
    NAMED_KINDS,
    NAMED_POST,
    NO_NAME,
    POSTS,
    PUBLIC,
    UNIT_KINDS,
    VAGUE,
)
from qingqun.enrich.normal import trace

_ORDER = (
    "(?:请|必须|务必|应当?|须|需要?|要(?!求)|马上|立即|立刻|抓紧|尽快|赶紧|尽早|你们?|您|麻烦|把(?!关)|将|于|自己"
    "|(?:今|明|后天|本周|下周|本月|\\d)[^,，。;；\\n]{0,14}前)"
)
_ASK = "请|烦请|麻烦|有劳|劳烦|(?:要求|希望|望)(?=各|全|所有|每|大家|人人)|务必|敬请|恳请|特请|还请|再请|提请"
_TIME = "(?:前|内|之前|以前|今天|今日|明天|明日|上午|下午|今晚)(?=各|全|所|每)"
_CUE = re.compile(rf"(?P<start>^|[\n。!！?？;；])|(?P<clause>[,，:：]|\]|】|\))|(?P<ask>{_ASK})|(?P<time>{_TIME})")
_LEAD = re.compile(
    r"(?:【[^】]{0,30}】|\[[^\]]{0,8}\]|@(?:所有人|全体成员|all)|[\s\W_]|转发?[:：]|(?:重要|紧急|温馨)?(?:提醒|提示|通知|通告)[:：]|重要[:：]"
    r"|大家好[,，:：!！]?|各位好[,，:：!！]?)*"
)
_NOT_VERB = f"(?!{NO_NAME})"
_JOIN = re.compile(r"[、和及与/]|以及|[,，](?=各|全体|所有)")
_VAGUE_HEAD = rf"(?:{POSTS}|{UNIT_KINDS}|{GENERIC}|方面?)"
_SOME = re.compile(
    rf"(?:各|所有)?(?:{VAGUE}){HAN}{{0,2}}?{_VAGUE_HEAD}(?:{GENERIC})?"
    rf"|(?:还没|尚未|仍未|没有|没|未){HAN}{{1,8}}?的(?:{_VAGUE_HEAD}|(?=请|抓紧|马上|尽快|务必|赶紧))"
)
_EVERY = re.compile(
    rf"(?:{EACH})(?:{LOCAL})?(?:机关干部|镇村干部|{GENERIC})(?!{HAN}?员)"
    rf"|(?:亲爱的|尊敬的)?{HAN}{{1,3}}们(?=[:：,，!！])"
    r"|大家|诸位|全员|人人|所有人|每个人|你们|全体(?=[,，:：!！\s]|请|务必|要|于|在)|各位(?=[,，:：!！。\s~])"
)
_ALL = re.compile("各位|全体|诸位")
_EACH_ANY = re.compile(rf"各(?!位|个)(?P<kind>{HAN}{{1,6}})(?=\s*[:：、])")
_KIND = f"(?P<kind>{UNIT_KINDS})(?![庭织结])(?:[(（][^()（）]{{0,12}}[)）])?"
_POST = rf"(?P<post>{POSTS}|{NAMED_POST})"
_UNIT_POST = (
    rf"(?:的)?(?:主要|分管|具体|业务|相关)?"
    rf"(?P<post>(?!{PUBLIC})(?:{POSTS}|{HAN}{{1,2}}(?<!动)员|网格长|楼栋长|组长|队长|所长|站长|科长|园长))"
)
_EACH_POST = re.compile(rf"(?:{EACH})(?:(?P<unit>{HAN}{{0,3}}?(?:{UNIT_KINDS})(?![庭织结])){_UNIT_POST})")
_EACH_ROLE = re.compile(
    rf"(?:{EACH})(?!{HAN}{{0,3}}(?:[要请于在把将]|告知|转告|告诉|提醒|通知|动员|督促|组织|引导|协助)){HAN}{{0,2}}?{_POST}"
)
_EACH_UNIT = re.compile(rf"(?:{AREA})?(?:{EACH})(?:{VAGUE})?(?P<name>(?!{NO_NAME}){HAN}{{0,4}}?)?{_KIND}")
_UNIT = re.compile(
    rf"{_NOT_VERB}(?P<name>(?:(?!{EACH}|[的是在把将向按请从]|(?<=[员志长部])[和及与]){HAN}){{1,6}}?"
    rf"(?:(?:{NAMED_KINDS})(?![庭织结])|(?<=[一二三四五六七八九十])班)|[\dA-Z]{{1,4}}(?:班|网格|组))"
    rf"(?:{_UNIT_POST}|(?:{EACH})(?:{GENERIC}))?(?!的)"
)
_ROLE = re.compile(rf"{_NOT_VERB}(?:{HAN}{{0,2}}?{_POST})(?!的)")
_TITLED = re.compile(
    rf"(?!{NO_NAME}|[副正总各本班办室系会处科部站所位])"
    rf"(?:{HAN}(?:副?(?:主任|书记|老师|校长|科长|处长|局长|镇长|乡长|所长|站长|队长|院长|经理|医生|委员|主席|工)|[哥姐总]|部长)"
    rf"|小(?![区组学程时心型额微作店])(?!{HAN}(?:{UNIT_KINDS})){HAN}|老(?![年人旧师百党乡干小城幼])(?!{HAN}(?:{UNIT_KINDS})){HAN})"
)
_AFTER = re.compile(rf"\s*(?:[:：]|{_ORDER})")
_COLON = re.compile(r"\s*[:：]")
_COLON_ORDER = re.compile(rf"\s*[:：]\s*{_ORDER}")
_ASKED = re.compile(rf"\s*[:：,，]?\s*{_ORDER}")
_HEED = re.compile("注意|知悉|放心|理解|谅解|收到|支持|看到|阅")  # asks for no more than reading
_CALLED_ON = re.compile(rf"[,，]\s*{_ORDER}")
_QUANTIFIED = re.compile(f"(?!每)(?:{AREA})?(?:{EACH})")
_CALLED = re.compile(r"\s*[:：,，]")
_TITLE = re.compile("同志|老师|主任|书记")
MOST = 12  # addressees in one list


def addressees(text: str, names: Iterable[str] = ()) -> tuple[Addressee, ...]:
    """Return whom a text addresses, in its order, each once.

    Args:
        text: one message, as written.
        names: names of people that may be met; others are known by their titles only (王主任, 小李).
    """
    plain = trace(text).text
    known = _by_first(frozenset(names))
    found = [one for cue in _CUE.finditer(plain) for one in _after(plain, cue, known)]
    return tuple(dict.fromkeys(found))


def assigned(text: str, name: str) -> bool:
    """Say whether the text gives somebody something to do: 由李敏…, 李敏负责…, 李敏：…."""
    plain, who = trace(text).text, re.escape(name)
    return bool(re.search(rf"由{who}|{who}(?:同志|老师)?(?:{DUTY})", plain))


@lru_cache(4)  # the people of one reader's groups, asked for each message
def _by_first(names: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted({n for n in names if len(n) > 1}, key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return found


def _after(text: str, cue: re.Match[str], known: dict[str, list[str]]) -> list[Addressee]:
    """Return the addressees that stand behind a cue, joined by 、 or 和."""
    asked = cue.lastgroup in {"ask", "time"}
    lead = None if asked else _LEAD.match(text, cue.end())
    at = end = lead.end() if lead else cue.end()
    found: list[Addressee] = []
    for _place in range(MOST):
        one, past = _one(text, at, known, bare=asked or bool(found))
        if one is None:
            break
        found.append(one)
        end = past
        join = _JOIN.match(text, end)
        if not join:
            break
        at = join.end()
    if not found or not (asked or _speaks(text, end, found, started=cue.lastgroup == "start")):
        return []
    wanted = cue.lastgroup == "ask" or bool(_ASKED.match(text, end))
    return [one._replace(asked=wanted and not _HEED.match(text, end)) for one in found]


def _speaks(text: str, end: int, found: list[Addressee], *, started: bool) -> bool:
    """Without 请 before it, a name at the start of a clause is an address only where an order or a colon follows, or where it is a list."""
    reaches = {one.reach for one in found}
    if reaches <= {Reach.EVERYONE, Reach.GREETING, Reach.SOME} or any(
        _QUANTIFIED.match(one.words) and one.words[0] != "每" for one in found
    ):
        return True
    if reaches == {Reach.PERSON} and (len(found) > 1 or (started and _CALLED.match(text, end))):
        return True
    if reaches == {Reach.UNIT} and len(found) == 1 and found[0].words == found[0].head and _COLON.match(text, end):
        return bool(_COLON_ORDER.match(text, end))  # 教务处：选修课调剂结果已导入 is spoken by the office, not to it
    return bool(_AFTER.match(text, end)) or ((started or len(found) > 1) and bool(_CALLED_ON.match(text, end)))


def _one(text: str, at: int, known: dict[str, list[str]], *, bare: bool) -> tuple[Addressee | None, int]:
    """Read one addressee at a place and return it with its end; the narrowest form that fits: 财务室王芳 is 王芳."""
    person = _named(text, at, known)
    if person:
        return person
    for pattern, reach in _FORMS:
        match = pattern.match(text, at)
        if match and (bare or pattern is not _ROLE or _AFTER.match(text, match.end())):
            return _named(text, match.end(), known) or (_made(match, reach, text), match.end())
    return None, at


def _named(text: str, at: int, known: dict[str, list[str]]) -> tuple[Addressee, int] | None:
    name = next((name for name in known.get(text[at : at + 1], ()) if text.startswith(name, at)), None)
    title = _TITLE.match(text, at + len(name)) if name else None
    return (Addressee(name, Reach.PERSON, name), title.end() if title else at + len(name)) if name else None


def _made(match: re.Match[str], reach: Reach, text: str) -> Addressee:
    groups = match.groupdict()
    post = groups.get("post") or ""
    if reach is Reach.EVERYONE and re.match(r"\s*(?:[:：,，!！~]|好)", text[match.end() :]):
        return Addressee(match.group(), Reach.GREETING, "")
    if reach is Reach.UNIT and post:
        return Addressee(match.group(), Reach.ROLE, post, unit=groups["name"])
    heads = {Reach.UNITS: groups.get("kind"), Reach.UNIT: groups.get("name"), Reach.ROLE: match.group(), Reach.PERSON: match.group()}
    return Addressee(match.group(), reach, heads.get(reach) or "")


_FORMS = (
    (_SOME, Reach.SOME),
    (_EVERY, Reach.EVERYONE),
    (_EACH_POST, Reach.ROLE),
    (_EACH_ROLE, Reach.ROLE),
    (_EACH_UNIT, Reach.UNITS),
    (_TITLED, Reach.PERSON),
    (_UNIT, Reach.UNIT),
    (_ROLE, Reach.ROLE),
    (_EACH_ANY, Reach.UNITS),
    (_ALL, Reach.EVERYONE),
)
