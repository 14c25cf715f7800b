"""The verdict on a message depends only on its past: taking later messages away changes nothing before."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from qingqun import packs
from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.judge import asked, judge
from qingqun.judge.judge import columns
from qingqun.words import MESSAGES

START = datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
PACK = packs.load(["香洲", "湖北", "浙江", "陕西"], date(2026, 3, 13))
SAID = [
    ("text", "请各村于3月13日下班前报送防火巡查情况统计表,收到请回复"),
    ("text", "【转发】请各村于3月13日下班前报送防火巡查情况统计表,收到请回复。"),
    ("text", "各村:\n请于3月13日下班前报送防火巡查情况统计表,谢谢配合!"),
    ("text", "请各村于3月16日下班前报送防火巡查情况统计表,收到请回复"),
    ("text", "请各社区上传巡查照片到群"),
    ("text", "突发火情,请值班人员立即赶到幸福小区,收到请回复"),
    ("text", "收到"),
    ("text", "好的,收到"),
    ("emoji", "[强]"),
    ("image", "[图片]"),
    ("text", "王科长,低保名单核对完了"),
    ("file", "机密★5年 部署方案.pdf"),
    ("system", "小李加入了群聊"),
    ("text", ""),
]


@st.composite
def chats(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 10 * 24 * 12),
                st.sampled_from(["甲群", "乙群", "丙群"]),
                st.sampled_from(["张主任", "小李", "外人"]),
                st.sampled_from(SAID),
            ),
            min_size=1,
            max_size=40,
        )
    )
    return table([(START + timedelta(minutes=5 * at), group, sender, *said) for at, group, sender, said in rows])


def table(rows: list[tuple[datetime, str, str, str, str]]) -> pl.DataFrame:
    records = [
        {
            "platform": "wechat", "chat": "group", "group_name": group, "sent_at": at, "precision": "min", "sender_name": sender, "kind": kind,
            "text": text, "mentions": [], "attachments": [], "mention_all": False, "recalled": False, "file": "f", "line": line, "source": "t",
        }
        for line, (at, group, sender, kind, text) in enumerate(rows, 1)
    ]  # fmt: skip
    return pl.DataFrame(records, schema=MESSAGES)


def judged(messages: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    said = judge(enrich(messages, Hours.default(), asked("messages", PACK)), "messages", PACK)
    assert not said.failures
    assert isinstance(said.frame, pl.DataFrame)
    return said.frame, columns(said.bindings)


@settings(max_examples=25, deadline=None)
@given(chats(), st.data())
def test_truncating_the_table_leaves_earlier_facts_and_verdicts_unchanged(messages: pl.DataFrame, data: st.DataObject) -> None:
    everything, _ = judged(messages)
    kept = data.draw(st.integers(1, len(messages)))
    ordered = messages.sort("sent_at", "file", "line")
    past, _ = judged(ordered.head(kept).sample(fraction=1, shuffle=True, seed=1))
    assert_frame_equal(past.drop("notice_no", "copy_no"), everything.head(kept).drop("notice_no", "copy_no"))


@settings(max_examples=15, deadline=None)
@given(chats())
def test_no_message_is_lost_and_no_verdict_is_open(messages: pl.DataFrame) -> None:
    found, names = judged(messages)
    assert found.select(MESSAGES.names()).equals(messages.sort("sent_at", "file", "line"))
    assert found["row"].to_list() == list(range(len(messages)))
    assert found.select(names).null_count().sum_horizontal().item() == 0


def test_an_empty_table_stays_empty_and_has_every_fact() -> None:
    found, names = judged(MESSAGES.to_frame())
    assert found.is_empty()
    assert {"is_work", "grade", "seconds_to_deadline", "asked_by", *names} <= set(found.columns)
