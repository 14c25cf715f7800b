"""Numbers, hours and what was not read, in the words of people."""

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingqun.findings.report import unread, words
from qingqun.findings.report.setting import full_width
from qingqun.judge.amount import amount, duration
from qingqun.words import PROBLEMS


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("least", 14400, "4 小时"), ("window", 600, "10 分钟"), ("seconds", 5400, "1 小时 30 分钟"), ("worked", 45, "45 秒"),
        ("percent", 70, "70%"), ("days", 90, "90 天"), ("messages", 5, "5 条"), ("whatever", 5, "5"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(name: str, value: int, said: str) -> None:
    assert amount(name, value) == said


@given(st.integers(0, 10**6))
def test_no_second_is_lost(seconds: int) -> None:
    weight = {"小时": 3600, "分钟": 60, "秒": 1}
    parts = duration(seconds).split()
    assert sum(int(n) * weight[unit] for n, unit in zip(parts[::2], parts[1::2], strict=True)) == seconds


def test_the_numbers_of_a_finding_say_whose_they_are() -> None:
    used = [{"name": "least", "value": 14400, "default": True}, {"name": "worked", "value": 1800, "default": False}]
    assert words.numbers(used) == "从发出到时限不超过 4 小时（产品默认），到时限为止的工作时间不超过 30 分钟（条款给定）"


@pytest.mark.parametrize(("hour", "said"), [(23, "上班前"), (10, "下班后至 22 时")])  # UTC: 07:18 and 18:18 in Shanghai
def test_an_hour_before_the_opening_is_not_called_after_work(hour: int, said: str) -> None:
    assert words.grade("after", datetime(2026, 3, 10, hour, 18, tzinfo=UTC)) == said
    assert "上班前" in words.grade("after")


def refused() -> pl.DataFrame:
    rows = [
        ("群.txt", 7, "private_chat", "单聊 表姐 → 小李：不导入私人聊天"),
        ("群.txt", 9, "private_chat", "单聊 小李 → 表姐：不导入私人聊天"),
        ("台账.xlsx[台账]", 4, "no_name", "没有填写“群名称”"),
        ("粘贴.txt", 1, "group_unknown", "看不出在哪个群"),
        ("粘贴.txt", 2, "bad_time", "第 2 行的时间看不懂。"),
    ]
    return pl.DataFrame(rows, schema=PROBLEMS, orient="row")


def test_private_chats_and_errors_of_the_register_are_counted_apart() -> None:
    told = unread.told(refused())
    assert [text.split("，")[0] for text in told] == ["一对一聊天 2 条", "看不出在哪个群的消息 1 条", "台账填写有误 1 处", "格式有误 1 处"]
    assert unread.told(PROBLEMS.to_frame()) == []


def test_a_report_does_not_say_who_talked_to_whom_in_private() -> None:
    table = unread.problems(refused())
    assert len(table.rows) == 4
    assert "表姐" not in str(table)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("结果不排名、不公布,以适当方式告知;另行通知:见附件", "结果不排名、不公布，以适当方式告知；另行通知：见附件"),
        ("春节4(除夕至初三)、7:00-8:30、1,200人", "春节4（除夕至初三）、7:00-8:30、1,200人"),
        ("反对“指尖上的形式主义”,把干部解脱出来", "反对“指尖上的形式主义”，把干部解脱出来"),
        ("gov.cn/a/b.html; see (page 3)", "gov.cn/a/b.html; see (page 3)"),
    ],
)
def test_a_clause_is_set_with_full_width_stops(typed: str, set_: str) -> None:
    assert full_width(typed) == set_


@given(st.text(max_size=40))
def test_setting_adds_and_drops_nothing(typed: str) -> None:
    assert len(full_width(typed)) == len(typed)
