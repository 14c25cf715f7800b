"""One moment and its answer; a column and its answers; both against a plain reading of the words."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qingqun.clock import BEIJING, column, moment, unit
from qingqun.clock.grade import Grade
from qingqun.clock.hours import Hours
from qingqun.clock.table import Standing
from qingqun.words import MOMENT, Refused

UNITS = Path(__file__).parents[1] / "data" / "clock" / "units"
ALL = [Hours.default(), *(unit.load(path) for path in sorted(UNITS.glob("*.toml")))]
MOMENTS = st.datetimes(datetime(2005, 6, 1), datetime(2029, 6, 1), timezones=st.just(BEIJING))  # noqa: DTZ001  hypothesis adds the zone
EDGES = st.builds(
    lambda day, minute, off: datetime(2026, 1, 1, tzinfo=BEIJING) + timedelta(days=day, minutes=minute, milliseconds=off),
    st.integers(-400, 800),
    st.sampled_from([0, 420, 510, 720, 870, 1050, 1170, 1320]),
    st.sampled_from([-1, 0, 1]),
)


def told(text: str, hours: Hours | None = None) -> dict[str, str | bool | None]:
    return moment.answer(moment.parse(text), hours or Hours.default()).as_json()


def opened(at: datetime, hours: Hours) -> bool:
    """Read the unit's words plainly, with nothing of the segments."""
    day, minute = at.date(), at.hour * 60 + at.minute
    worked = hours.calendar.works(day) and any(span.start <= minute < span.end for span in hours.ordinary(day))
    for evening in hours.evenings:
        worked |= hours.calendar.works(day) and day.weekday() in evening.weekdays and evening.span.start <= minute < evening.span.end
    for shift in hours.shifts:
        for begun, since in ((day, minute), (day - timedelta(days=1), minute + 1440)):
            named = hours.calendar.named(begun)
            on = begun.weekday() in shift.weekdays and (shift.holidays or not (named and named.off))
            worked |= on and shift.span.start <= since < shift.span.end
    return worked


@pytest.mark.parametrize(
    ("text", "grade", "next_open", "year"),
    [
        ("2026-01-04 09:00", "work", "2026-01-04T09:00:00+08:00", "official"),  # a Sunday made up for
        ("2026-03-09 12:00", "lunch", "2026-03-09T14:30:00+08:00", "official"),
        ("2026-03-09 08:29:59", "after", "2026-03-09T08:30:00+08:00", "official"),
        ("2026-03-09 07:00", "after", "2026-03-09T08:30:00+08:00", "official"),
        ("2026-03-09 06:59", "night", "2026-03-09T08:30:00+08:00", "official"),
        ("2026-03-09 17:30", "after", "2026-03-10T08:30:00+08:00", "official"),
        ("2026-03-13 22:00", "night", "2026-03-16T08:30:00+08:00", "official"),
        ("2026-03-14 10:00", "rest_day", "2026-03-16T08:30:00+08:00", "official"),
        ("2026-03-14 23:00", "night", "2026-03-16T08:30:00+08:00", "official"),
        ("2026-10-01 03:00", "holiday", "2026-10-08T08:30:00+08:00", "official"),
        ("2026-10-07 23:59:59", "holiday", "2026-10-08T08:30:00+08:00", "official"),
        ("2026-02-14 18:00", "after", "2026-02-24T08:30:00+08:00", "official"),
        ("2026-12-31 18:00", "after", "2027-01-04T08:30:00+08:00", "official"),
        ("2027-10-01 10:00", "holiday", "2027-10-08T08:30:00+08:00", "unknown"),
        ("2027-10-09 10:00", "rest_day", "2027-10-11T08:30:00+08:00", "unknown"),
        ("2006-03-09 10:00", "work", "2006-03-09T10:00:00+08:00", "unknown"),
    ],
)
def test_a_moment_is_graded_and_told_when_work_opens(text: str, grade: str, next_open: str, year: str) -> None:
    found = told(text)
    assert (found["grade"], found["next_open"], found["year"]) == (grade, next_open, year)
    assert found["working"] is (grade == "work")


def test_the_answer_as_json_has_five_fields_in_local_time() -> None:
    assert told("2026-03-09T01:00:00Z") == {
        "moment": "2026-03-09T09:00:00+08:00",
        "working": True,
        "grade": "work",
        "next_open": "2026-03-09T09:00:00+08:00",
        "year": "official",
    }


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-04 09:00",
        "2026/1/4 9:00",
        "2026年1月4日9:00",
        "２０２６－０１－０４ ０９：００",
        "2026-01-04T09:00:00.5",
        "2026-01-04T01:00Z",
        "2026-01-03 20:00-05:00",
        "2026-01-04 09:00 +0800",
    ],
)
def test_a_moment_is_read_in_many_writings(text: str) -> None:
    assert moment.parse(text) == datetime(2026, 1, 4, 9, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "看不懂"),
        ("明天上午", "看不懂"),
        ("1767488400", "看不懂"),
        ("2026-01-04", "只有日期"),
        ("2026-02-30 09:00", "没有这样的日期"),
        ("2026-01-04 24:30", "没有这样的日期"),
        ("2026-01-04 09:00+99:00", "没有这样的日期"),
        ("0001-01-01 00:00+08:30", "没有这样的日期"),
        ("9999-01-04 09:00", "1949 至 2199"),
    ],
)
def test_what_is_no_moment_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        moment.parse(text)


def test_a_moment_without_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="时区"):
        moment.answer(datetime(2026, 1, 4, 9), Hours.default())  # noqa: DTZ001  the naive moment is the point


def test_days_are_counted_in_working_days() -> None:
    hours = Hours.default()
    assert moment.next_workday(date(2026, 10, 7), hours) == date(2026, 10, 8)
    assert moment.next_workday(date(2026, 10, 9), hours) == date(2026, 10, 10)
    assert moment.workdays_after(date(2026, 9, 30), 3, hours) == date(2026, 10, 10)
    assert moment.workdays_after(date(2026, 10, 1), -1, hours) == date(2026, 9, 30)
    assert moment.workdays_after(date(2026, 10, 1), 0, hours) == date(2026, 10, 1)
    assert moment.is_workday(date(2026, 10, 10), hours)


def test_a_working_day_closes_and_a_rest_day_does_not() -> None:
    quanzhou = unit.load(UNITS / "quanzhou.toml")
    assert moment.closing(date(2026, 6, 2), quanzhou) == datetime(2026, 6, 2, 18, tzinfo=BEIJING)
    assert moment.closing(date(2026, 6, 6), quanzhou) is None


def test_seconds_count_to_the_last_ordinary_closing() -> None:
    texts = ["2026-03-09 17:00", "2026-03-09 07:30", "2026-03-09 12:30", "2026-03-09 17:30", "2026-03-14 10:00"]
    found = column.grade(pl.Series([moment.parse(text) for text in texts]).cast(MOMENT), Hours.default())
    assert found["seconds_to_close"].to_list() == [1800, 36_000, 18_000, None, None]


def test_an_empty_column_and_a_null_keep_their_place() -> None:
    empty = column.grade(pl.Series([], dtype=MOMENT), Hours.default())
    assert empty.schema == {
        "grade": pl.String,
        "in_worktime": pl.Boolean,
        "seconds_to_close": pl.Int64,
        "next_open": MOMENT,
        "year_status": pl.String,
    }
    found = column.grade(pl.Series([None, moment.parse("2026-03-09 09:00")]).cast(MOMENT), Hours.default())
    assert found["grade"].to_list() == [None, "work"]
    assert found["in_worktime"].to_list() == [None, True]


@given(st.lists(MOMENTS | EDGES, min_size=1, max_size=8), st.sampled_from(ALL))
@example(
    [datetime(2026, 1, 4, 9, tzinfo=BEIJING), datetime(2026, 12, 31, 23, 59, 59, tzinfo=BEIJING), datetime(2027, 1, 1, tzinfo=BEIJING)],
    ALL[0],
)
@settings(max_examples=150, deadline=None)
def test_a_column_says_what_the_moments_say(moments: list[datetime], hours: Hours) -> None:
    series = pl.Series(moments).dt.convert_time_zone("UTC").cast(MOMENT)
    found = column.grade(series, hours)
    for at, row in zip(series.to_list(), found.iter_rows(named=True), strict=True):
        answer = moment.answer(at, hours)
        closes = moment.closing(answer.moment.date(), hours)
        left = (closes - at) // timedelta(seconds=1) if closes and closes > at else None
        assert (row["grade"], row["in_worktime"], row["year_status"]) == (answer.grade, answer.working, answer.year)
        assert (row["next_open"], row["seconds_to_close"]) == (answer.next_open, left)


@given(MOMENTS | EDGES, st.sampled_from(ALL))
@settings(max_examples=300, deadline=None)
def test_work_is_what_the_unit_says_and_opens_when_told(at: datetime, hours: Hours) -> None:
    answer = moment.answer(at, hours)
    assert answer.working is (answer.grade is Grade.WORK) is opened(at, hours)
    assert answer.next_open is not None
    assert answer.next_open >= at
    assert opened(answer.next_open, hours)
    if not answer.working:
        assert not opened(answer.next_open - timedelta(minutes=1), hours)
        halfway = at + (answer.next_open - at) / 2
        assert not opened(halfway, hours)


@given(MOMENTS | EDGES)
@settings(max_examples=200, deadline=None)
def test_outside_hours_the_first_grade_that_applies_is_given(at: datetime) -> None:
    hours = Hours.default()
    named = hours.calendar.named(at.date())
    works = hours.calendar.works(at.date())
    order = [
        (Grade.WORK, opened(at, hours)),
        (Grade.HOLIDAY, bool(named and named.off)),
        (Grade.NIGHT, not 7 <= at.hour < 22),
        (Grade.REST_DAY, not works),
        (Grade.LUNCH, 12 <= at.hour < 15),
        (Grade.AFTER, True),
    ]
    assert moment.answer(at, hours).grade is next(grade for grade, applies in order if applies)


def test_the_zone_of_the_moment_does_not_matter() -> None:
    there = datetime(2026, 3, 8, 20, 0, tzinfo=timezone(timedelta(hours=-5)))
    here = moment.answer(there, Hours.default())
    assert here == moment.answer(there.astimezone(UTC), Hours.default())
    assert (here.grade, here.year) == (Grade.WORK, Standing.OFFICIAL)
