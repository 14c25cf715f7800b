"""When somebody sees a notice and when it rings: never before now, never outside their work, and for every kind of working time."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hub_help import beijing, written
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.hub import hold, sql, story
from qingqun.hub.hold.plan import FIRST_RING, LAST_RING
from qingqun.hub.models import Delivery, Importance, Leave, Person, Shift, State
from qingqun.hub.moment import from_ms, to_ms

NIGHT = beijing("2026-03-11 21:00")
HOURS = {0: Hours.default()}
DAY = timedelta(days=1)
_NOW = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda at: beijing(f"{at:%Y-%m-%d %H:%M}"))  # noqa: DTZ001  hypothesis gives the zone afterwards
_LENGTH = st.none() | st.integers(1, 30 * 24).map(lambda hours: timedelta(hours=hours))


def _group(now: datetime, shift: timedelta | None, leave: timedelta | None) -> hold.Group:
    return hold.Group(0, to_ms(now + shift - DAY) if shift else 0, to_ms(now + leave) if leave else 0)


@settings(max_examples=150)
@given(now=_NOW, shift=_LENGTH, leave=_LENGTH, importance=st.sampled_from([str(one) for one in Importance]))
def test_nothing_is_seen_before_now_and_nothing_rings_before_it_is_seen(
    now: datetime, shift: timedelta | None, leave: timedelta | None, importance: str
) -> None:
    (one,) = hold.plan([_group(now, shift, leave)], HOURS, importance, now)
    assert now <= one.not_before <= one.ring_from
    assert 0 <= one.spread <= (LAST_RING - FIRST_RING).total_seconds()
    assert (one.spread == 0) == (one.reason["code"] == "working")
    if importance == Importance.IMPORTANT:
        assert one.not_before == now


@settings(max_examples=100)
@given(now=_NOW, leave=_LENGTH)
def test_without_a_shift_it_rings_in_the_units_hours_and_after_the_leave(now: datetime, leave: timedelta | None) -> None:
    (one,) = hold.plan([_group(now, None, leave)], HOURS, Importance.ROUTINE, now)
    assert answer(one.not_before, HOURS[0]).working
    assert leave is None or one.not_before >= now + leave
    (again,) = hold.plan([hold.Group(0, 0, 0)], HOURS, Importance.ROUTINE, one.not_before)
    assert again.not_before == one.not_before


@settings(max_examples=60)
@given(now=_NOW, shift=st.integers(1, 48), leave=st.integers(1, 48))
def test_a_shift_counts_unless_it_falls_into_the_leave(now: datetime, shift: int, leave: int) -> None:
    starts, back = now + timedelta(hours=shift), now + timedelta(hours=leave)
    (one,) = hold.plan([hold.Group(0, to_ms(starts), 0)], HOURS, Importance.ROUTINE, now)
    assert (one.not_before, one.reason["code"]) == (starts, "shift")
    (both,) = hold.plan([hold.Group(0, to_ms(starts), to_ms(back))], HOURS, Importance.ROUTINE, now)
    assert both.not_before >= back
    assert both.reason["code"] == ("shift" if shift >= leave else "leave")


@given(ms=st.integers(0, to_ms(beijing("9998-12-31 00:00"))))
def test_a_moment_comes_back_as_it_was_kept(ms: int) -> None:
    assert to_ms(from_ms(ms)) == ms
    assert from_ms(ms) + timedelta(milliseconds=1) == from_ms(ms + 1)


def test_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_ms(NIGHT.replace(tzinfo=None))


def test_a_leave_that_begins_while_it_is_held_holds_it_on_and_says_so(office: SimpleNamespace) -> None:
    notice = story.write(written(office), NIGHT).notice
    back = beijing("2026-03-13 00:00")
    Leave.objects.create(person=office.li, starts=beijing("2026-03-12 00:00"), ends=back)
    story.let_go(beijing("2026-03-12 08:30"))
    own = Delivery.objects.get(notice=notice, person=office.li)
    assert (own.state, own.not_before) == (State.HELD, beijing("2026-03-13 08:30"))
    assert own.hold is not None
    assert own.hold.reason == {"code": "held_again"}
    assert own.ring_after > own.not_before
    assert Delivery.objects.filter(notice=notice, state=State.DELIVERED).count() == 2


def test_a_leave_taken_back_while_it_is_held_is_no_reason_to_ring_early(office: SimpleNamespace) -> None:
    leave = Leave.objects.create(person=office.li, starts=NIGHT - DAY, ends=beijing("2026-03-13 00:00"))
    notice = story.write(written(office), NIGHT).notice
    leave.delete()
    assert story.let_go(beijing("2026-03-12 08:30")) == 2
    assert Delivery.objects.get(notice=notice, person=office.li).not_before == beijing("2026-03-13 08:30")


def test_a_shift_of_tonight_makes_tonight_the_working_time_and_one_that_is_over_does_not(office: SimpleNamespace) -> None:
    Shift.objects.create(person=office.li, starts=NIGHT - timedelta(hours=1), ends=NIGHT + timedelta(hours=8))
    Shift.objects.create(person=office.zhang, starts=NIGHT - timedelta(hours=8), ends=NIGHT)
    notice = story.write(written(office), NIGHT).notice
    states = dict(Delivery.objects.filter(notice=notice).values_list("person", "state"))
    assert states == {office.li.pk: State.DELIVERED, office.zhang.pk: State.HELD, office.wang.pk: State.HELD}


def test_who_rests_is_told_for_each_and_nobody_where_all_work(office: SimpleNamespace) -> None:
    people = sql.Sql("SELECT id FROM hub_person WHERE left_at IS NULL")
    assert hold.resting(people, beijing("2026-03-11 10:00")) is None
    Shift.objects.create(person=office.wang, starts=NIGHT, ends=NIGHT + DAY)
    found = hold.resting(people, NIGHT)
    assert found is not None
    rows = sql.rows(found.text, found.params)
    assert {row[0] for row in rows} == {office.zhang.pk, office.li.pk, office.stranger.pk}
    assert all(to_ms(NIGHT) < row[4] <= row[5] for row in rows)


def test_nobody_asked_about_is_nobody_at_rest(office: SimpleNamespace) -> None:
    assert hold.closed(sql.Sql("SELECT id FROM hub_person WHERE id < 0"), NIGHT) == []
    Person.objects.update(left_at=NIGHT)
    assert hold.resting(sql.Sql("SELECT id FROM hub_person WHERE left_at IS NULL"), NIGHT) is None
