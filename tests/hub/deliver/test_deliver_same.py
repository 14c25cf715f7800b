"""A ring that a platform took and answered with an error comes again in the same words, so that the platform itself keeps the second back."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import DatabaseError, connection
from fakes_all import Platform
from fakes_office import FakeDingtalk
from hub_help import Clock, written
from post_help import Post

from qingqun.hub import story
from qingqun.hub.deliver import CHANNELS, finish, passes
from qingqun.hub.deliver.channels import dingtalk
from qingqun.hub.deliver.ringing import Asked, Ringing
from qingqun.hub.desk import amend
from qingqun.hub.models import Attempt, Contact, Notice

QUARTER = timedelta(minutes=15)


@pytest.fixture
def ding(office: SimpleNamespace, morning: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Let DingTalk be everybody's channel, and send a notice that asks to be confirmed."""
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    passes._denied.clear()
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="dingtalk", address=name)
    with FakeDingtalk() as fake:
        office.fake, office.clock, office.post = fake, morning, Post(morning, dingtalk=fake.credentials)
        office.notice = Notice.objects.get(pk=story.write(written(office, confirm="confirm"), morning()).notice)
        yield office


def later(house: SimpleNamespace, time: timedelta) -> None:
    house.clock.at += time
    for _round in range(3):
        house.post.round()


def said(house: SimpleNamespace) -> list[tuple[str, bytes]]:
    return [(call.address, call.content) for call in house.fake.calls]


def test_what_was_taken_and_called_an_error_is_said_again_in_the_same_words_and_heard_once(ding: SimpleNamespace) -> None:
    ding.fake.answer = "late_500"
    later(ding, QUARTER)
    ding.fake.answer = "ok"
    later(ding, QUARTER)
    assert len(said(ding)) == 6
    assert len(set(said(ding))) == 3
    assert sorted(ding.fake.log.addresses) == ["li", "wang", "zhang"]
    assert sorted(Attempt.objects.values_list("number", "state")) == [(1, "refused")] * 3 + [(2, "sent")] * 3


def test_a_reminder_of_the_same_day_says_something_else_and_is_heard(ding: SimpleNamespace) -> None:
    later(ding, QUARTER)
    ding.clock.at += timedelta(hours=2)
    amend.remind(ding.notice, ding.zhang.pk, ding.clock())
    later(ding, QUARTER)
    assert sorted(ding.fake.log.addresses) == ["li", "li", "wang", "wang", "zhang", "zhang"]


@pytest.mark.parametrize("code", ["143106", "143206"])
def test_who_got_nothing_because_they_had_it_is_not_rung_elsewhere(lite: Any, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    with FakeDingtalk() as fake:
        (sent,) = Platform("dingtalk", fake).said("li")
        monkeypatch.setattr(
            fake, "_result", lambda who: {"forbidden_user_id_list": [who], "forbidden_list": [{"code": code, "userid": who}]}
        )
        assert dingtalk.poll_result(Asked(sent.platform_id, "li", None), fake.credentials) is None  # type: ignore[arg-type]  # not looked at


def test_a_text_of_wecom_asks_that_a_double_be_kept_back() -> None:
    held = {"corpid": "ww", "agentid": "1", "corpsecret": "s", "form": "text"}
    one, other = (
        json.loads(CHANNELS["wecom"].render(Ringing(attempt, 7, "m" * 28, "li", "报送", "请报送", "街道", "https://hub/go/x"), held).body)
        for attempt in (1, 2)
    )
    assert one == other
    assert (one["enable_duplicate_check"], one["duplicate_check_interval"]) == (1, 4 * 3_600)


class StoppedError(DatabaseError):
    """The worker dies here."""


def _stops_at(number: int, *, after: bool) -> Callable[..., Any]:
    seen = [0]

    def execute(run: Callable[..., Any], *asked: Any) -> Any:
        seen[0] += 1
        if seen[0] == number and after:
            run(*asked)
        if seen[0] == number:
            raise StoppedError
        return run(*asked)

    return execute


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("word", ["ok", "late_500"])
def test_a_worker_that_dies_anywhere_between_claim_and_end_rings_nobody_twice(ding: SimpleNamespace, word: str, after: bool) -> None:
    """At every statement of the round, that of the token too; whoever died is rescued, and what may ring again rings."""
    ding.clock.at += QUARTER
    ding.post.look()
    ding.fake.answer, number, finished = word, 0, False
    while not finished:
        number += 1
        try:
            with connection.execute_wrapper(_stops_at(number, after=after)):
                ding.post.round()
            finished = True
        except StoppedError:
            connection.close()
            Attempt.objects.filter(state="sending").update(lease_until=ding.clock() - timedelta(minutes=1))
            finish.rescue(ding.clock(), "routine", [])
    ding.fake.answer = "ok"
    for _try in range(4):
        later(ding, QUARTER)
    heard = ding.fake.log.addresses
    assert number > 10
    assert len(heard) == len(set(heard))
    assert not Attempt.objects.filter(state__in=["queued", "sending"]).exists()
