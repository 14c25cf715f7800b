"""Moments and days at their edges: twelve-hour clocks around midnight, years of two digits, cells that Excel made of nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake.registers.days import find_day, read_day
from qingqun.intake.times import LATEST, ZONE, epoch, read


def local(text: str) -> str | None:
    moment = read(text)
    return moment and f"{datetime.fromtimestamp(moment.ms / 1000, UTC).astimezone(ZONE):%d %H:%M}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("晚上0:30", "03 00:30"),
        ("晚上12:30", "03 00:30"),
        ("晚上1:15", "03 01:15"),
        ("晚上4:59", "03 04:59"),
        ("晚上5:00", "03 17:00"),
        ("晚上11:59", "03 23:59"),
        ("夜间2:00", "03 02:00"),
        ("凌晨12:05", "03 00:05"),
        ("中午11:40", "03 11:40"),
        ("中午12:40", "03 12:40"),
        ("中午1:20", "03 13:20"),
        ("下午12:01", "03 12:01"),
        ("傍晚6:30", "03 18:30"),
        ("上午12:30", "03 00:30"),
        ("12:30 AM", "03 00:30"),
        ("12:30 p.m.", "03 12:30"),
        ("下午15:00", "03 15:00"),
        ("23:59", "03 23:59"),
        ("0:00", "03 00:00"),
    ],
)
def test_around_noon_and_midnight_the_clock_means_what_people_mean(said: str, meant: str) -> None:
    assert local(f"2026-07-03 {said}") == meant


@pytest.mark.parametrize("said", ["24:00", "25:10", "12:60", "下午25:00", "0:00:61", "-1:00", "晚上", ""])
def test_hours_that_no_clock_shows_are_no_moment(said: str) -> None:
    assert read(f"2026-07-03 {said}") is None


@given(st.integers(0, 23), st.integers(0, 59))
@settings(max_examples=60, deadline=None)
def test_a_twelve_hour_clock_with_am_and_pm_says_the_same_as_one_of_twenty_four(hour: int, minute: int) -> None:
    half = "PM" if hour >= 12 else "AM"
    assert local(f"2026-07-03 {hour % 12 or 12}:{minute:02d} {half}") == f"03 {hour:02d}:{minute:02d}"
    assert local(f"2026/7/3 {'下午' if hour >= 12 else '上午'}{hour % 12 or 12}:{minute:02d}") == f"03 {hour:02d}:{minute:02d}"


@pytest.mark.parametrize("number", [0, -1, 1e17, float("inf"), float("nan"), LATEST, LATEST / 1000, LATEST * 1000])
def test_a_number_outside_all_years_is_no_epoch(number: float) -> None:
    assert epoch(number) is None


@given(st.integers(10**9, LATEST // 1000 - 1))
@settings(max_examples=60, deadline=None)
def test_seconds_milliseconds_and_microseconds_are_told_apart_by_their_size(seconds: int) -> None:
    assert epoch(seconds) == epoch(seconds * 1000) == epoch(seconds * 1_000_000) == seconds * 1000


@pytest.mark.parametrize("value", [True, None, [], {}, "x" * 65, "20260703214600"])
def test_what_is_no_moment_is_none_whatever_its_type(value: object) -> None:
    assert read(value) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("98.5.1", date(1998, 5, 1)),
        ("26.7.3", date(2026, 7, 3)),
        ("69-12-31", date(2069, 12, 31)),
        ("1998-5-1", date(1998, 5, 1)),
        ("2026年7月3日 星期五", date(2026, 7, 3)),
        ("2026-7-3（周五）", date(2026, 7, 3)),
        ("2026/7/3 下午3:00", date(2026, 7, 3)),
        ("2026/7/3 下午 3:00:05", date(2026, 7, 3)),
        ("2026-07-03 21:46:30", date(2026, 7, 3)),
        ("约2026年7月3日前", date(2026, 7, 3)),
        ("20260703", date(2026, 7, 3)),
        ("２０２６．７．３", date(2026, 7, 3)),
        ("2026-07-02T20:00:00Z", date(2026, 7, 3)),
        ("46206", date(2026, 7, 3)),
        (46206.99, date(2026, 7, 3)),
        (20260703.0, date(2026, 7, 3)),
        (datetime(2026, 7, 2, 20, tzinfo=UTC), date(2026, 7, 3)),
    ],
)
def test_a_day_is_read_however_an_office_or_its_spreadsheet_writes_it(written: str | float | datetime, day: date) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    "value",
    [
        datetime(1899, 12, 31, tzinfo=UTC),  # what Excel shows for an empty cell in a column of days
        date(1900, 1, 1),
        date(2199, 1, 1),
        "86-7-3",
        "1989-12-31",
        "2101-01-01",
        "2026年13月",
        "2026-02-30",
        "0000-00-00",
        "二月",
        "2026.1.1.1",
        2026.1,
        0,
        0.5,
        -46206,
        float("inf"),
        float("nan"),
        10**12,
        True,
        None,
        "",
    ],
)
def test_what_cannot_be_the_day_of_a_work_group_is_none(value: str | float | date | None) -> None:
    assert read_day(value) is None


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}", "{0:%Y.%m.%d} 08:30"]),
)
@settings(max_examples=80, deadline=None)
def test_every_day_of_a_hundred_years_is_read_back_in_each_form(day: date, form: str) -> None:
    assert read_day(form.format(day)) == day
    assert read_day(datetime(day.year, day.month, day.day)) == day  # noqa: DTZ001  a cell has no zone


@given(st.integers(1990, 2098), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_a_month_as_an_end_is_the_day_before_the_next_month(year: int, month: int) -> None:
    first, last = read_day(f"{year}年{month}月"), read_day(f"{year}年{month}月", end=True)
    assert first == date(year, month, 1)
    assert last is not None
    assert (last + timedelta(days=1)).day == 1
    assert last.month == month


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans()))
@settings(max_examples=150, deadline=None)
def test_whatever_a_cell_holds_it_is_a_day_or_none(value: str | float) -> None:
    found = read_day(value)
    assert found is None or 1990 <= found.year <= 2100


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("已于2026年3月5日解散", date(2026, 3, 5)),
        ("2026年3月已关停", date(2026, 3, 1)),
        ("已于３月解散", None),
        ("2026年13月5日解散", None),
        ("", None),
    ],
)
def test_a_day_is_found_inside_a_sentence_only_where_it_is_whole(sentence: str, day: date | None) -> None:
    assert find_day(sentence) == day
