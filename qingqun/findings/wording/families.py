"""What may stand in the place of words that break a rule: candidates only; the judge decides which of them is lawful.

The wording that is put into a notice is Chinese whatever the page's language, as notices are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from qingqun.enrich.instant import HASTE
from qingqun.findings.wording.cuts import HARD, SOFT, clauses, cuts
from qingqun.findings.wording.times import dated, replaced, written

ANSWER = "办理情况请直接答复本通知，只有发布人看得到。"
REMIND = "还没有办完的，请抽空办理；有困难请告诉我们，一起想办法。"
NEUTRAL = "有需要的可以了解和使用，完全自愿。"
UNCOUNTED = "自愿参加，不作考核依据。"
VOLUNTARY = "有需要的可以"
INSTEAD = (ANSWER, REMIND, NEUTRAL, UNCOUNTED, VOLUNTARY)  # where nothing lawful was asked, one of these is to stand there

_SPREAD = re.compile(r"下载|安装|推广|注册|关注|转发|点赞|投票|扫码|扫一扫|绑定|激活|订阅|使用|加入|参与|分享|评论|答题|学习")
_COUNTS = re.compile(r"[率数量人户者情]|[^\u4e00-\u9fff]{0,2}(?:率|数|量)")
QUOTA = re.compile(r"(?:不少于|不低于|至少)?[0-9一二两三四五六七八九十百]+ ?(?:名|个|位|户|人|次|条|%|\uff05)(?:以上)?")
_ITEM = re.compile(r"\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[、..]|\s*[(\uff08][0-9一二三四五六七八九十]{1,3}[)\uff09]")
_ALL = re.compile(r"务必|必须|一律|全部|全员|人人|马上|立即|抓紧")
_HASTE = re.compile(HASTE)
TRIED = 40_000  # characters of wordings tried for one rule; a notice of 200 has 200 of them
CONFIRM, REPLY = "confirm", "answer"  # what the reader does instead: one tap, or an answer that the author alone sees
_PAIRS = ("\uff08\uff09", "()", "“”", "【】", "《》", "「」", "[]")


class Candidate(NamedTuple):
    """A wording, what of the old one went (code points), and the fields that change with it."""

    text: str
    start: int
    end: int
    confirm: str | None = None
    deadline: datetime | None = None


def asked_to_reply(text: str, _due: datetime | None) -> Iterator[Candidate]:
    """Take out the words that ask for 收到; the reader confirms with one tap instead."""
    yield from _cut(text, confirm=CONFIRM)


def asked_for_photos(text: str, _due: datetime | None) -> Iterator[Candidate]:
    """Take out the words that want pictures in the group; what is needed comes as an answer that the author alone sees."""
    yield from _cut(text, ANSWER, confirm=REPLY)
    yield _instead(text, ANSWER)._replace(confirm=REPLY)


def pressed_to_spread(text: str, _due: datetime | None) -> Iterator[Candidate]:
    """Make an offer out of an order to download, follow or vote; without numbers; else take it out."""
    for start, end in clauses(text):
        found = _SPREAD.search(text, start, end)
        if found and not _COUNTS.match(text, found.end()):
            item = _ITEM.match(text, start)
            offered = (item[0] if item else "") + VOLUNTARY + _ALL.sub("", QUOTA.sub("", text[found.start() : end]))
            yield Candidate(text[:start] + offered + text[end:], start, end)
            counted = _counted(text, end)
            if counted > end:
                yield Candidate(text[:start] + offered.rstrip(SOFT) + "\u3002" + text[counted:], start, counted)
    for one in _cut(text):  # a number alone says nothing once what it counts is gone
        if _SPREAD.search(one.text) or not QUOTA.search(one.text):
            yield one
    yield _instead(text, NEUTRAL)


def offered(clause: str, *, again: bool = False) -> str | None:
    """Return a clause that presses people to download, follow or vote as an offer; None where nothing of it can be offered.

    `again`: one was offered before it; what only says how many, or how one shows it, adds nothing to that.
    """
    found = _SPREAD.search(clause)
    if found is None or _COUNTS.match(clause, found.end()) or (again and QUOTA.search(clause)):
        return None
    item = _ITEM.match(clause)
    return (item[0] if item else "") + VOLUNTARY + _ALL.sub("", QUOTA.sub("", clause[found.start() :]))


def _counted(text: str, end: int) -> int:
    """Return where the clauses end that follow and say how many; `end` where none does."""
    for start, stop in clauses(text):
        if start == end and QUOTA.search(text, start, stop):
            end = stop
    return end


def counted_spreading(text: str, _due: datetime | None) -> Iterator[Candidate]:
    """Take out what counts or ranks downloads and likes."""
    yield from _cut(text)
    yield _instead(text, UNCOUNTED)


def named_in_public(text: str, _due: datetime | None) -> Iterator[Candidate]:
    """Take out who has not answered; they are reminded one by one, privately."""
    yield from _cut(text)
    yield _instead(text, REMIND)


def praised_leaders(text: str, _due: datetime | None) -> Iterator[Candidate]:
    """Take out the report on a leader's day."""
    yield from _cut(text)


def due_too_soon(text: str, due: datetime | None) -> Iterator[Candidate]:
    """Put the closing of the next working day in the place of the time that is too soon."""
    if due is None:
        return
    for changed, start, end in replaced(text, written(due)):
        if dated(text, start, end):
            continue
        yield Candidate(changed, start, end, deadline=due)
        calm = _HASTE.sub("", changed)
        if calm != changed:
            yield Candidate(calm, start, end, deadline=due)


def wanted_at_once(text: str, due: datetime | None) -> Iterator[Candidate]:
    """Take the haste out and name a time instead; a demand for 收到 goes altogether."""
    if due is not None:
        for found in _HASTE.finditer(text):
            told = "" if dated(text, *found.span()) else written(due)
            yield Candidate(text[: found.start()] + told + text[found.end() :], *found.span(), deadline=due if told else None)
    yield from asked_to_reply(text, due)
    yield from due_too_soon(text, due)


def _cut(text: str, added: str = "", confirm: str | None = None) -> Iterator[Candidate]:
    title, _break, body = text.partition("\n")
    at = len(title) + 1
    for cut in cuts(body):
        whole = f"{title}\n{cut.text}"
        if _stands(whole):
            yield Candidate(_ended(whole, added), at + cut.start, at + cut.end, confirm)
    for cut in cuts(title):
        if cut.text.strip() and _stands(whole := f"{cut.text.strip()}\n{body}"):
            yield Candidate(_ended(whole, added), cut.start, cut.end, confirm)


def _instead(text: str, words: str) -> Candidate:
    """Keep the title and put a sentence in the place of the whole text."""
    title, _break, body = text.partition("\n")
    return Candidate(f"{title}\n{words}", len(title) + 1, len(title) + 1 + len(body))


def _stands(text: str) -> bool:
    """Tell whether something is left to send besides the title, with its brackets and quotation marks whole."""
    return any(char.isalnum() for char in text.partition("\n")[2]) and all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS)


def _ended(text: str, added: str) -> str:
    if not added:
        return text
    kept = text.rstrip(SOFT)
    return kept + ("" if kept.endswith(tuple(HARD)) else "\u3002") + added


def best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return each wording once, in the order given; of a long text only as many as can be tried in seconds."""
    found = list({one.text: one for one in reversed(list(candidates))}.values())[::-1]
    return found[: max(1, TRIED // max(1, len(found[0].text)))] if found else []


Family = Callable[[str, datetime | None], Iterator[Candidate]]
FAMILIES: Mapping[str, tuple[Family, str]] = {
    "replychain": (asked_to_reply, "is_reply_demand"),
    "instantreply": (wanted_at_once, "is_reply_demand"),
    "photoproof": (asked_for_photos, "is_photo_proof"),
    "forcedpromotion": (pressed_to_spread, "is_forced_promotion"),
    "assessedpromotion": (counted_spreading, "is_assessed_promotion"),
    "shaming": (named_in_public, "is_shaming"),
    "leaderpublicity": (praised_leaders, "is_leader_publicity"),
    "overtime": (due_too_soon, ""),
    "shortdeadline": (due_too_soon, ""),
}
"""A rule, who makes candidates for it, and the fact that must be gone besides."""
BESIDE = frozenset({"samenotice", "flooding", "roundtheclock"})
"""What hits wordings tried out together because they stand beside each other."""
