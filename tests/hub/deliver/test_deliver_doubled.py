"""However many workers look, claim and end at the same time, a ring is made once, handed to one of them, and its end is written once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection
from hub_help import Clock, written

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver import due, finish
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Limits, Outcome
from qingqun.hub.models import Attempt, Contact, Delivery, Person, Ring

PEOPLE, WORKERS, ROUNDS = 40, 3, 6
CHANNELS = ["smtp", "webhook"]


@pytest.fixture
def waiting(office: SimpleNamespace, morning: Clock) -> SimpleNamespace:
    """Let a notice to forty people, each with two channels, be due for its rings."""
    people = [Person.objects.create(name=f"人员{number}", unit=office.east) for number in range(PEOPLE)]
    for person in people:
        for rank, channel in enumerate(CHANNELS):
            Contact.objects.create(person=person, channel=channel, address=f"{person.pk}@office.example", rank=rank)
    accept.accept(written(office, audience={"persons": [person.pk for person in people]}), story._plan, morning())
    office.clock = morning
    return office


def _together(work: Callable[[int], Any]) -> list[Any]:
    """Let each worker, in a thread and on a connection of its own, do something at the same moment."""
    start = threading.Barrier(WORKERS)

    def one(number: int) -> Any:
        try:
            start.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


def test_workers_that_look_at_the_same_moment_make_one_ring_of_each_delivery(waiting: SimpleNamespace) -> None:
    for _round in range(ROUNDS):
        _together(lambda _number: due.due(waiting.clock(), "routine", CHANNELS, None, limit=7))
    while due.due(waiting.clock(), "routine", CHANNELS, None):
        pass
    rings = Attempt.objects.values_list("delivery_id", "channel", "number")
    assert sorted(rings) == [(number, "smtp", 1) for number in sorted(Delivery.objects.values_list("pk", flat=True))]


def test_workers_that_claim_at_the_same_moment_share_the_rings_and_end_each_once(waiting: SimpleNamespace) -> None:
    due.due(waiting.clock(), "routine", CHANNELS, None)

    def worked(number: int) -> list[int]:
        mine: list[int] = []
        while found := claim(waiting.clock(), "routine", "smtp", str(number), Limits(), limit=3, promised=True):
            mine += [one.attempt for one in found]
        return mine

    shares = _together(worked)
    taken = sorted(one for share in shares for one in share)
    assert taken == sorted(Attempt.objects.values_list("pk", flat=True))
    everything = [(one, Outcome(Ring.SENT, "200")) for one in taken]

    def ended(number: int) -> int:
        with sql.act():
            return finish.end(everything, str(number), "routine", waiting.clock(), keyed=True)

    assert _together(ended) == [len(share) for share in shares]  # each only its own, whatever it says of the others


def test_one_that_looks_past_the_lock_makes_no_second_ring(waiting: SimpleNamespace) -> None:
    """What the row's lock keeps apart is kept apart by the database's own constraint, too: delivery, channel, number."""
    ids, made, seen = list(Delivery.objects.values_list("pk", flat=True)), threading.Event(), threading.Event()

    def first() -> None:
        with sql.act():
            due._look(ids, waiting.clock(), CHANNELS, None, None)
            made.set()
            seen.wait(0.3)
        connection.close()

    def second() -> None:
        made.wait(20)
        with sql.act():
            due._look(ids, waiting.clock(), CHANNELS, None, None)
        seen.set()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(first), pool.submit(second)]:
            one.result()
    assert Attempt.objects.count() == PEOPLE


def test_the_database_itself_refuses_a_second_ring_of_the_same_number(waiting: SimpleNamespace) -> None:
    due.due(waiting.clock(), "routine", CHANNELS, None)
    again = Attempt.objects.order_by("pk").values("delivery_id", "channel", "number", "lane", "not_before")[0]
    with pytest.raises(IntegrityError):
        Attempt.objects.create(key="another", **again)


def test_rings_of_different_deliveries_have_different_marks(waiting: SimpleNamespace) -> None:
    due.due(waiting.clock(), "routine", CHANNELS, None)
    assert len({key[:28] for key in Attempt.objects.values_list("key", flat=True)}) == PEOPLE
