"""Every channel keeps the contract, found by walking the folder: what each kind of answer means, recipient by recipient."""

from collections.abc import Iterator
from typing import Any

import pytest
from fakes import FakeHttp, FakeSmtp

from qingqun.hub.deliver import wire
from qingqun.hub.deliver.channels import CHANNELS, smtp, webhook
from qingqun.hub.deliver.ringing import Channel, Message, Outcome, Ringing

RINGING = {"delivery": 7, "title": "报送统计表", "summary": "请于周五前报送。", "unit": "和平街道", "link": "https://hub.example/go/x"}
RINGS = ("smtp", "webhook")


class Platform:
    """A channel with a fake of its platform; `said` sends to each address and returns the outcomes."""

    def __init__(self, name: str, fake: FakeSmtp | FakeHttp) -> None:
        self.channel: Channel = CHANNELS[name]
        self.fake, self.name = fake, name

    def address(self, who: str) -> str:
        return f"{who}@office.example" if isinstance(self.fake, FakeSmtp) else f"{self.fake.url}/{who}"

    def said(self, *people: str, **changed: Any) -> list[Outcome]:
        return [outcome for _attempt, outcome in self.channel.send(self.messages(*people), {**self.fake.credentials, **changed})]

    def messages(self, *people: str) -> list[Message]:
        rings = [Ringing(number, mark=f"{number:028x}", address=self.address(who), **RINGING) for number, who in enumerate(people)]  # type: ignore[arg-type]  # texts and a number
        return [self.channel.render(one, self.fake.credentials) for one in rings]


@pytest.fixture(params=RINGS)
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    with FakeSmtp() if request.param == "smtp" else FakeHttp() as fake:
        yield Platform(request.param, fake)


def test_every_channel_is_tested_here() -> None:
    assert set(CHANNELS) == {*RINGS, "inbox"}


@pytest.mark.parametrize("name", sorted(CHANNELS))
def test_a_channel_has_what_a_channel_has(name: str) -> None:
    channel = CHANNELS[name]
    assert channel.TITLE
    assert channel.LIMITS.longest > 0
    assert isinstance(channel.KEYED, bool)
    rates = [rate for rate in (channel.LIMITS.credential, channel.LIMITS.person) if rate]
    assert all(rate.number >= 2 and rate.seconds > 0 for rate in rates)


def test_the_inbox_has_nothing_to_ring() -> None:
    ringing = Ringing(1, mark="m", address="", **RINGING)  # type: ignore[arg-type]  # as above
    message = CHANNELS["inbox"].render(ringing, {})
    assert list(CHANNELS["inbox"].send([message], {})) == [(1, Outcome(CHANNELS["inbox"].classify(None).state))]


def test_ok_is_sent_and_proves_nothing(platform: Platform) -> None:
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again, len(platform.fake.log.marks)) == ("sent", False, 1)


def test_an_error_of_the_platform_is_tried_again(platform: Platform) -> None:
    platform.fake.answer = {"smtp": "later", "webhook": "500"}[platform.name]
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again, platform.fake.log.marks) == ("refused", True, [])


def test_a_refusal_also_one_inside_a_success_is_for_good(platform: Platform) -> None:
    platform.fake.answer = {"smtp": "refuse", "webhook": "refuse_inside"}[platform.name]
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again) == ("refused", False)
    assert "li" not in outcome.word


def test_a_partial_refusal_is_told_for_each(platform: Platform) -> None:
    platform.fake.answer = lambda address: {"smtp": "refuse", "webhook": "410"}[platform.name] if "wang" in address else "ok"
    assert [outcome.state for outcome in platform.said("li", "wang", "zhang")] == ["sent", "refused", "sent"]
    assert len(platform.fake.log.marks) == 2


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_a_cut_after_the_text_left_is_unknown_and_the_next_goes_on(platform: Platform, cut: str) -> None:
    platform.fake.answer = lambda address: cut if "wang" in address else "ok"
    assert [outcome.state for outcome in platform.said("li", "wang", "zhang")] == ["sent", "unknown", "sent"]


def test_a_platform_that_answers_too_late_leaves_it_unknown(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    monkeypatch.setattr(wire, "TIMEOUT", 0.3)
    platform.fake.answer = "slow"
    (outcome,) = platform.said("li")
    assert (outcome.state, outcome.again) == ("unknown", False)


def test_nobody_listening_is_tried_again(platform: Platform) -> None:
    platform.fake.__exit__()
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
        evil = Ringing(1, mark="m", address="li@office.example", **{**RINGING, "title": "甲\r\nBcc: 外人@evil.example"})  # type: ignore[arg-type]  # as above
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
