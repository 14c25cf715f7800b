"""By when? One written case a line in tests/data/deadlines, and what must hold for every message."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours, Season, Span, Yearly
from qingqun.enrich.deadline import deadline, deadlines
from qingqun.enrich.deadline.column import CUE
from qingqun.enrich.deadline.inert import skeletons
from qingqun.enrich.deadline.numerals import number
from qingqun.enrich.deadline.parse import parse
from qingqun.enrich.normal import trace
from qingqun.words import MOMENT

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "data/deadlines/cases.jsonl").read_text(encoding="utf-8").splitlines()]
DEFAULT = Hours.default()
WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=BEIJING)


def due(text: str, sent_at: datetime = WEDNESDAY, hours: Hours = DEFAULT) -> str | None:
    found = deadline(text, sent_at, hours)
    return found.isoformat()[:19] if found else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['sent_at'][5:16]} {case['text'][:24]}")
def test_a_written_case(case: dict[str, Any]) -> None:
    found = deadline(case["text"], datetime.fromisoformat(case["sent_at"]), DEFAULT)
    assert (found.isoformat() if found else None) == case["deadline"]


def test_the_column_says_what_the_single_message_says() -> None:
    sent = [datetime.fromisoformat(case["sent_at"]) for case in CASES]
    column = deadlines(pl.Series([case["text"] for case in CASES]), pl.Series(sent).cast(MOMENT), DEFAULT)
    assert column.dtype == MOMENT
    assert column.to_list() == [datetime.fromisoformat(case["deadline"]) if case["deadline"] else None for case in CASES]


def test_every_text_with_a_deadline_passes_the_sieve_of_the_column() -> None:
    asked = [trace(case["text"]).text for case in CASES if case["deadline"]]
    assert pl.Series(asked).str.contains(CUE).all()


def test_nulls_and_empty_texts_have_none() -> None:
    sent = pl.Series([WEDNESDAY, WEDNESDAY, None]).cast(MOMENT)
    assert deadlines(pl.Series([None, "", "周五前交"]), sent, DEFAULT).to_list() == [None, None, None]


def test_an_empty_column_stays_empty() -> None:
    assert deadlines(pl.Series([], dtype=pl.String), pl.Series([], dtype=MOMENT), DEFAULT).to_list() == []


def test_closing_is_the_units_own_hour() -> None:
    late = Hours("大厅", seasons=(Season("全年", Yearly(), (Span(9 * 60, 12 * 60), Span(13 * 60, 18 * 60 + 30))),))
    assert due("下班前交钥匙", hours=late) == "2026-03-11T18:30:00"


def test_a_text_may_give_its_own_closing_hour() -> None:
    assert due("周四下班前发我（我们是9:00-18:00）") == "2026-03-12T18:00:00"


def test_sent_in_utc_it_is_still_beijing_time() -> None:
    assert due("今天交", datetime(2026, 3, 10, 16, 30, tzinfo=UTC)) == "2026-03-11T23:59:59"


def test_an_hour_that_has_passed_is_tomorrows() -> None:
    assert due("8点半前把晨检表交上来", WEDNESDAY.replace(hour=21)) == "2026-03-12T08:30:00"


def test_a_feast_of_a_year_not_announced_has_no_deadline() -> None:
    assert due("中秋节前完成灯笼安装", datetime(2030, 8, 1, 9, tzinfo=BEIJING)) is None


def test_a_day_that_does_not_exist_has_no_deadline() -> None:
    assert due("2月30日前交表") is None


def test_years_beyond_the_calendar_do_not_break() -> None:
    assert due("3个月内完成", datetime(9999, 12, 1, 9, tzinfo=BEIJING)) is None


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十七", 17), ("二十三", 23), ("廿五", 25), ("二〇", 20), ("一百二十", 120), ("两", 2), ("08", 8)]
)
def test_numerals(text: str, value: int) -> None:
    assert number(text) == value


@given(
    text=st.text(alphabet="0123456789月日号点半前内后周五今明天上午下班截止报交请我每:：（）()。，-至", max_size=40),
    hour=st.integers(0, 24 * 400),
)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_it_and_no_deadline_lies_before_sending(text: str, hour: int) -> None:
    sent = WEDNESDAY + timedelta(hours=hour)
    found = deadline(text, sent, DEFAULT)
    assert found is None or found >= sent


@given(month=st.integers(1, 12), day=st.integers(1, 28), sent=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001  made aware below
@settings(max_examples=100, deadline=None)
def test_a_written_date_is_found_however_it_is_written(month: int, day: int, sent: datetime) -> None:
    at = sent.replace(tzinfo=BEIJING)
    found = {
        deadline(text, at, DEFAULT)
        for text in (f"请{month}月{day}日前交", f"请 {month} 月 {day} 号之前交", f"请{month:02}月{day:02}日以前交")
    }
    assert len(found) == 1


def test_parsing_looks_at_the_text_alone() -> None:
    assert parse("周五前交") == parse("周五前交")


PIECES = st.sampled_from(
    [
        "3",
        "9",
        "17",
        "30",
        "101",
        "1024",
        "20261",
        "2026",
        "13800138000",
        "年",
        "月",
        "日",
        "号",
        "点",
        "时",
        ":",
        "/",
        ".",
        "-",
        "周",
        "星期",
        "个",
        "半",
        "小时",
        "分钟",
        "内",
        "前",
        "后",
        "起",
        "至",
        "到",
        "(",
        ")",
        ",",
        "。",
        "交",
        "报送",
        "截止",
        "第",
        "编号",
        "共",
        "户",
        "下班",
        "下午",
        "晚",
        "明天",
        "十",
        "五",
        "国庆",
        "节",
        "季度",
        "工作日",
        "h",
        "A",
        "本月",
        "此前",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, min_size=2, max_size=9).map("".join))
def test_digits_that_name_no_time_do_not_matter(text: str) -> None:
    assert parse(text) == parse(skeletons(pl.Series([text])).item())


def test_texts_that_differ_in_a_serial_number_are_one() -> None:
    texts = pl.Series(["请9月18日前报送(编号1024),分机8740", "请9月18日前报送(编号2048),分机8741", "请9月19日前报送(编号1024),分机8740"])
    assert skeletons(texts).n_unique() == 2
