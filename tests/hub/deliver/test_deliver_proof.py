"""What a platform says later: who did not get a ring it took is rung on the next channel; what arrived is proven; asking ends."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from fakes import FakeSmtp
from fakes_office import FakeDingtalk
from hub_help import Clock, written
from post_help import Post

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver import prove
from qingqun.hub.models import Attempt, Contact, Delivery, Entry, Person
from qingqun.hub.reconcile import reconcile


@pytest.fixture
def house(reachable: SimpleNamespace, mail: FakeSmtp, morning: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Let 小李 and 小王 be rung by DingTalk first, then by mail."""
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    with FakeDingtalk() as ding:
        for name in ("li", "wang"):
            Contact.objects.create(person=getattr(reachable, name), channel="dingtalk", address=name, rank=0)
        post = Post(morning, smtp=mail.credentials, dingtalk=ding.credentials)
        people = {"persons": [reachable.li.pk, reachable.wang.pk]}
        yield SimpleNamespace(office=reachable, mail=mail, ding=ding, clock=morning, post=post, people=people)


def _rung(house: SimpleNamespace, **changed: object) -> None:
    accept.accept(written(house.office, audience=house.people, **changed), story._plan, house.clock())
    for _round in range(2):
        house.clock.at += timedelta(minutes=15)
        house.post.round()
    assert sorted(house.ding.log.addresses) == ["li", "wang"]


def _ask(house: SimpleNamespace) -> int:
    return prove(house.clock, "routine", house.post.channels["dingtalk"])


def test_who_was_over_the_limit_is_rung_by_mail_at_once_and_the_other_is_proven(house: SimpleNamespace) -> None:
    _rung(house)
    house.ding.later.update(li="refused", wang="arrived")
    assert _ask(house) == 2
    house.post.round()
    assert house.mail.log.addresses == ["li@office.example"]
    assert set(Attempt.objects.filter(channel="dingtalk").values_list("state", "outcome")) == {
        ("refused", "forbidden 143105"),
        ("delivered", "unread"),
    }
    assert Attempt.objects.filter(ask_after__isnull=False).count() == 0
    assert Entry.objects.get(act="proof").count == 2
    assert reconcile(house.clock()).explained


def test_no_news_is_asked_for_again_each_time_later_and_not_for_ever(house: SimpleNamespace) -> None:
    _rung(house)
    asked = 0
    for _minute in range(6 * 24):
        asked += _ask(house)
        house.clock.at += timedelta(minutes=30)
    assert 8 <= asked <= 24
    assert sql.value("SELECT count(*) FROM hub_attempt WHERE ask_after IS NOT NULL") == 0
    assert set(Attempt.objects.filter(channel="dingtalk").values_list("state", flat=True)) == {"sent"}


def test_a_platform_that_cannot_be_asked_now_is_asked_later(house: SimpleNamespace) -> None:
    _rung(house)
    house.ding.token = "500"
    house.ding.__exit__(None, None, None)
    assert _ask(house) == 2
    assert set(Attempt.objects.filter(channel="dingtalk").values_list("state", flat=True)) == {"sent"}
    assert Attempt.objects.filter(ask_after__gt=house.clock()).count() == 2


def test_a_proof_delivers_to_who_has_no_inbox(house: SimpleNamespace) -> None:
    Person.objects.filter(pk=house.office.li.pk).update(inbox=False)
    _rung(house)
    house.ding.later.update(li="read", wang="read")
    assert Delivery.objects.get(person=house.office.li).state == "sent"
    _ask(house)
    assert Delivery.objects.get(person=house.office.li).state == "delivered"


def test_a_channel_that_cannot_be_asked_is_not(house: SimpleNamespace) -> None:
    assert prove(house.clock, "routine", house.post.channels["smtp"]) == 0
