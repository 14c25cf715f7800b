"""How much working time a deadline leaves, and what goes out in the morning for the afternoon."""

from datetime import datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.worked import FAR, worked_to_deadline
from qingqun.words import MOMENT


def at(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=BEIJING)


def left(sent: datetime, due: datetime | None) -> dict[str, Any]:
    frame = pl.DataFrame({"sent_at": [sent], "deadline": [due]}, schema={"sent_at": MOMENT, "deadline": MOMENT})
    frame = frame.with_columns(seconds_to_deadline=(pl.col("deadline") - pl.col("sent_at")).dt.total_seconds())
    return worked_to_deadline(frame, Hours.default()).row(0, named=True)


@pytest.mark.parametrize(
    ("sent", "due", "minutes"),
    [
        ("2026-03-11T17:20", "2026-03-12T09:00", 40),
        ("2026-03-11T08:35", "2026-03-11T15:00", 205 + 30),
        ("2026-03-14T09:00", "2026-03-14T17:00", 0),
        ("2026-03-13T17:00", "2026-03-16T09:30", 90),
        ("2026-09-30T17:00", "2026-10-08T09:00", 60),
        ("2026-03-11T12:30", "2026-03-11T14:00", 0),
    ],
)
def test_only_what_the_unit_works_is_counted(sent: str, due: str, minutes: int) -> None:
    assert left(at(sent), at(due))["worked_to_deadline"] == minutes * 60


def test_no_deadline_and_one_far_off_leave_nothing_to_say() -> None:
    assert left(at("2026-03-11T10:00"), None)["worked_to_deadline"] is None
    assert left(at("2026-03-11T10:00"), at("2026-05-11T10:00"))["worked_to_deadline"] is None
    assert left(at("2026-03-11T10:00"), None)["due_same_afternoon"] is False


@pytest.mark.parametrize(
    ("sent", "due", "same"),
    [
        ("2026-03-11T08:35", "2026-03-11T15:00", True),
        ("2026-03-11T08:35", "2026-03-11T11:00", False),
        ("2026-03-11T13:35", "2026-03-11T17:00", False),
        ("2026-03-11T08:35", "2026-03-12T15:00", False),
    ],
)
def test_a_form_in_the_morning_and_data_in_the_afternoon(sent: str, due: str, *, same: bool) -> None:
    assert left(at(sent), at(due))["due_same_afternoon"] is same


@settings(max_examples=25)
@given(st.integers(0, 20 * 1440), st.integers(0, FAR * 1440))
def test_working_time_is_never_more_than_time(minute: int, length: int) -> None:
    sent = at("2026-03-01T00:00").timestamp() + minute * 60
    moments = (datetime.fromtimestamp(one, BEIJING) for one in (sent, sent + length * 60))
    assert 0 <= left(*moments)["worked_to_deadline"] <= length * 60
