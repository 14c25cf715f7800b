"""Events reach who subscribed, signed, by ids and counts, at least once."""

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
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
from qingqun.words import Refused


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


def _signed_by(house: SimpleNamespace, secret: str) -> bool:
    body, headers = house.fake.log.bodies[-1], house.fake.headers[-1]
    return verify([secret], headers, body, int(time.time()))


def _signatures(house: SimpleNamespace) -> int:
    return len(house.fake.headers[-1]["webhook-signature"].split())


def _rung(house: SimpleNamespace) -> None:
    sent(house, house.clock.at, send_at=house.clock.at + timedelta(days=90))
    hooks.send(house.clock)


def test_a_secret_is_replaced_with_both_signing_for_a_while(hooked: SimpleNamespace) -> None:
    hook = Hook.objects.get()
    found = hooks.renewed(hooked.zhang.pk, hook.pk, hooked.noon)
    assert found is not None
    fresh = found[1]
    _rung(hooked)
    assert _signatures(hooked) == 2
    assert _signed_by(hooked, fresh)
    assert _signed_by(hooked, hooked.secret)
    with pytest.raises(Refused, match="旧密钥"):
        hooks.renewed(hooked.zhang.pk, hook.pk, hooked.noon)
    hooked.clock.at += timedelta(hours=24)
    _rung(hooked)
    assert _signatures(hooked) == 1
    assert _signed_by(hooked, fresh)
    assert not _signed_by(hooked, hooked.secret)
    assert Hook.objects.get().old_until is None


def test_a_secret_that_others_know_signs_no_more_at_once(hooked: SimpleNamespace) -> None:
    hook = Hook.objects.get()
    hooks.renewed(hooked.zhang.pk, hook.pk, hooked.noon)
    last = hooks.renewed(hooked.zhang.pk, hook.pk, hooked.noon, hours=0)
    assert last is not None
    _rung(hooked)
    assert (_signatures(hooked), _signed_by(hooked, last[1])) == (1, True)


def test_the_old_secret_is_ended_early_by_whose_it_is(hooked: SimpleNamespace) -> None:
    hook = Hook.objects.get()
    found = hooks.renewed(hooked.zhang.pk, hook.pk, hooked.noon)
    assert found is not None
    assert not hooks.settled(hooked.li.pk, hook.pk, hooked.noon)
    assert hooks.settled(hooked.zhang.pk, hook.pk, hooked.noon)
    assert not hooks.settled(hooked.zhang.pk, hook.pk, hooked.noon)
    _rung(hooked)
    assert (_signatures(hooked), _signed_by(hooked, found[1])) == (1, True)


def test_programs_replace_a_secret_too(hooked: SimpleNamespace) -> None:
    program, number = hooked.program["zhang"], Hook.objects.get().pk
    made = program("POST", f"/webhooks/{number}/secret", {"overlap_hours": 48})
    assert made.status == 201
    assert datetime.fromisoformat(made.said["old_secret_until"]) == hooked.noon + timedelta(hours=48)
    assert program("POST", f"/webhooks/{number}/secret", {}).status == 422
    assert [one["old_secret_until"] is None for one in program("GET", "/webhooks").said] == [False]
    assert "secret" not in program("GET", "/webhooks").said[0]
    assert program("DELETE", f"/webhooks/{number}/secret/old").status == 204
    assert program("DELETE", f"/webhooks/{number}/secret/old").status == 404
    assert hooked.program["zhao"]("POST", f"/webhooks/{number}/secret", {}).status == 404
    _rung(hooked)
    assert _signed_by(hooked, made.said["secret"])


def test_the_page_makes_replaces_and_ends(hooked: SimpleNamespace) -> None:
    browser, address = hooked.browser["zhang"], "/mine/webhooks/"
    number = Hook.objects.get().pk
    shown = browser.post(address, {"act": f"renew:{number}", "hours": "24"})
    assert "no-store" in shown.headers["Cache-Control"]
    (fresh,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", unescape(shown.content.decode()))
    page = browser.get(address).content.decode()
    assert "带新旧两个签名" in page
    assert "whsec_" not in page
    _rung(hooked)
    assert _signed_by(hooked, fresh)
    browser.post(address, {"act": f"settle:{number}"})
    assert Hook.objects.get().old_until is None
    assert "whsec_" in browser.post(address, {"act": "make", "url": hooked.fake.url, "of": "own", "event": "accepted"}).content.decode()
    assert (
        browser.post(address, {"act": "make", "url": hooked.fake.url, "of": str(hooked.street.pk), "event": "accepted"}).status_code == 303
    )
    assert browser.post(address, {"act": "make", "url": "https://elsewhere.example/", "of": "own", "event": "accepted"}).status_code == 303
    browser.post(address, {"act": f"end:{number}"})
    assert Hook.objects.filter(active=True).count() == 1
    hooked.browser["zhao"].post(address, {"act": "make", "url": hooked.fake.url, "of": str(hooked.street.pk), "event": "delivered"})
    assert Hook.objects.get(person=hooked.zhao).unit == hooked.street
