"""A text without what may not be asked in it: clause by clause, so that everything else its author asks for stays, and by when.

Each clause is labelled by itself: what carries a forbidden kind is made an offer, loses the words that ask for proof, or goes; no other
clause is touched.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from qingqun.enrich.deadline.read import Reader
from qingqun.enrich.labels import label_texts
from qingqun.enrich.normal import trace
from qingqun.findings.wording.cuts import HARD, SOFT, clauses, without
from qingqun.findings.wording.families import ANSWER, CONFIRM, QUOTA, REPLY, offered

PLAINLY = 0.9  # two words alone are easily taken for something; whether the whole is healed the judge says
MOST = 200  # clauses of a text that is looked at so closely
FREELY = "，完全自愿，不统计、不排名"
FORCED, PHOTO, REPLIES = "forced_promotion", "photo_proof", "reply_demand"
KINDS = {  # the rules that forbid what a text asks for or says, and the label of it
    "replychain": REPLIES,
    "instantreply": REPLIES,
    "photoproof": PHOTO,
    "forcedpromotion": FORCED,
    "assessedpromotion": "assessed_promotion",
    "shaming": "shaming",
    "leaderpublicity": "leader_publicity",
}
_MARKS = SOFT + HARD
_PICTURE = "(?:照片|图片|相片|截图|截屏|视频|影像|定位|位置)"
_GROUP = "(?:(?:上传|发送|发布|反馈|[发传晒报放贴])?(?:到|至|进|在|于)?(?:[本各]?工作|微信|QQ|钉钉|大|本)?群(?:里面|里|内|中|聊)?)"
_TAKEN = re.compile(
    rf"(?:并|且|要|须|需|请|必须|一律|务必)*(?:拍照|拍摄|拍(?:好|下|成)?{_PICTURE})(?:留存|留痕|打卡|取证|记录)?(?:并|后|且|、)?"
)
_SENT = re.compile(
    rf"(?:并|且|以)?(?:上传|发送|提供|附上?|留存|晒出?|[发传晒拍报])(?P<what>[^,\uff0c。]{{0,8}}?)(?:现场|工作)?{_PICTURE}(?:的?(?:形式|方式))?"
)
_INTO = re.compile(_GROUP)
# 把入户走访的照片发到群里, 在群里上传走访照片: what it is of stays, and comes as an answer; of nothing named none is asked for.
_PHOTO_OF = re.compile(
    rf"(?:(?:将|把)(?P<of>[^,\uff0c。将把]{{2,20}}?{_PICTURE})(?:等|材料|资料)*[^,\uff0c。]{{0,4}}?(?:上传|发送|发布|反馈|[发传晒报放贴])"
    rf"[^,\uff0c。群]{{0,6}}群(?:里面|里|内|中|聊)?"
    rf"|(?:在|到)[^,\uff0c。群]{{0,4}}群(?:里面|里|内|中|聊)?(?:上传|发送|发布|晒出?|提供|[发传晒报放贴])(?P<shown>[^,\uff0c。]{{2,20}}?{_PICTURE})"
    rf"|(?:上传|发送|晒出?)(?P<given>[^,\uff0c。]{{2,20}}?{_PICTURE})(?:到|至|进|在)[^,\uff0c。群]{{0,4}}群(?:里面|里|内|中|聊)?)"
)
_LINKS = re.compile(r"(?:并|且|要|须|需|应|一律|必须|务必|及时|同时|立即|马上|尽快)+$")
TAIL = 4  # characters behind the group that only say what the picture is for there: 打卡, 留存备查
_PRIVATELY = "直接答复本通知，只有发布人看得到"
_OBJECT = re.compile(rf"(?:并|且)?(?:将|把)[^,\uff0c。]{{0,10}}{_PICTURE}")
_ITEM = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[、.]|[(\uff08][0-9一二三四五六七八九十]{1,3}[)\uff09]")
_BACK = re.compile(r"(?:并|且|要|须|需|应|请|时|后|一律|必须|务必|及时|全程|同时|将|把)+$")
_EMPTY = re.compile(
    r"请|各[^,\uff0c]?(?:单位|社区|村|科室|部门|组)?|并|将|把|及时|上传|发送|报送|[发传报]|[到至时要需须的]|每[天日]|大家"
    r"|全体(?:人员|干部|职工)*"
)
_NOTHING = re.compile(
    r"[^,\uff0c。]{0,16}[:\uff1a]$|特此(?:通知|告知)|(?:谢谢|感谢)[^,\uff0c。]{0,6}|(?:各|全体|大家)[^,\uff0c。]{0,8}(?:好|注意)?$"
    r"|(?:以上|此)[^,\uff0c。]{0,4}(?:通知|要求)"
)
_COUNT = re.compile(rf"(?:每|各|人均|平均)[^,\uff0c。]{{0,8}}?{QUOTA.pattern}")  # 每个社区不少于50人: of what stands before it
ENOUGH, LEAST = 4, 2  # characters that say something: of a clause, and of what is left of one besides the time and who is meant


class Healed(NamedTuple):
    """A whole text (title, line feed, body), what else changes with it, and whether nothing of what was asked is left."""

    text: str
    confirm: str | None
    hollow: bool
    timed: bool = False  # a time went with a demand for 收到: it is the time to confirm by


class _Clause(NamedTuple):
    start: int
    end: int
    words: str
    kinds: frozenset[str]


def heal(whole: str, kinds: Collection[str]) -> list[Healed]:
    """Return texts without what is of these kinds, the one that keeps most first; none where no clause can be told apart.

    Where something is made an offer, the others say more and more plainly that it is one.
    """
    title, _break, body = whole.partition("\n")
    found = _parted(title, body)
    every = frozenset(kinds)
    if not any(one.kinds & every for one in found):
        return []
    made = [_made(one, every, found[:at]) for at, one in enumerate(found)]
    several = [made, _freely(found, made, every, short=False), _freely(found, made, every, short=True)]
    return [one for words in several if words for one in _healed(title, body, found, words, every)]


def _freely(found: Sequence[_Clause], made: Sequence[str | None], kinds: frozenset[str], *, short: bool) -> list[str | None] | None:
    """Say behind the last offer that it is one; `short`: only the first thing of each is offered."""
    offers = [at for at, one in enumerate(found) if FORCED in one.kinds & kinds and made[at]]
    if not offers:
        return None
    changed = [(_short(words) if short else words) if at in offers and words else words for at, words in enumerate(made)]
    changed[offers[-1]] = f"{changed[offers[-1]]}{FREELY}"
    return changed


def _short(words: str) -> str:
    return next((words[:at] for at in _joins(words) if words[:at].count("“") == words[:at].count("”")), words)


def _healed(title: str, body: str, found: Sequence[_Clause], made: Sequence[str | None], every: frozenset[str]) -> Iterator[Healed]:
    kept = tuple(one.words for one in found if not one.kinds and _says(one.words))
    told = [one.kinds for one, words in zip(found, made, strict=True) if one.kinds & every and words]
    text, hollow = _joined(body, found, made), not kept and all(FORCED in kinds for kinds in told)
    asked = frozenset[str]().union(*(one.kinds for one in found)) & every
    if hollow and not told:
        return
    confirm = None if hollow else REPLY if PHOTO in asked else CONFIRM if REPLIES in asked else None
    for added in _answers(_lost(found, made, PHOTO)) if confirm == REPLY and _PRIVATELY not in text else [""]:
        whole = _ended(text, added)
        if whole.strip(_MARKS):
            yield Healed(f"{title}\n{whole}", confirm, hollow, bool(_lost(found, made, REPLIES)))


def kept_clauses(whole: str) -> tuple[str, ...]:
    """Return the clauses of a text's body that say something and carry nothing forbidden."""
    title, _break, body = whole.partition("\n")
    return tuple(one.words for one in _parted(title, body) if not one.kinds and _says(one.words))


@lru_cache(maxsize=8)
def _parted(title: str, body: str) -> tuple[_Clause, ...]:
    """Tell of each clause what it carries by itself; of a kind that none does, which clauses the whole carries it by."""
    spans = clauses(body)
    if not spans or len(spans) > MOST:
        return ()
    bare = [body[start:end].strip(_MARKS) for start, end in spans]
    rest = [f"{title}\n{body[:start]}{body[end:]}" for start, end in spans]
    said = label_texts(pl.Series([f"{title}\n{body}", *bare, *rest])).to_dicts()
    alone, left = [_kinds(one) for one in said[1 : len(spans) + 1]], [_kinds(one) for one in said[len(spans) + 1 :]]
    hidden = _kinds(said[0]) - frozenset[str]().union(*alone)
    found: list[_Clause] = []
    for at, (start, end) in enumerate(spans):
        through = {kind for kind in hidden if kind not in left[at] and (not alone[at] or not _elsewhere(kind, alone, left))}
        carried = alone[at] | through
        if not carried and found and FORCED in found[-1].kinds and _COUNT.fullmatch(bare[at]):
            carried = frozenset({FORCED})
        found.append(_Clause(start, end, bare[at], carried))
    return tuple(found)


def _kinds(said: Mapping[str, object]) -> frozenset[str]:
    return frozenset(kind for kind in KINDS.values() if said[f"is_{kind}"])


def _elsewhere(kind: str, alone: Sequence[frozenset[str]], left: Sequence[frozenset[str]]) -> bool:
    """Tell whether a clause that is not to blame for anything else carries a kind."""
    return any(not one and kind not in rest for one, rest in zip(alone, left, strict=True))


def _made(one: _Clause, kinds: frozenset[str], before: Sequence[_Clause]) -> str | None:
    """Return what stands in the place of a clause: itself, other words, or nothing."""
    bad = one.kinds & kinds
    if not bad:
        return one.words
    if FORCED in bad:
        return offered(one.words, again=any(FORCED in earlier.kinds for earlier in before))
    return next((words for words in (_unproved(one.words) if PHOTO in bad else _headed(one.words)) if _clean(words)), None)


def _unproved(words: str) -> list[str]:
    """Return a clause without the words that want pictures in the group, the wholest first."""
    return [*_as_answer(words), *_cut_short(words)]


def _as_answer(words: str) -> list[str]:
    """Return a clause with the same picture as an answer that the author alone sees: 入户走访的照片请直接答复本通知."""
    found = _PHOTO_OF.search(words)
    if found is None or _TAKEN.search(words) or len(words) - found.end() > TAIL:
        return []
    head = _LINKS.sub("", words[: found.start()].replace("请", "", 1))
    what = found["of"] or found["shown"] or found["given"]
    return [f"{head}请把{what}{_PRIVATELY}" if head.endswith(("前", "后", "内", "时")) else f"{head}{what}请{_PRIVATELY}"]


def _cut_short(words: str) -> list[str]:
    sent = _SENT.search(words)
    found = [_INTO.sub("", _TAKEN.sub("", words))]
    if sent:
        found = [_INTO.sub("", _TAKEN.sub("", words[: sent.start()] + sent["what"] + words[sent.end() :]))]
    taken = _TAKEN.search(words) or sent
    if taken:
        found.insert(0, _BACK.sub("", words[: taken.start()]))
    return [_BACK.sub("", _OBJECT.sub("", one)) for one in found]


def _headed(words: str) -> list[str]:
    """Return what stands before a joining word."""
    cut = [one.text for one in (without(words, at, len(words)) for at in _joins(words)) if one.text.strip(_MARKS) != words]
    return [one.rstrip(_MARKS) for one in cut]


def _joins(words: str) -> list[int]:
    return [found.start() for found in re.finditer(r"并(?:且|请|在|于)?|同时|然后|以及", words) if found.start() >= ENOUGH]


def _says(words: str) -> bool:
    """Tell whether a clause says more than a greeting or a closing phrase."""
    return sum(char.isalnum() for char in words) >= ENOUGH and not _NOTHING.fullmatch(words)


def _clean(words: str) -> bool:
    """Tell whether something is left, and nothing forbidden in it."""
    plain = trace(_ITEM.sub("", words, count=1)).text
    for time in reversed(list(Reader(plain))):
        plain = plain[: time.start] + plain[time.end :]
    if sum(char.isalnum() for char in _EMPTY.sub("", plain)) < LEAST:
        return False
    said = label_texts(pl.Series([words])).row(0, named=True)
    return all(said[f"score_{kind}"] < PLAINLY for kind in KINDS.values())


def _joined(body: str, found: Sequence[_Clause], made: Sequence[str | None]) -> str:
    """Put the clauses together again, each with its own marks; what ends a sentence stays when the last clause of it goes."""
    text = body[: found[0].start]
    for one, words in zip(found, made, strict=True):
        raw = body[one.start : one.end]
        head, tail = raw[: len(raw) - len(raw.lstrip(_MARKS))], raw[len(raw.rstrip(_MARKS)) :]
        if words is not None:
            text += head + words + tail
        elif any(char in HARD for char in tail):
            text = text.rstrip(SOFT)
            text += "" if not text or text.endswith(tuple(HARD)) else tail
            text += "\n" if "\n" in tail and text and not text.endswith("\n") else ""
    kept = text.strip().rstrip(SOFT)
    return kept if not kept or kept.endswith(tuple(HARD)) or not body.rstrip().endswith(tuple(HARD)) else f"{kept}。"


def _lost(found: Sequence[_Clause], made: Sequence[str | None], kind: str) -> str:
    """Return the words of the time that stood in a clause of a kind and went with it; empty where none did."""
    for one, words in zip(found, made, strict=True):
        if one.kinds == {kind}:
            normal = trace(one.words)
            for time in Reader(normal.text):
                said = one.words[normal.offsets[time.start] : normal.offsets[time.end - 1] + 1]
                if time.mark.endswith(("前", "内")) and said not in (words or ""):
                    return said
    return ""


def _answers(time: str) -> list[str]:
    """Return what may stand at the end where pictures were asked for: how it comes back, and by when if that went with them."""
    return [ANSWER.replace("请", f"请于{time}", 1), f"请于{time}完成。"] if time else [ANSWER]


def _ended(text: str, added: str) -> str:
    kept = text.rstrip(SOFT)
    if not added:
        return text
    return kept + ("" if not kept or kept.endswith(tuple(HARD)) else "。") + added
