"""The emergency lane: its own worker, open where everything else is shut, and only for who is on duty now."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import accept, story
from qingqun.hub.deliver.channels import smtp
from qingqun.hub.deliver.ringing import Limits, Rate
from qingqun.hub.models import Attempt, Contact, Delivery, DutyList, DutyTurn, Notice
from qingqun.words import Refused

NIGHT = beijing("2026-03-11 21:00")


@pytest.fixture
def duty(reachable: SimpleNamespace) -> SimpleNamespace:
    """Let 小王 be on duty tonight, with mail and a webhook."""
    turns = DutyList.objects.create(name="值班", unit=reachable.street)
    DutyTurn.objects.create(duty_list=turns, person=reachable.wang, starts=NIGHT - timedelta(hours=3), ends=NIGHT + timedelta(hours=9))
    reachable.urgent = {"importance": "emergency", "approver": reachable.li, "ground": "RXF-1995-32", "title": "防汛"}
    return reachable


@pytest.fixture
def night() -> Clock:
    return Clock(NIGHT)


def _broken(*_arguments: object, **_named: object) -> None:
    raise RuntimeError("down")


@pytest.fixture(params=["qingqun.hub.preflight.check", "qingqun.hub.hold.plan", "qingqun.hub.hold.hours_of", "qingqun.hub.release.release"])
def down(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Take the judge, the calendar or the routine queue down."""
    monkeypatch.setattr(request.param, _broken)
    yield request.param
    monkeypatch.undo()


def test_with_judge_calendar_or_routine_queue_down_it_rings_at_once(duty: SimpleNamespace, mail: FakeSmtp, night: Clock, down: str) -> None:
    story.write(written(duty, **duty.urgent), NIGHT)
    post = Post(night, smtp=mail.credentials)
    post.round("emergency")
    assert mail.log.addresses == ["wang@office.example"]
    assert Delivery.objects.get(person=duty.wang).state == "delivered"
    assert set(Delivery.objects.exclude(person=duty.wang).values_list("state", "lane")) == {("held", "routine")}


def test_the_secrecy_check_stays_when_the_judge_is_down(duty: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingqun.hub.preflight.check", _broken)
    with pytest.raises(Refused, match="国家秘密"):
        story.write(written(duty, **duty.urgent, text="机密★1年\n会议安排"), NIGHT)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize("broken", ["qingqun.hub.preflight.check", "qingqun.hub.hold.plan"])
def test_routine_is_shut_where_the_emergency_is_open(duty: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setattr(broken, _broken)
    with pytest.raises(RuntimeError):
        story.write(written(duty), NIGHT)
    assert Notice.objects.count() == 0


def test_those_off_duty_are_held_until_the_calendar_is_back(duty: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingqun.hub.hold.plan", _broken)
    story.write(written(duty, **duty.urgent), NIGHT)
    monkeypatch.undo()
    story.let_go(NIGHT + timedelta(minutes=2))
    others = Delivery.objects.exclude(person=duty.wang)
    assert set(others.values_list("state", "not_before")) == {("held", beijing("2026-03-12 08:30"))}
    story.let_go(beijing("2026-03-12 08:30"))
    assert set(others.values_list("state", "ring_after")) == {("folded", None)}


def test_an_emergency_stands_behind_no_routine_ring(duty: SimpleNamespace, mail: FakeSmtp) -> None:
    morning = Clock(beijing("2026-03-12 08:30"))
    DutyTurn.objects.update(ends=morning() + timedelta(hours=1))
    for _number in range(30):
        accept.accept(written(duty), story._plan, morning())
    story.write(written(duty, **duty.urgent), morning())
    post = Post(morning, smtp=mail.credentials)
    post.look()
    post.round("emergency")
    assert [body.count(b"wang@office.example") for body in mail.log.bodies] == [1]


def test_an_emergency_rings_again_after_an_unknown_outcome_and_on_the_next_channel(
    duty: SimpleNamespace, mail: FakeSmtp, web: FakeHttp, night: Clock
) -> None:
    Contact.objects.create(person=duty.wang, channel="webhook", address=web.url, rank=2)
    mail.answer = "cut_after"
    story.write(written(duty, **duty.urgent), NIGHT)
    post = Post(night, smtp=mail.credentials, webhook=web.credentials)
    post.round("emergency")
    mail.answer = "ok"
    night.at += timedelta(seconds=3)
    post.round("emergency")
    assert len(mail.log.marks) == 2
    night.at += timedelta(seconds=61)
    post.round("emergency")
    assert len(web.log.marks) == 1


def test_a_dead_emergency_worker_delays_a_ring_by_less_than_half_a_minute(duty: SimpleNamespace, mail: FakeSmtp, night: Clock) -> None:
    story.write(written(duty, **duty.urgent), NIGHT)
    post = Post(night, smtp=mail.credentials)
    post.look("emergency")
    Attempt.objects.update(state="sending", worker="死者", tried_at=NIGHT, lease_until=NIGHT + timedelta(seconds=12))
    night.at += timedelta(seconds=13)
    post.round("emergency", worker="乙")
    night.at += timedelta(seconds=3)
    post.round("emergency", worker="乙")
    assert len(mail.log.marks) == 1
    assert night() - NIGHT < timedelta(seconds=30)


def test_a_limit_that_holds_a_person_back_for_long_lets_the_next_channel_ring_at_once(
    duty: SimpleNamespace, mail: FakeSmtp, night: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two mails a day, one of them at once: the second emergency does not wait until tomorrow."""
    monkeypatch.setattr(smtp, "LIMITS", Limits(person=Rate(2, 86_400)))
    with FakeHttp() as web:
        Contact.objects.create(person=duty.wang, channel="webhook", address=web.url, rank=2)
        post = Post(night, smtp=mail.credentials, webhook=web.credentials)
        for _time in range(2):
            story.write(written(duty, **duty.urgent), night())
            for _round in range(2):
                post.round("emergency")
                night.at += timedelta(seconds=1)
    assert mail.log.addresses == ["wang@office.example"]
    assert len(web.log.marks) == 1
    assert Attempt.objects.filter(channel="smtp", state="refused", outcome="limit").count() == 1
