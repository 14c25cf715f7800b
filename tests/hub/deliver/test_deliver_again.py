"""What was rung once rings again: a private reminder for who has not done it, a correction that matters for everybody, in working time."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import inbox, story
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import Limits
from qingqun.hub.desk import amend
from qingqun.hub.inbox import receive
from qingqun.hub.models import Attempt, Confirm, Contact, Delivery, Leave, Notice, Receipt

EVENING = beijing("2026-03-12 19:00")
NEXT_MORNING = beijing("2026-03-13 08:45")
RUNG = timedelta(minutes=15)
EVERY = ["li@office.example", "wang@office.example", "zhang@office.example"]


@pytest.fixture
def rung(reachable: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> SimpleNamespace:
    """Let a notice that asks to be confirmed have rung everybody by mail; what comes next is read from an empty log."""
    notice = Notice.objects.get(pk=story.write(written(reachable, confirm="confirm"), morning()).notice)
    house = SimpleNamespace(**vars(reachable), notice=notice, mail=mail, clock=morning, post=Post(morning, smtp=mail.credentials))
    _pass(house, RUNG)
    assert _heard(house) == EVERY
    house.clock.at += timedelta(minutes=1)
    return house


def _pass(house: SimpleNamespace, time: timedelta) -> None:
    house.clock.at += time
    for _round in range(3):
        house.post.round()


def _heard(house: SimpleNamespace) -> list[str]:
    """Return who heard something since the last time."""
    found = sorted(house.mail.log.addresses)
    house.mail.log.addresses.clear()
    return found


def _did(house: SimpleNamespace, name: str, kind: Confirm) -> bool:
    who = getattr(house, name).pk
    return receive(Delivery.objects.get(notice=house.notice, person=who).pk, who, kind, house.clock())


def test_a_reminder_rings_again_once_who_has_not_confirmed_though_they_have_read_it(rung: SimpleNamespace) -> None:
    _did(rung, "li", Confirm.CONFIRM)
    _did(rung, "wang", Confirm.READ)
    _pass(rung, timedelta(hours=2))
    assert _heard(rung) == []
    assert amend.remind(rung.notice, rung.zhang.pk, rung.clock()) == 2
    _pass(rung, RUNG)
    assert _heard(rung) == ["wang@office.example", "zhang@office.example"]
    assert len(set(rung.mail.log.marks)) == 5
    _pass(rung, timedelta(hours=3))
    assert _heard(rung) == []


def test_a_reminder_of_the_evening_rings_the_next_morning_and_not_who_is_away(rung: SimpleNamespace) -> None:
    Leave.objects.create(person=rung.li, starts=EVENING, ends=beijing("2026-03-18 00:00"))
    rung.clock.at = EVENING
    amend.remind(rung.notice, rung.zhang.pk, rung.clock())
    _pass(rung, RUNG)
    assert _heard(rung) == []
    rung.clock.at = NEXT_MORNING
    _pass(rung, RUNG)
    assert _heard(rung) == EVERY[1:]


def test_who_confirms_between_the_reminder_and_its_ring_is_left_in_peace(rung: SimpleNamespace) -> None:
    amend.remind(rung.notice, rung.zhang.pk, rung.clock())
    _did(rung, "li", Confirm.CONFIRM)
    _pass(rung, RUNG)
    assert _heard(rung) == EVERY[1:]


def test_who_confirms_between_the_queue_and_the_claim_is_left_in_peace(rung: SimpleNamespace) -> None:
    _did(rung, "li", Confirm.READ)
    amend.remind(rung.notice, rung.zhang.pk, rung.clock())
    rung.clock.at += RUNG
    rung.post.look()
    _did(rung, "li", Confirm.CONFIRM)
    assert len(claim(rung.clock(), "routine", "smtp", "甲", Limits())) == 2


def test_a_reminder_that_the_server_puts_off_is_tried_again_though_the_notice_was_read(rung: SimpleNamespace) -> None:
    for name in ("li", "wang"):
        _did(rung, name, Confirm.CONFIRM)
    _did(rung, "zhang", Confirm.READ)
    amend.remind(rung.notice, rung.zhang.pk, rung.clock())
    rung.mail.answer = "later"
    _pass(rung, RUNG)
    rung.mail.answer = "ok"
    _pass(rung, RUNG)
    assert _heard(rung) == ["zhang@office.example"]


def test_who_has_read_it_is_reminded_on_one_channel_and_who_has_not_on_the_next_too(rung: SimpleNamespace, web: FakeHttp) -> None:
    for name in ("li", "wang"):
        Contact.objects.create(person=getattr(rung, name), channel="webhook", address=f"{web.url}/{name}", rank=2)
    rung.post = Post(rung.clock, smtp=rung.mail.credentials, webhook=web.credentials)
    _did(rung, "li", Confirm.READ)
    amend.remind(rung.notice, rung.zhang.pk, rung.clock())
    for _hour in range(3):
        _pass(rung, timedelta(minutes=75))
    assert _heard(rung) == EVERY
    assert web.log.addresses == ["/ring/wang"]


def test_a_ring_still_on_its_way_is_the_reminder(reachable: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> None:
    notice = Notice.objects.get(pk=story.write(written(reachable, confirm="confirm"), morning()).notice)
    post = Post(morning, smtp=mail.credentials)
    morning.at += RUNG
    post.look()
    amend.remind(notice, reachable.zhang.pk, morning())
    house = SimpleNamespace(mail=mail, clock=morning, post=post)
    _pass(house, timedelta(minutes=1))
    _pass(house, timedelta(hours=2))
    assert _heard(house) == EVERY
    assert Attempt.objects.count() == 3


def test_a_correction_that_matters_asks_everybody_again_and_rings_once(rung: SimpleNamespace) -> None:
    for name in ("zhang", "li", "wang"):
        _did(rung, name, Confirm.CONFIRM)
    _pass(rung, timedelta(hours=1))
    amend.correct(rung.notice, "报送统计表", "请各社区于下周五前报送统计表。", rung.clock(), material=True)
    assert [_place(rung, name) for name in ("zhang", "li", "wang")] == ["must"] * 3
    _pass(rung, RUNG)
    assert _heard(rung) == EVERY
    assert (_did(rung, "li", Confirm.CONFIRM), _did(rung, "li", Confirm.CONFIRM)) == (True, False)
    assert [_place(rung, name) for name in ("li", "wang")] == ["done", "must"]
    given = Receipt.objects.filter(delivery__person=rung.li, kind="confirm").order_by("revision")
    assert [(one.revision, one.at == rung.clock()) for one in given] == [(1, False), (2, True)]
    _pass(rung, timedelta(hours=3))
    assert _heard(rung) == []


def test_an_answer_to_the_corrected_text_stands_beside_the_one_before(rung: SimpleNamespace) -> None:
    row = Delivery.objects.get(person=rung.li).pk
    receive(row, rung.li.pk, Confirm.ANSWER, rung.clock(), answer="已报")
    rung.clock.at += RUNG
    amend.correct(rung.notice, "报送统计表", "请各社区于下周五前报送统计表。", rung.clock(), material=True)
    assert receive(row, rung.li.pk, Confirm.ANSWER, rung.clock() + RUNG, answer="改报")
    assert list(Receipt.objects.order_by("revision").values_list("revision", "answer")) == [(1, "已报"), (2, "改报")]


def _place(house: SimpleNamespace, name: str) -> str:
    who = getattr(house, name).pk
    found = inbox.arranged(inbox.listed(who, house.clock()), house.clock())
    return next(place for place, rows in found._asdict().items() if rows)
