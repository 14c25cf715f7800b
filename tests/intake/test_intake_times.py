from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake import times

EVENING = 1_783_086_365_000  # 2026-07-03 21:46:05 in Shanghai
MINUTE = EVENING - 5000


@pytest.mark.parametrize(
    "written",
    [
        1783086365,
        1783086365000,
        1783086365000000,
        "1783086365",
        "1783086365000",
        "2026-07-03 21:46:05",
        "2026/7/3 21:46:05",
        "2026.07.03 21:46:05",
        "2026年7月3日 21:46:05",
        "2026-07-03 9:46:05 PM",
        "2026-07-03 下午9:46:05",
        "2026-07-03 晚上 09:46:05",
        "2026-07-03 星期五 21:46:05",
        "2026-07-03T21:46:05+08:00",
        "2026-07-03T13:46:05Z",
        "2026-07-03T13:46:05.000Z",
        "2026-07-03T21:46:05",
    ],
)
def test_every_way_of_writing_a_moment_means_the_same(written: object) -> None:
    assert times.read(written) == (EVENING, "s")


@pytest.mark.parametrize(
    "written", ["2026-07-03 21:46", "2026/7/3 21:46", "2026年7月3日 21:46", "2026/07/03 9:46 PM", "2026-7-3 下午9：46"]
)
def test_minutes_stay_minutes(written: str) -> None:
    assert times.read(written) == (MINUTE, "min")


@pytest.mark.parametrize(
    ("written", "hour"),
    [("上午12:05", 0), ("凌晨12:05", 0), ("凌晨2:05", 2), ("中午12:05", 12), ("中午1:05", 13), ("下午12:05", 12), ("晚上8:05", 20)],
)
def test_a_twelve_hour_clock_is_read_as_people_speak(written: str, hour: int) -> None:
    found = times.read(f"2026-07-03 {written}")
    assert found is not None
    assert datetime.fromtimestamp(found.ms / 1000, UTC).astimezone(times.ZONE).hour == hour


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "昨天",
        "2026-13-01 10:00",
        "2026-02-30 10:00",
        "2026-07-03",
        "2026-07-03 25:00",
        "21:46",
        "9E+18",
        0,
        -5,
        10**18,
        True,
        None,
        [],
        "1" * 5000,
        float("nan"),
        float("inf"),
    ],
)
def test_nonsense_is_no_moment(nonsense: object) -> None:
    assert times.read(nonsense) is None


def test_a_summer_with_daylight_saving_is_read_with_it() -> None:
    found = times.read("1988-07-01 12:00:00")
    assert found is not None
    assert datetime.fromtimestamp(found.ms / 1000, UTC).hour == 3


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(1992, 1, 1), datetime(2099, 12, 30)))  # noqa: DTZ001  local time is what is written
def test_what_is_written_is_what_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    utc = (moment - timedelta(hours=8)).replace(tzinfo=UTC)
    assert times.read(f"{moment:%Y-%m-%d %H:%M:%S}") == (int(utc.timestamp()) * 1000, "s")
    assert times.read(f"{moment:%Y/%m/%d %I:%M:%S %p}") == (int(utc.timestamp()) * 1000, "s")


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.integers(), st.floats()))
def test_nothing_written_raises(anything: object) -> None:
    times.read(anything)


def test_days_that_do_not_exist_are_none() -> None:
    assert times._date(2026, 2, 30) is None
    assert times._date(2026, 2, 28) == date(2026, 2, 28)
