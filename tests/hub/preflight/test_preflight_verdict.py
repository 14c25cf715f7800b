"""What the desk says about a draft and what the audit says about the same message later is the same verdict."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from hub_help import beijing, written
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.hub import preflight, story
from qingqun.hub.models import Draft
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight.ground import Ground
from qingqun.hub.preflight.history import message, table
from qingqun.hub.preflight.judging import look
from qingqun.judge import asked, judge, verdict
from qingqun.words import Kind, Message, Pack, Verdict

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
