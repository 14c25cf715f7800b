from random import Random

from hypothesis import given
from hypothesis import strategies as st

from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.demo import week
from qingqun.demo.slots import easy_due, rushed_due, tight_due, today_due

MOMENTS = st.integers(0, 7 * week.DAY - 1)


@given(MOMENTS)
def test_the_demo_and_the_clock_agree_on_working_time(at: int) -> None:
    found = answer(week.moment(at), Hours.default())
    assert week.working(at) == found.working


def test_the_sunday_is_a_working_day_and_the_saturday_is_not() -> None:
    assert week.working(week.clock(week.SUNDAY, 10))
    assert not week.working(week.clock(week.SATURDAY, 10))


def test_after_a_saturday_the_sunday_opens() -> None:
    assert week.next_open(week.clock(week.SATURDAY, 10)) == week.clock(week.SUNDAY, 8, 30)
    assert week.next_open(week.clock(week.SUNDAY, 20)) == week.clock(7, 8, 30)
    assert week.next_open(week.clock(0, 7)) == week.clock(0, 8, 30)


def test_a_moment_is_written_in_shanghai_time() -> None:
    assert week.stamp(week.clock(6, 9, 5)) == "2026-09-20T09:05:00+08:00"


@given(st.integers(0, 6), st.integers(17 * 60 + 3, 22 * 60 + 30), st.integers(0, 99))
def test_a_tight_deadline_falls_before_anybody_is_back(day: int, minute: int, seed: int) -> None:
    at = week.clock(day, 0, minute)
    due = tight_due(Random(seed), at)
    assert at + week.HOUR < due.at < week.next_open(at)


@given(MOMENTS, st.integers(0, 99))
def test_an_easy_deadline_leaves_a_working_day(at: int, seed: int) -> None:
    due = easy_due(Random(seed), at)
    assert due.at > week.next_open(at)
    assert week.is_workday((due.at) // week.DAY)


def test_a_rushed_deadline_leaves_less_than_an_hour_and_todays_ends_today() -> None:
    at = week.clock(1, 10)
    assert rushed_due(Random(1), at).at - at < week.HOUR
    assert today_due(Random(1), at).at // week.DAY == 1
