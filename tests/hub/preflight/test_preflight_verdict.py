"""What the desk says about a draft and what the audit says about the same message later is the same verdict."""

import json
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest
from hub_help import beijing, written
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.enrich import enrich, labels
from qingqun.findings import gather
from qingqun.findings.draft import together
from qingqun.findings.gather import Scene
from qingqun.findings.mask import Names
from qingqun.findings.quote import quotes
from qingqun.findings.roster import roster
from qingqun.hub import preflight, story
from qingqun.hub.models import Draft
from qingqun.hub.moment import from_ms, to_ms
from qingqun.hub.preflight.ground import Ground
from qingqun.hub.preflight.history import message, table
from qingqun.hub.preflight.judging import Looked, look
from qingqun.hub.preflight.remark import Remark, remarks
from qingqun.judge import asked, bind, judge, verdict
from qingqun.judge.verdict import input_hash
from qingqun.words import GROUPS as NO_GROUPS
from qingqun.words import MEMBERSHIPS, Kind, Level, Message, Pack, Verdict

CORPUS = Path(__file__).parents[3] / "data" / "messages"
START = beijing("2026-03-09 07:00")
PEOPLE, GROUPS = ("张主任", "小李", "外人"), ("甲群", "乙群")
SAID = ("收到", "[图片]", "收到,谢谢", "请各村今晚八点前报送统计表,收到请回复", "机密★10年 关于有关工作的部署")


@cache
def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def _texts() -> list[str]:
    return [row["text"] for name in ("blind", "unseen") for row in _rows(name)]


@cache
def _pack() -> Pack:
    return packs.load(["national", "hubei", "xiangzhou"], START.date())


@st.composite
def chats(draw: st.DrawFn) -> list[Message]:
    """Give a chat in order of time: what offices write, and what answers it."""
    said = st.one_of(st.sampled_from(SAID), st.sampled_from(_texts()))
    at, found = START, []
    for line in range(draw(st.integers(2, 9))):
        at += timedelta(seconds=draw(st.sampled_from((1, 40, 600, 7_200, 40_000))))
        text = draw(said)
        one = message(text, to_ms(at), draw(st.sampled_from(GROUPS)), draw(st.sampled_from(PEOPLE)), line)
        found.append(one._replace(kind=Kind.IMAGE if text == "[图片]" else Kind.TEXT))
    return found


def _audited(messages: list[Message], row: int) -> Verdict:
    judged = judge(enrich(table(messages), Hours.default(), asked("messages", _pack())), "messages", _pack())
    return verdict(judged, row)


Said = tuple[str, str, frozenset[str], str | None]  # rule and title, level, clauses, quote


def _desk(chat: list[Message]) -> set[Said]:
    """Return what the desk says of the last message: rule, level, clauses, and the quote its marked words would give a finding."""
    looked = look(chat[-1], Ground(Hours.default(), _pack(), table(chat[:-1])))
    level = {one.rule: min((b.level for b in together(looked.bindings)[one.rule]), key=list(Level).index) for one in _remarks(chat, looked)}
    return {
        (
            f"{one.rule} {one.title}",
            str(level[one.rule] if one.held else one.level),
            frozenset(c.id for c in one.clauses),
            _quoted(chat[-1].text, one.span),
        )
        for one in _remarks(chat, looked)
    }


def _remarks(chat: list[Message], looked: Looked) -> list[Remark]:
    return [one for one in remarks(chat[-1].text, looked, bind("messages", _pack())) if not one.foreseen]


def _quoted(text: str, span: tuple[int, int] | None) -> str | None:
    return quotes([(text, span)], Names.of(PEOPLE))[0] if span else None


def _found(chat: list[Message]) -> Counter[tuple[object, ...]]:
    """Count the audit's findings and hints with all they say."""
    judged = judge(enrich(table(chat), Hours.default(), asked("messages", _pack())), "messages", _pack())
    facts = cast("pl.DataFrame", judged.frame)
    known = roster(facts, MEMBERSHIPS.to_frame(), NO_GROUPS.to_frame())
    made = gather.messages(judged, Scene(known, Names.of(PEOPLE), labels.spans))
    return Counter(
        (
            f"{row['rule']} {row['title']}",
            row["level"],
            frozenset(c["id"] for c in row["clauses"]),
            row["quote"],
            row["evidence"],
            row["at"],
            row["input_hash"],
        )
        for row in pl.concat([made.findings, made.hints]).iter_rows(named=True)
    )


def _added(chat: list[Message]) -> set[Said]:
    """Return what the audit puts down for the last message: to itself, or to a burst it makes longer; not to the notice it answers."""
    new, own = _found(chat) - _found(chat[:-1]), input_hash(chat[-1].text)
    at = from_ms(chat[-1].sent_at)
    return {
        (str(r[0]), str(r[1]), cast("frozenset[str]", r[2]), cast("str | None", r[3]))
        for r in new
        if not r[6] or (r[5] == at and r[6] == own)
    }


def _same(desk: set[Said], audit: set[Said]) -> None:
    """Rule, level and clauses are the same; the words the desk marks are those the audit quotes, where it quotes at all."""
    assert {one[:3] for one in desk} == {one[:3] for one in audit}
    quoted = {one[:3]: one[3] for one in audit}
    for one in desk:
        assert one[3] is None or quoted[one[:3]] in {None, one[3]}


@settings(max_examples=25, deadline=None)
@given(chats())
def test_level_clauses_and_marked_words_are_the_audits(chat: list[Message]) -> None:
    _same(_desk(chat), _added(chat))


@pytest.mark.parametrize("place", range(24))
def test_level_clauses_and_marked_words_of_the_corpus_are_the_audits(place: int) -> None:
    texts = _texts()
    at = START + timedelta(hours=place * 5)
    for n, text in enumerate(texts[place :: len(texts) // 6]):
        one = message(text, to_ms(at + timedelta(minutes=n)), GROUPS[n % 2], PEOPLE[n % 3], n)
        _same(_desk([one]), _added([one]))


TWICE = (
    "【紧急通知】请各村今晚十点前报送党员信息统计表",
    "请各村今晚八点前把花名册报来,收到请回复",
    "县气象台发布大风蓝色预警,请各村注意防范",
)


@pytest.mark.parametrize("text", TWICE)
def test_what_two_rules_forbid_is_one_remark_as_it_is_one_finding(text: str) -> None:
    one = message(text, to_ms(beijing("2026-03-11 20:15")), "甲群", "张主任", 0)
    _same(_desk([one]), _added([one]))
    assert len(look(one, Ground(Hours.default(), _pack())).rules) > len(_desk([one]))


def test_in_a_long_draft_the_audit_quotes_just_what_the_desk_marks() -> None:
    text = "请各村今天完成汛前巡查，重点看低洼地带、老旧房屋、在建工地和沿河住户，下班前报送情况表。入户照片一律发到群里。"
    text += "巡查中发现隐患的先处置再登记，表格格式和上周相同，有不清楚的地方打电话问应急办。"
    one = message(text, to_ms(beijing("2026-03-11 10:00")), "甲群", "张主任", 0)
    (photo,) = (said for said in _desk([one]) if said[0].startswith("photoproof"))
    assert photo[3] is not None
    assert "照片" in photo[3]
    _same(_desk([one]), _added([one]))


@settings(max_examples=25)
@given(chats(), st.data())
def test_a_draft_is_judged_as_the_audit_judges_it_with_all_that_came_later(chat: list[Message], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(chat) - 1))
    ground = Ground(Hours.default(), _pack(), table(chat[:row]))
    assert look(chat[row], ground).verdict == _audited(chat, row)


@pytest.mark.parametrize("place", range(12))
def test_each_corpus_message_gets_one_verdict_from_desk_and_audit(office_lite: SimpleNamespace, place: int) -> None:
    rows = _rows("blind")
    row = rows[place * len(rows) // 12]
    at = datetime.fromisoformat(row["sent_at"])
    draft = Draft(author=office_lite.zhang, unit=office_lite.street, text=row["text"])
    said = preflight.check(draft, {"unit": office_lite.street.pk}, at)
    pack = packs.load(["national"], at.date())
    judged = judge(enrich(table([message(row["text"], to_ms(at), 1, 1, 0)]), Hours.default(), asked("messages", pack)), "messages", pack)
    assert said.blocks or said.verdict == verdict(judged)


def test_the_hubs_own_recent_notices_are_the_history(office_lite: SimpleNamespace) -> None:
    at = beijing("2026-03-11 10:00")
    same = {"title": "关于召开安全生产会议的通知", "text": "请各社区主任周五上午九点到街道三楼会议室参加会议,带上一季度台账。"}
    story.write(written(office_lite, unit=office_lite.east, author=office_lite.wang, **same), at)
    draft = Draft(author=office_lite.zhang, unit=office_lite.street, **same)
    rules = preflight.check(draft, {"unit": office_lite.street.pk}, at + timedelta(hours=1)).verdict
    assert rules is not None
    assert rules.rules == ("samenotice",)
    assert preflight.check(draft, {"unit": office_lite.street.pk}, at - timedelta(hours=1)).verdict.rules == ()  # type: ignore[union-attr]  # judged
