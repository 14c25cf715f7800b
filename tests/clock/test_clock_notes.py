"""What a report says about the clock."""

from datetime import UTC, datetime

import polars as pl

from qingqun.clock.column import grade
from qingqun.clock.hours import Hours
from qingqun.clock.notes import described, standings
from qingqun.words import MOMENT


def _said(*moments: datetime) -> tuple[str, ...]:
    column = pl.Series(moments, dtype=MOMENT)
    return standings(grade(column, Hours.default())["year_status"], column)


def test_the_default_hours_read_as_people_write_them() -> None:
    assert described(Hours.default()) == "08:30—12:00、14:30—17:30"


def test_a_year_with_a_notice_needs_no_remark() -> None:
    assert _said(datetime(2026, 3, 1, tzinfo=UTC)) == ()


def test_a_year_without_a_notice_is_said_once() -> None:
    (note,) = _said(datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC))
    assert note.startswith("2027 年")


def test_the_year_is_that_of_shanghai() -> None:
    assert len(_said(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))) == 1
    assert _said(datetime(2026, 12, 31, 15, 0, tzinfo=UTC)) == ()
