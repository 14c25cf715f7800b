"""One conversation in every format: it must read as the same conversation everywhere."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]

TEXTS = [
    "@所有人 请各社区今晚22:30前报送积水点照片，收到请回复。",
    "收到",
    "[图片]",
    "还有3个社区没报：A、B、C\n请尽快",
    "[文件] 积水点台账.xlsx",
]
TIMES = ["07-03 21:46:05", "07-03 21:46:40", "07-03 21:47:02", "07-04 08:01:09", "07-04 08:05:00"]
KINDS = ["text", "text", "image", "text", "file"]
NAMED = ["chatlab.json", "chatlab.jsonl", "qq.txt", "qq_12h.txt", "wechat_mail.txt", "qce_v5.json", "weflow.json"]
BARE = [
    "dws_chat_messages.json",
    "lark_cli_messages.json",
    "qq_paste.txt",
    "wechat_paste_12h.txt",
    "welink.txt",
    "wechatmsg.txt",
    "wechatmsg.csv",
    "paste_generic.txt",
]
DUMPS = ["pywxdump.csv", "pywxdump_excel_mangled.csv"]
GROUP = "青山街道防汛工作群"


@pytest.mark.parametrize("name", [*NAMED, *BARE, *DUMPS])
def test_the_conversation_reads_the_same_in_every_format(name: str, sample: Load) -> None:
    loaded = sample(name, day=date(2026, 7, 3), groups={name: GROUP, "10000001@chatroom": GROUP})
    messages = loaded.messages.filter(pl.col("kind") != "recall")
    assert messages["text"].to_list() == TEXTS
    assert messages["kind"].to_list() == KINDS
    assert messages["attachments"].to_list()[-1] == ["积水点台账.xlsx"]
    assert messages["mention_all"].to_list() == [True, False, False, False, False]
    assert messages["group_name"].unique().to_list() == [GROUP]
    assert loaded.problems.is_empty()


@pytest.mark.parametrize("name", [*NAMED, *BARE, "pywxdump.csv"])
def test_times_are_those_of_shanghai(name: str, sample: Load) -> None:
    messages = sample(name, day=date(2026, 7, 3), default_group=GROUP).messages.filter(pl.col("kind") != "recall")
    written = messages.select(pl.col("sent_at").dt.convert_time_zone("Asia/Shanghai").dt.strftime("%m-%d %H:%M:%S")).to_series()
    exact = (messages["precision"] == "s").all()
    assert written.to_list() == TIMES if exact else [time[:11] for time in written] == [time[:11] for time in TIMES]


@pytest.mark.parametrize("name", BARE)
def test_what_names_no_group_is_refused_row_by_row(name: str, sample: Load) -> None:
    loaded = sample(name, day=date(2026, 7, 3))
    assert loaded.messages.is_empty()
    assert loaded.problems["code"].to_list() == ["group_unknown"] * 5


def test_times_without_a_day_are_refused_row_by_row(sample: Load) -> None:
    loaded = sample("qq_paste.txt", default_group=GROUP)
    assert loaded.problems.select("line", "code").rows() == [
        (1, "no_date"),
        (4, "no_date"),
        (7, "no_date"),
        (10, "no_date"),
        (14, "no_date"),
    ]


def test_excel_leaves_neither_ids_nor_seconds(sample: Load) -> None:
    loaded = sample("pywxdump_excel_mangled.csv")
    assert loaded.messages["message_id"].null_count() == 5
    assert loaded.messages["precision"].unique().to_list() == ["min"]


def test_chatlog_writes_no_placeholders(sample: Load) -> None:
    messages = sample("chatlog.json").messages
    assert messages["text"].to_list() == [*TEXTS[:2], "", TEXTS[3], "积水点台账.xlsx"]
    assert messages["kind"].to_list() == KINDS
    assert messages["attachments"].to_list()[-1] == ["积水点台账.xlsx"]
