"""Events reach who subscribed, signed, by ids and counts, at least once."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from fakes import FakeHttp
from hub_help import beijing
from page_help import sent

from qingqun.hub import hooks, release
from qingqun.hub.deliver.channels.webhook import verify
from qingqun.hub.desk import amend
from qingqun.hub.models import Hook, Person, Post, Power


@pytest.fixture
def hooked(house: SimpleNamespace, noon: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["127.0.0.1"])
    monkeypatch.setattr(settings, "WEBHOOK_PRIVATE", True)
    with FakeHttp() as fake:
        house.fake, house.clock = fake, noon
        house.secret = hooks.subscribed(house.zhang.pk, fake.url, hooks.EVENTS, house.noon)[1]
        yield house


def told(house: SimpleNamespace) -> list[str]:
    hooks.send(house.clock)
    return [json.loads(body)["type"] for body in house.fake.log.bodies]


def test_an_author_is_told_by_ids_and_counts_and_signed(hooked: SimpleNamespace) -> None:
    notice = sent(hooked, hooked.noon)
    assert sorted(told(hooked)) == ["notice.accepted", "notice.delivered"]
    for body, headers in zip(hooked.fake.log.bodies, hooked.fake.headers, strict=True):
        assert verify([hooked.secret], headers, body, int(time.time()))
        said = json.loads(body)["data"]
        assert (said["id"], said["counts"]["people"]) == (notice.key, 6)
        assert not any(word in body.decode() for word in ("小李", "报送", "张主任"))


def test_delivered_is_told_when_nobody_waits_any_more(hooked: SimpleNamespace) -> None:
    night = beijing("2026-03-11 22:00")
    hooked.clock.at = night
    sent(hooked, night)
    assert told(hooked) == ["notice.accepted"]
    hooked.clock.at = beijing("2026-03-12 10:00")
    release.release(hooked.clock.at)
    assert told(hooked) == ["notice.accepted", "notice.delivered"]


def test_taken_back_is_told_and_delivered_is_not_any_more(hooked: SimpleNamespace) -> None:
    amend.withdraw(sent(hooked, hooked.noon), hooked.zhang.pk, hooked.noon)
    assert sorted(told(hooked)) == ["notice.accepted", "notice.withdrawn"]


@pytest.mark.parametrize("fault", ["500", "429", "refuse_inside", "cut_before", "cut_after", "redirect"])
def test_what_is_not_known_to_have_come_is_sent_again_under_the_same_key(hooked: SimpleNamespace, fault: str) -> None:
    hooked.fake.answer = fault
    sent(hooked, hooked.noon, send_at=hooked.noon + timedelta(days=1))
    hooks.send(hooked.clock)
    assert Hook.objects.get().failing_since == hooked.noon
    hooked.fake.answer = "ok"
    assert hooks.send(hooked.clock) == 0 or fault
    hooked.clock.at += timedelta(minutes=1)
    assert told(hooked) == ["notice.accepted"]
    assert Hook.objects.get().failing_since is None


def test_a_lost_lease_is_sent_again_and_days_of_failing_end_it(hooked: SimpleNamespace) -> None:
    sent(hooked, hooked.noon, send_at=hooked.noon + timedelta(days=90))
    Post.objects.filter(event="accepted").update(state="sending", lease_until=hooked.noon - timedelta(seconds=1))
    assert "notice.accepted" in told(hooked)
    hooked.fake.answer = "410"
    sent(hooked, hooked.noon)
    hooks.send(hooked.clock)
    assert not Hook.objects.get().active


def test_who_left_or_lost_the_right_is_told_nothing(hooked: SimpleNamespace) -> None:
    Power.objects.filter(person=hooked.zhang).delete()
    sent(hooked, hooked.noon)
    assert told(hooked) == []
    Power.objects.create(person=hooked.zhang, unit=hooked.street, right="author")
    sent(hooked, hooked.noon)
    Person.objects.filter(pk=hooked.zhang.pk).update(left_at=hooked.noon)
    assert told(hooked) == []


def test_an_administrator_is_told_of_their_units_alone_and_nothing_of_few(hooked: SimpleNamespace) -> None:
    hooks.ended(hooked.zhang.pk, Hook.objects.get().pk, hooked.noon)
    hooks.subscribed(hooked.zhao.pk, hooked.fake.url, ["accepted"], hooked.noon, hooked.street.pk)
    sent(hooked, hooked.noon, audience={"persons": [hooked.li.pk]})
    sent(hooked, hooked.noon, unit=hooked.other, audience={"unit": hooked.other.pk})
    assert told(hooked) == ["notice.accepted"]
    assert json.loads(hooked.fake.log.bodies[0])["data"]["counts"] == {"people": None}
