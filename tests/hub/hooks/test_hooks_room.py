"""The outbox by itself: what may be subscribed, what another vault locked, what a lost right, a clock and a busy receiver do to it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from fakes import FakeHttp
from hub_help import Clock, beijing
from page_help import sent

from qingqun.hub import hooks
from qingqun.hub.desk import amend
from qingqun.hub.hooks.send import AFTER, LEASE
from qingqun.hub.hooks.subscribe import MOST
from qingqun.hub.models import Entry, Hook, Notice, Person, Post, Power
from qingqun.hub.moment import MINUTE
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
NIGHT = beijing("2026-03-11 22:00")
DAY = timedelta(days=1)


@pytest.fixture
def outbox(office: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    for name, value in (("VAULT_KEY", Fernet.generate_key().decode()), ("WEBHOOK_HOSTS", ["127.0.0.1"]), ("WEBHOOK_PRIVATE", True)):
        monkeypatch.setattr(settings, name, value)
    office.power = Power.objects.create(person=office.zhang, unit=office.street, right="author")
    with FakeHttp() as fake:
        office.fake, office.clock = fake, Clock(NOW)
        yield office


def _hook(office: SimpleNamespace, *events: str, person: Person | None = None, unit: int | None = None) -> Hook:
    return hooks.subscribed((person or office.zhang).pk, office.fake.url, events or hooks.EVENTS, NOW, unit)[0]


def _events(office: SimpleNamespace) -> list[str]:
    hooks.send(office.clock)
    return [json.loads(body)["type"].removeprefix("notice.") for body in office.fake.log.bodies]


@pytest.mark.parametrize(
    "url",
    ["", "ftp://127.0.0.1/", "http://other.example/", "http://user@127.0.0.1/", "http://127.0.0.1:99999/", "http://127.0.0.1:0/", "http://[::1/", "http://127.0.0.1/文", "http://127.0.0.1/" + "a" * 500],
)  # fmt: skip
def test_where_nobody_may_send_nobody_subscribes(outbox: SimpleNamespace, url: str) -> None:
    with pytest.raises(Refused):
        hooks.subscribed(outbox.zhang.pk, url, hooks.EVENTS, NOW)
    assert not Hook.objects.exists()
    assert not Entry.objects.exists()


def test_a_subscription_has_an_event_and_there_are_not_too_many(outbox: SimpleNamespace) -> None:
    for events in ([], ["read"], ["ACCEPTED"]):
        with pytest.raises(Refused, match="至少选一种"):
            hooks.subscribed(outbox.zhang.pk, outbox.fake.url, events, NOW)
    for _number in range(MOST):
        _hook(outbox)
    with pytest.raises(Refused, match="最多"):
        _hook(outbox)
    assert hooks.ended(outbox.zhang.pk, hooks.listed(outbox.zhang.pk)[0].pk, NOW)
    assert _hook(outbox, person=outbox.li).person == outbox.li
    assert _hook(outbox).active


def test_a_subscription_is_ended_by_whose_it_is_and_once(outbox: SimpleNamespace) -> None:
    hook = _hook(outbox)
    sent(outbox, NOW)
    assert not hooks.ended(outbox.li.pk, hook.pk, NOW)
    assert hooks.renewed(outbox.li.pk, hook.pk, NOW) is None
    assert not hooks.settled(outbox.li.pk, hook.pk, NOW)
    assert hooks.ended(outbox.zhang.pk, hook.pk, NOW)
    assert not hooks.ended(outbox.zhang.pk, hook.pk, NOW)
    assert set(Post.objects.values_list("state", flat=True)) == {"dropped"}
    assert bytes(Hook.objects.get().locked) == b""
    assert _events(outbox) == []


def test_who_loses_the_right_before_it_is_sent_is_told_nothing_of_it(outbox: SimpleNamespace) -> None:
    _hook(outbox)
    sent(outbox, NIGHT)
    assert Post.objects.filter(state="queued").count() == 2
    outbox.power.delete()
    assert _events(outbox) == []
    outbox.clock.at = NIGHT + DAY
    assert _events(outbox) == []
    assert set(Post.objects.values_list("state", flat=True)) == {"dropped"}


def test_an_administrators_ends_with_the_unit_and_an_authors_stays(outbox: SimpleNamespace) -> None:
    power = Power.objects.create(person=outbox.li, unit=outbox.street, right="administrator")
    _hook(outbox, "accepted", person=outbox.li, unit=outbox.street.pk)
    _hook(outbox, "accepted")
    sent(outbox, NOW)
    Power.objects.filter(pk=power.pk).update(unit=outbox.other)
    assert _events(outbox) == ["accepted"]
    assert sorted(Post.objects.values_list("state", flat=True)) == ["dropped", "sent"]


def test_a_secret_of_another_vault_holds_up_nobody_else(outbox: SimpleNamespace) -> None:
    old = _hook(outbox)
    assert hooks.renewed(outbox.zhang.pk, old.pk, NOW, 1) is not None
    Hook.objects.filter(pk=old.pk).update(locked=b"of another vault")
    _hook(outbox)
    outbox.clock.at = NOW + timedelta(hours=2)
    sent(outbox, NOW)
    assert sorted(_events(outbox)) == ["accepted", "delivered"]
    assert sorted(Post.objects.filter(hook=old).values_list("state", "outcome")) == [("queued", "address")] * 2
    assert Hook.objects.get(pk=old.pk).old_until is None


def test_it_is_tried_for_days_later_and_later_and_then_given_up(outbox: SimpleNamespace) -> None:
    _hook(outbox, "accepted")
    sent(outbox, NOW)
    outbox.fake.answer = "500"
    waits = []
    while hooks.send(outbox.clock):
        post = Post.objects.get()
        waits.append(post.not_before - outbox.clock.at)
        outbox.clock.at = post.not_before
        if post.state == "failed":
            break
    assert [wait // timedelta(milliseconds=1) for wait in waits] == [*AFTER, 0]
    assert (post.tries, post.outcome, Hook.objects.get().failing_since) == (len(AFTER) + 1, "500", NOW)
    outbox.clock.at += DAY
    assert hooks.send(outbox.clock) == 0


def test_a_clock_that_jumps_back_sends_nothing_twice(outbox: SimpleNamespace) -> None:
    _hook(outbox)
    sent(outbox, NOW)
    assert sorted(_events(outbox)) == ["accepted", "delivered"]
    outbox.clock.at = NOW - DAY
    assert len(_events(outbox)) == 2
    outbox.clock.at = NOW + DAY
    assert len(_events(outbox)) == 2


def test_what_is_leased_is_nobody_elses_until_the_lease_is_over(outbox: SimpleNamespace) -> None:
    _hook(outbox, "accepted")
    sent(outbox, NOW)
    Post.objects.update(state="sending", lease_until=NOW + timedelta(milliseconds=LEASE))
    assert hooks.send(outbox.clock) == 0
    outbox.clock.at = NOW + timedelta(milliseconds=LEASE + MINUTE)
    assert hooks.send(outbox.clock) == 1
    assert Post.objects.get().state == "sent"


def test_an_event_stands_in_the_outbox_once_however_often_it_is_told(outbox: SimpleNamespace) -> None:
    _hook(outbox)
    notice = sent(outbox, NIGHT)
    amend.withdraw(Notice.objects.get(pk=notice.pk), outbox.zhang.pk, NIGHT)
    with pytest.raises(Refused):
        amend.withdraw(Notice.objects.get(pk=notice.pk), outbox.zhang.pk, NIGHT)
    assert hooks.tell(hooks.WITHDRAWN, notice.pk, NIGHT) == 0
    assert Post.objects.count() == len(hooks.EVENTS) == len(set(Post.objects.values_list("key", flat=True)))


@pytest.mark.parametrize("hours", [-1, 169])
def test_two_secrets_stand_side_by_side_for_a_week_at_most(outbox: SimpleNamespace, hours: int) -> None:
    hook = _hook(outbox)
    with pytest.raises(Refused):
        hooks.renewed(outbox.zhang.pk, hook.pk, NOW, hours)
    assert Hook.objects.get().old_until is None
