"""The differential test: what is said of the next message before it is sent is what the audit says of the chat with it appended."""

import json
from collections.abc import Iterator
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
PEOPLE, GROUPS = ("张主任", "小李", "外人"), ("甲群", "乙群")
SAID = ("收到", "收到,谢谢", "请各村今晚八点前报送统计表,收到请回复", "还有三个村没有报送:东村、西村、南村。", "今天的培训照片请发到群里。")


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
    for line in range(draw(st.integers(1, 10))):
        at += timedelta(seconds=draw(st.sampled_from((1, 40, 600, 7_200, 40_000))))
        text = draw(st.one_of(st.sampled_from(SAID), st.sampled_from(_corpus())))
        found.append(message(text, at, draw(st.sampled_from(GROUPS)), draw(st.sampled_from(PEOPLE)), line))
    return found


def table(chat: list[Message]) -> pl.DataFrame:
    return pl.DataFrame(chat, schema=MESSAGES, orient="row")


def audited(chat: list[Message]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give rule, level and clauses of the audit's findings and hints on the moment of the last message, in its group."""
    last = chat[-1]
    gathered = audit.findings(table(chat), Hours.default(), _pack())
    for row in pl.concat([gathered.findings, gathered.hints]).iter_rows(named=True):
        if int(row["at"].timestamp() * 1000) == last.sent_at and row["group"] == last.group_name:
            yield row["rule"], row["level"], tuple(clause["id"] for clause in row["clauses"])


CHAINS = frozenset({"replychain", "photorace", "flooding"})
"""Findings on several messages: the audit puts them down once, to the notice that asked or to the burst, whichever message tipped the scale."""


def same(chat: list[Message]) -> None:
    said = say(chat[-1:], Ground(Hours.default(), _pack(), table(chat[:-1])))
    now = {(one.rule, str(one.judgement.level), tuple(c["id"] for c in one.judgement.clauses)) for one in said.remarks}
    assert {one for one in now if one[0] not in CHAINS} == {one for one in audited(chat) if one[0] not in CHAINS}


@settings(max_examples=25, deadline=None)
@given(chats())
def test_the_next_message_of_a_made_chat(chat: list[Message]) -> None:
    same(chat)


@pytest.mark.parametrize("place", range(20))
def test_the_next_message_of_the_corpus(place: int) -> None:
    texts = _corpus()
    at = START + timedelta(hours=place * 7)
    step = len(texts) // 20
    some = texts[place * step : place * step + 6]
    same([message(text, at + timedelta(minutes=9 * n), GROUPS[n % 2], PEOPLE[n % 3], n) for n, text in enumerate(some)])
