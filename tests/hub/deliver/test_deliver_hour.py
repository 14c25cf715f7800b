"""After a ring the next channel's turn is an hour later; where the ring went out at once, nothing is written for it a second time."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_help import Post

from qingqun.hub import sql, story
from qingqun.hub.deliver import finish
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Limits, Outcome
from qingqun.hub.models import Attempt, Contact, Delivery, Ring

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


@pytest.fixture
def rung(reachable: SimpleNamespace, morning: Clock, mail: FakeSmtp, web: FakeHttp) -> SimpleNamespace:
    """Let 小李 have mail, then a webhook, and a ring by mail that is made and not yet claimed."""
    Contact.objects.create(person=reachable.li, channel="webhook", address=f"{web.url}/li", rank=2)
    story.write(written(reachable, audience={"persons": [reachable.li.pk]}), morning())
    morning.at += QUARTER
    house = SimpleNamespace(clock=morning, mail=mail, web=web)
    house.post = Post(morning, smtp=mail.credentials, webhook=web.credentials)
    house.post.look()
    return house


def _claimed(house: SimpleNamespace, later: timedelta) -> int:
    house.clock.at += later
    (ringing,) = claim(house.clock(), "routine", "smtp", "甲", Limits())
    return ringing.attempt


def _ended(house: SimpleNamespace, attempt: int, outcome: Outcome) -> None:
    with sql.act():
        assert finish.end([(attempt, outcome)], "甲", "routine", house.clock(), keyed=False) == 1


@pytest.mark.parametrize("later", [timedelta(), timedelta(minutes=2)])
def test_a_ring_sent_at_once_leaves_the_delivery_as_it_is(rung: SimpleNamespace, later: timedelta) -> None:
    made = rung.clock()
    before = sql.rows("SELECT * FROM hub_delivery")
    _ended(rung, _claimed(rung, later), Outcome(Ring.SENT, "250"))
    assert sql.rows("SELECT * FROM hub_delivery") == before
    assert Delivery.objects.get().ring_after == made + HOUR


def test_one_that_waited_has_its_whole_hour(rung: SimpleNamespace) -> None:
    _ended(rung, _claimed(rung, timedelta(minutes=5)), Outcome(Ring.SENT, "250"))
    assert Delivery.objects.get().ring_after == rung.clock() + HOUR


@pytest.mark.parametrize(
    ("outcome", "wait"),
    [
        (Outcome(Ring.REFUSED, "550"), timedelta()),
        (Outcome(Ring.REFUSED, "451", again=True), timedelta(seconds=30)),
        (Outcome(Ring.UNKNOWN), HOUR),
    ],
)
def test_any_other_end_says_itself_when(rung: SimpleNamespace, outcome: Outcome, wait: timedelta) -> None:
    _ended(rung, _claimed(rung, timedelta()), outcome)
    assert Delivery.objects.get().ring_after == rung.clock() + wait


def test_who_does_not_read_is_rung_on_the_next_channel_an_hour_after_and_then_no_more(rung: SimpleNamespace) -> None:
    rung.post.round()
    rung.clock.at += HOUR - timedelta(seconds=1)
    rung.post.round()
    assert (len(rung.mail.log.marks), len(rung.web.log.marks)) == (1, 0)
    for _hour in range(4):
        rung.clock.at += HOUR
        rung.post.round()
    assert (len(rung.mail.log.marks), len(rung.web.log.marks)) == (1, 1)
    assert Delivery.objects.get().ring_after is None


def test_a_ring_still_on_its_way_after_the_hour_is_not_made_twice(rung: SimpleNamespace) -> None:
    attempt = _claimed(rung, timedelta())
    rung.clock.at += HOUR
    rung.post.look()
    finish.rescue(rung.clock() - HOUR, "routine", [])  # a lease that is held: nothing is lost
    assert list(Attempt.objects.values_list("pk", "number")) == [(attempt, 1)]


ROWS = st.lists(
    st.tuples(st.none() | st.integers(-(2**62), 2**62), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))),
    max_size=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_a_table_given_to_the_database_comes_back_as_it_is(hub: Any, rows: list[tuple[int | None, str]]) -> None:
    given = sql.table({"number": "bigint", "word": "text"}, rows)
    assert sorted(sql.rows(f"SELECT number, word FROM {given.text}", given.params), key=str) == sorted(rows, key=str)
