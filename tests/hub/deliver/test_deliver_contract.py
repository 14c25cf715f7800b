"""Every channel keeps the contract, found by walking the folder: what each kind of answer means, recipient by recipient."""

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from fakes import FakeHttp, FakeSmtp
from fakes_all import EVERY, RINGING, SPOKEN, Platform

from qingqun.hub.deliver import wire
from qingqun.hub.deliver.channels import CHANNELS, smtp, webhook
from qingqun.hub.deliver.ringing import Outcome, Ringing, each_rate


@pytest.fixture(params=EVERY)
def platform(request: pytest.FixtureRequest, lite: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    with EVERY[request.param]() as fake:
        yield Platform(request.param, fake)
        assert not getattr(fake, "wrong", [])


def test_every_channel_is_tested_here() -> None:
    assert set(CHANNELS) == {*EVERY, "inbox"}


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_a_channel_has_what_a_channel_has(name: str) -> None:
    channel = CHANNELS[name]
    assert channel.TITLE
    assert len(name) <= 20
    assert channel.LIMITS.longest > 0
    assert isinstance(channel.KEYED, bool)
    rates = [*each_rate(channel.LIMITS.credential), *each_rate(channel.LIMITS.person)]
    assert all(rate.number >= 2 and rate.seconds > 0 for rate in rates)
    assert len({field.name for field in channel.FIELDS}) == len(channel.FIELDS)
    assert all(field.label and field.kind in {"text", "number", "yes", "list"} for field in channel.FIELDS)


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_what_a_platform_needs_is_what_its_fields_ask_for(name: str) -> None:
    asked = {field.name for field in CHANNELS[name].FIELDS}
    assert set(SPOKEN[name].SECRETS) <= asked
    assert any(field.secret for field in CHANNELS[name].FIELDS)


def test_the_inbox_has_nothing_to_ring() -> None:
    ringing = Ringing(1, mark="m", address="", **RINGING)
    message = CHANNELS["inbox"].render(ringing, {})
    assert list(CHANNELS["inbox"].send([message], {})) == [(1, Outcome(CHANNELS["inbox"].classify(None).state))]


def test_ok_is_sent_and_proves_nothing(platform: Platform) -> None:
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again, len(platform.fake.log.marks)) == ("sent", False, 1)


def test_an_error_of_the_platform_is_tried_again(platform: Platform) -> None:
    platform.fake.answer = platform.later
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again, platform.fake.log.marks) == ("refused", True, [])


def test_a_refusal_also_one_inside_a_success_is_for_good(platform: Platform) -> None:
    platform.fake.answer = platform.refuse
    (outcome,) = platform.said("xiaoli")
    assert (outcome.state, outcome.again) == ("refused", False)
    assert platform.address("xiaoli") not in outcome.word


def test_a_partial_refusal_is_told_for_each(platform: Platform) -> None:
    platform.fake.answer = lambda address: platform.refuse if platform.is_of(address, "wang") else "ok"
    assert [outcome.state for outcome in platform.said("li", "wang", "zhang")] == ["sent", "refused", "sent"]
    assert len(platform.fake.log.marks) == 2


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_a_cut_after_the_text_left_is_unknown_and_the_next_goes_on(platform: Platform, cut: str) -> None:
    platform.fake.answer = lambda address: cut if platform.is_of(address, "wang") else "ok"
    assert [outcome.state for outcome in platform.said("li", "wang", "zhang")] == ["sent", "unknown", "sent"]


def test_a_platform_that_answers_too_late_leaves_it_unknown(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)
    platform.fake.answer = "slow"
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again) == ("unknown", False)


def test_nobody_listening_is_tried_again(platform: Platform) -> None:
    platform.fake.__exit__(None, None, None)
    outcomes = platform.said("li", "wang", **({"port": 1} if platform.name == "smtp" else {}))
    assert [(outcome.state, outcome.again) for outcome in outcomes] == [("refused", True)] * 2


def test_429_is_tried_again_when_the_platform_said() -> None:
    with FakeHttp("429") as fake:
        (outcome,) = Platform("webhook", fake).said("li")
    assert (outcome.again, outcome.after) == (True, 7)


def test_a_silent_drop_looks_like_ok_which_is_why_ok_proves_nothing(platform: Platform) -> None:
    platform.fake.answer = "drop"
    (outcome,) = platform.said("li")
    assert (outcome.state, platform.fake.log.marks) == ("sent", [])


def test_a_redirect_is_not_followed() -> None:
    with FakeHttp("redirect") as fake:
        assert [one.state for one in Platform("webhook", fake).said("li")] == ["refused"]


def test_messages_carry_nothing_that_could_begin_another_header() -> None:
    with FakeSmtp() as fake:
        platform = Platform("smtp", fake)
        evil = Ringing(1, mark="m", address="li@office.example", **{**RINGING, "title": "甲\r\nBcc: 外人@evil.example"})
        list(platform.channel.send([platform.channel.render(evil, fake.credentials)], fake.credentials))
    assert b"\nBcc:" not in fake.log.bodies[0]


def test_a_message_is_signed_as_standard_webhooks_has_it() -> None:
    """The vector is the standard's own worked example (Apache-2.0)."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    signed = webhook.sign([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_receiver_takes_either_of_two_secrets_and_nothing_else() -> None:
    old, new, other = ("whsec_" + letter * 32 for letter in "abc")
    at, body = 1_700_000_000, b"{}"
    headers = {"webhook-id": "m", "webhook-timestamp": str(at), "webhook-signature": webhook.sign([old, new], "m", at, body)}
    assert webhook.verify([old], headers, body, at)
    assert webhook.verify([new], headers, body, at + 300)
    assert not webhook.verify([other], headers, body, at)
    assert not any(webhook.verify([old], headers, body, moment) for moment in (at + 301, at - 301))
    assert not webhook.verify([old], headers, b"{ }", at)
    assert not webhook.verify([old], {**headers, "webhook-id": "n"}, body, at)
    assert not webhook.verify([old], {**headers, "webhook-timestamp": str(at + 1)}, body, at)
    assert not webhook.verify([old], {**headers, "webhook-signature": "v1,"}, body, at)
    assert not webhook.verify([old], {**headers, "webhook-timestamp": "²"}, body, at)
