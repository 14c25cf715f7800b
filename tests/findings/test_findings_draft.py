"""The differential test: what is said of the next message before it is sent is what the audit says of the chat with it appended."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import audit, packs
from qingqun.clock.hours import Hours
from qingqun.findings.draft import Ground, say
from qingqun.words import MESSAGES, Chat, Kind, Message, Pack

CORPUS = Path(__file__).parents[2] / "data" / "messages"
START = datetime(2026, 3, 9, 7, tzinfo=UTC)
ASKED = "明天的会议改到十点，请各科室负责人收到请回复。"
PEOPLE, GROUPS = ("张主任", "小李", "外人"), ("甲群", "乙群")
SAID = (
    "收到",
    "收到,谢谢",
    "请各村今晚八点前报送统计表,收到请回复",
    "还有三个村没有报送:东村、西村、南村。",
    "今天的培训照片请发到群里。",
    "[图片]",
    "好消息",
)


@cache
def _corpus() -> tuple[str, ...]:
    rows = [
        json.loads(line) for name in ("blind", "unseen") for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return tuple(row["text"] for row in rows)


@cache
def _pack() -> Pack:
    return packs.load(["national", "hubei", "xiangzhou"], START.date())


def message(text: str, at: datetime, group: str, sender: str, line: int) -> Message:
    return Message(
        "wechat", Chat.GROUP, None, group, None, int(at.timestamp() * 1000), "s", None, sender, None, Kind.TEXT, text, [], "@所有人" in text,
        None, [], recalled=False, file="chat", line=line, source="",
    )  # fmt: skip


@st.composite
def chats(draw: st.DrawFn) -> list[Message]:
    at, found = START, []
    for line in range(draw(st.integers(1, 14))):
        at += timedelta(seconds=draw(st.sampled_from((1, 40, 600, 7_200, 40_000))))
        text = draw(st.one_of(st.sampled_from(SAID), st.sampled_from(_corpus())))
        kind = Kind.IMAGE if text == "[图片]" else Kind.TEXT
        found.append(message(text, at, draw(st.sampled_from(GROUPS)), draw(st.sampled_from(PEOPLE)), line)._replace(kind=kind))
    return found


def table(chat: list[Message]) -> pl.DataFrame:
    return pl.DataFrame(chat, schema=MESSAGES, orient="row")


Row = tuple[object, ...]


def audited(chat: list[Message]) -> Counter[Row]:
    """Count the audit's findings and hints: rule, level, clauses, group, moment, how much evidence, and whether one text is meant."""
    gathered = audit.findings(table(chat), Hours.default(), _pack())
    return Counter(
        (
            row["rule"],
            row["level"],
            tuple(c["id"] for c in row["clauses"]),
            row["group"],
            row["at"],
            row["evidence"],
            bool(row["input_hash"]),
        )
        for row in pl.concat([gathered.findings, gathered.hints]).iter_rows(named=True)
    )


def added(chat: list[Message]) -> set[Row]:
    """Return rule, level and clauses of what the audit puts down for the last message: at its own moment, or to a burst it is part of.

    What a receipt or a photo adds stands with the earlier notice that asked for it.
    """
    last = chat[-1]
    new = audited(chat) - audited(chat[:-1])
    own = [row for row in new if row[3] == last.group_name and (int(row[4].timestamp() * 1000) == last.sent_at or not row[6])]  # type: ignore[attr-defined]
    return {row[:3] for row in own}


def said(chat: list[Message], *, foreseen: bool = False) -> set[Row]:
    remarks = say(chat[-1:], Ground(Hours.default(), _pack(), table(chat[:-1]))).remarks
    return {
        (one.rule, str(one.judgement.level), tuple(c["id"] for c in one.judgement.clauses)) for one in remarks if one.foreseen == foreseen
    }


@settings(max_examples=40, deadline=None)
@given(chats())
def test_the_next_message_of_a_made_chat(chat: list[Message]) -> None:
    assert said(chat) == added(chat)


@pytest.mark.parametrize("place", range(20))
def test_the_next_message_of_the_corpus(place: int) -> None:
    texts = _corpus()
    at = START + timedelta(hours=place * 7)
    step = len(texts) // 20
    some = texts[place * step : place * step + 6]
    chat = [message(text, at + timedelta(minutes=9 * n), GROUPS[n % 2], PEOPLE[n % 3], n) for n, text in enumerate(some)]
    assert said(chat) == added(chat)


def burst(texts: Sequence[str], kind: Kind = Kind.TEXT) -> list[Message]:
    """Give one text after another, ten seconds apart, each from another person."""
    return [
        message(text, START + timedelta(seconds=10 * n), "甲群", f"{n}号", n)._replace(kind=kind if n else Kind.TEXT)
        for n, text in enumerate(texts)
    ]


def test_what_makes_a_burst_longer_is_told_so() -> None:
    chat = [one._replace(sender_name="外人") for one in burst([f"大家快看第{n}条好消息" for n in range(7)])]
    for length in range(1, 8):
        assert said(chat[:length]) == added(chat[:length])
        assert ("flooding" in {row[0] for row in said(chat[:length])}) == (length >= 5)


def test_the_fifth_receipt_is_told_nothing_for_the_demand_broke_the_rule() -> None:
    chat = burst([ASKED, "收到", "收到", "收到", "收到", "收到"])
    assert said(chat) == added(chat) == set()
    assert "replychain" in {row[0] for row in audited(chat)}


def test_the_third_unit_with_a_photo_is_told_nothing_for_the_call_broke_the_rule() -> None:
    chat = burst(["请各村上传巡查照片到群", "[图片]", "[图片]", "[图片]"], Kind.IMAGE)
    assert said(chat) == added(chat) == set()
    assert "photorace" in {row[0] for row in audited(chat)}


@pytest.mark.parametrize("asked", [ASKED, "明天上午九点开会，大家看到后在群里回个1"])
def test_what_is_foreseen_comes_true_when_they_answer(asked: str) -> None:
    chat = burst([asked, *["收到"] * 5])
    assert {row[0] for row in said(chat[:1], foreseen=True)} == {row[0] for row in audited(chat) if row[4] == START} == {"replychain"}


def test_what_asks_for_no_answer_foresees_none() -> None:
    assert said(burst(["请各社区于周五下班前报送一季度统计表。"]), foreseen=True) == set()
