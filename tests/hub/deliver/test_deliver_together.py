"""Where a receiver knows the key, a batch is promised together: one act to claim it, one to end it, and nothing less is promised than before."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hub_help import Clock, written

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver import CHANNELS, Opened, finish, look, ring
from qingqun.hub.deliver.channels import webhook
from qingqun.hub.deliver.ringing import Credentials, Limits, Message, Outcome, Rate, Sent, at_once
from qingqun.hub.models import Attempt, Contact, Delivery, Person, Ring

PEOPLE = 12


class Taking:
    """The webhook, with a receiver that is a function of the number of messages it has had."""

    TITLE, KEYED, FIELDS, AT_ONCE, LIMITS = webhook.TITLE, True, webhook.FIELDS, 500, Limits(credential=Rate(1_200, 60))
    render = staticmethod(webhook.render)
    classify = staticmethod(webhook.classify)

    def __init__(self, said: Callable[[int], Outcome] = lambda _number: Outcome(Ring.SENT, "200")) -> None:
        self.said, self.marks = said, list[str]()

    def send(self, messages: Iterable[Message], _credentials: Credentials) -> Iterator[Sent]:
        for message in messages:
            self.marks.append(message.mark)
            yield message.attempt, self.said(len(self.marks))


@pytest.fixture
def due(office: SimpleNamespace, morning: Clock) -> SimpleNamespace:
    people = [Person.objects.create(name=f"人员{number}", unit=office.east) for number in range(PEOPLE)]
    for person in people:
        Contact.objects.create(person=person, channel="webhook", address="https://hook.example/", rank=1)
    accept.accept(written(office, audience={"persons": [person.pk for person in people]}), story._plan, morning())
    look(morning, "routine", {"webhook": Opened("webhook", CHANNELS["webhook"], {})}, None)
    office.clock = morning
    return office


def _ring(due: SimpleNamespace, channel: Any, **changed: Any) -> int:
    return ring(due.clock, "routine", "甲", Opened("webhook", channel, {"secrets": [], "hosts": []}), **changed)


def _states() -> dict[str, int]:
    return dict(sql.rows("SELECT state, count(*) FROM hub_attempt GROUP BY state"))


def test_a_batch_takes_as_many_statements_as_one_message(due: SimpleNamespace) -> None:
    taking = Taking()
    with CaptureQueriesContext(connection) as asked:
        assert _ring(due, taking) == PEOPLE
    assert len(asked) < 20
    assert _states() == {"sent": PEOPLE}
    assert len(set(taking.marks)) == PEOPLE
    ((count, data),) = sql.rows("SELECT count, data FROM hub_entry WHERE act = 'ring'")
    assert (count, sql.json_value(data)) == (PEOPLE, {"sent": PEOPLE})


def test_each_outcome_is_written_to_its_own_delivery(due: SimpleNamespace) -> None:
    words = {1: Outcome(Ring.REFUSED, "410"), 2: Outcome(Ring.REFUSED, "503", again=True, after=600), 3: Outcome(Ring.UNKNOWN, "ReadError")}
    _ring(due, Taking(lambda number: words.get(number, Outcome(Ring.SENT, "200", platform_id=f"id{number}"))))
    ended = list(Attempt.objects.order_by("not_before", "pk").values_list("state", "outcome", "platform_id"))
    assert ended[:4] == [("refused", "410", ""), ("refused", "again 503", ""), ("unknown", "again ReadError", ""), ("sent", "200", "id4")]
    at = due.clock()
    after = {row.pk: row.ring_after - at for row in Delivery.objects.filter(ring_after__isnull=False) if row.ring_after}
    waits = [after[one.delivery_id] for one in Attempt.objects.order_by("not_before", "pk")]
    assert waits[:4] == [timedelta(0), timedelta(minutes=10), timedelta(seconds=30), timedelta(hours=1)]


def test_the_claim_is_the_promise_and_what_a_dead_worker_held_is_rung_again_by_the_same_key(due: SimpleNamespace) -> None:
    taking = Taking(lambda number: Outcome(Ring.SENT) if number < 4 else _die())
    with pytest.raises(KeyboardInterrupt):
        _ring(due, taking)
    assert Attempt.objects.filter(state="sending", tried_at__isnull=False).count() == PEOPLE
    due.clock.at += timedelta(seconds=31)
    assert finish.rescue(due.clock(), "routine", ["webhook"]) == PEOPLE
    due.clock.at += timedelta(seconds=31)
    look(due.clock, "routine", {"webhook": Opened("webhook", CHANNELS["webhook"], {})}, None)
    again = Taking()
    assert _ring(due, again) == PEOPLE
    assert set(taking.marks) < set(again.marks)
    assert len(set(again.marks)) == PEOPLE


def test_what_is_not_handed_over_when_it_stops_goes_back_untried_with_its_tokens(due: SimpleNamespace) -> None:
    taking, stops = Taking(), iter([False, False, True])
    assert _ring(due, taking, stopping=lambda: next(stops)) == PEOPLE
    assert len(taking.marks) == 2
    assert _states() == {"sent": 2, "queued": PEOPLE - 2}
    assert Attempt.objects.filter(state="queued", tried_at__isnull=True, worker="").count() == PEOPLE - 2
    assert round(sql.value("SELECT tokens FROM hub_bucket WHERE key = 'webhook'")) == 600 - 2


def test_a_claim_that_grew_old_is_not_kept(due: SimpleNamespace) -> None:
    def slow(_number: int) -> Outcome:
        due.clock.at += timedelta(seconds=6)
        return Outcome(Ring.SENT)

    taking = Taking(slow)
    _ring(due, taking)
    assert (len(taking.marks), _states()) == (1, {"sent": 1, "queued": PEOPLE - 1})


def test_what_came_back_is_noted_each_second(due: SimpleNamespace) -> None:
    seen = []

    def slow(_number: int) -> Outcome:
        due.clock.at += timedelta(milliseconds=700)
        seen.append(_states().get("sent", 0))
        return Outcome(Ring.SENT)

    _ring(due, Taking(slow))
    assert seen[:5] == [0, 0, 2, 2, 4]


def test_what_was_read_or_withdrawn_meanwhile_is_not_promised(due: SimpleNamespace) -> None:
    first = Delivery.objects.order_by("pk").first()
    assert first
    Delivery.objects.filter(pk=first.pk).update(read_at=due.clock())
    _ring(due, Taking())
    assert _states() == {"sent": PEOPLE - 1, "needless": 1}
    assert Attempt.objects.get(delivery=first).tried_at is None


def test_only_a_channel_that_knows_its_keys_is_promised_together() -> None:
    assert at_once(CHANNELS["webhook"]) == webhook.AT_ONCE
    assert {name for name, one in CHANNELS.items() if at_once(one) > 1} == {"webhook"}
    assert at_once(SimpleNamespace(KEYED=False, AT_ONCE=9)) == 1  # a channel in what is asked


def _die() -> Outcome:
    raise KeyboardInterrupt
