"""How often a person is rung: bundles, the cap across all senders, digests at chosen times; nothing is lost and nothing told twice."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, beijing, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_help import Post

from qingqun.hub import hold, inbox, story
from qingqun.hub.deliver import look, work
from qingqun.hub.inbox import receive, rhythm
from qingqun.hub.models import Attempt, Confirm, Contact, Delivery, Digest, DutyList, DutyTurn, Entry, Notice, Pace, Person, Ring, Told
from qingqun.hub.pacing import Pacing, set_pacing
from qingqun.hub.reconcile import reconcile

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LI = "li@office.example"


class Paced(Post):
    """The outbox as it runs, with its pace."""

    def round(self, lane: str = "routine", worker: str = "甲") -> int:
        if lane == "emergency":
            return work(self.clock, lane, worker, self.channels, None)
        return work(self.clock, lane, worker, self.channels, hold.resting, story.PACE)


@pytest.fixture
def house(office: SimpleNamespace, mail: FakeSmtp, morning: Clock) -> SimpleNamespace:
    """Let 小李 alone be reached, by mail; it is Thursday, 9:00."""
    Contact.objects.create(person=office.li, channel="smtp", address=LI, rank=1)
    morning.at = beijing("2026-03-12 09:00")
    return SimpleNamespace(**vars(office), mail=mail, clock=morning, post=Paced(morning, smtp=mail.credentials), told=[])


def _send(house: SimpleNamespace, *titles: str, **changed: object) -> list[int]:
    one = {"audience": {"persons": [house.li.pk]}, **changed}
    return [story.write(written(house, title=title, **one), house.clock()).notice for title in titles]


def _run(house: SimpleNamespace, until: datetime, step: timedelta = 5 * MINUTE) -> list[str]:
    """Let time pass; return when each ring came."""
    before, found = len(house.mail.log.addresses), []
    while house.clock.at < until:
        house.clock.at += step
        story.let_go(house.clock.at)
        house.post.round()
        now = len(house.mail.log.addresses)
        found += [house.clock.at.strftime("%d %H:%M")] * (now - before)
        before = now
    return found


def test_the_first_rings_at_once_and_what_follows_within_the_window_is_one_ring(house: SimpleNamespace) -> None:
    _send(house, "一")
    house.post.round()
    assert len(house.mail.log.addresses) == 1
    for title in ("二", "三", "四"):
        house.clock.at += 5 * MINUTE
        _send(house, title)
        house.post.round()
    assert len(house.mail.log.addresses) == 1
    assert _run(house, beijing("2026-03-12 09:50")) == ["12 09:30"]
    said = house.mail.text(1)
    assert all(title in said for title in ("二", "三", "四"))
    assert Told.objects.count() == 2
    assert Delivery.objects.filter(state="delivered").count() == 4


def test_a_ring_that_told_of_others_is_followed_by_the_next_channel_for_what_nobody_read(house: SimpleNamespace, web: FakeHttp) -> None:
    Contact.objects.create(person=house.li, channel="webhook", address=f"{web.url}/li", rank=2)
    house.post = Paced(house.clock, smtp=house.mail.credentials, webhook=web.credentials)
    _send(house, "一", "二", "三")
    house.post.round()
    receive(Delivery.objects.order_by("pk")[0].pk, house.li.pk, Confirm.READ, house.clock())
    _run(house, house.clock.at + 3 * HOUR)
    assert len(house.mail.log.addresses) == 1
    assert web.log.addresses == ["/ring/li"] or len(web.log.addresses) == 1
    assert not Told.objects.filter(is_open=True, delivery__read_at=None).exclude(channel="webhook").exists()


def test_what_was_told_of_by_a_ring_that_was_refused_rings_by_itself(house: SimpleNamespace, web: FakeHttp) -> None:
    Contact.objects.create(person=house.li, channel="webhook", address=f"{web.url}/li", rank=2)
    house.post = Paced(house.clock, smtp=house.mail.credentials, webhook=web.credentials)
    house.mail.answer = "refuse"
    _send(house, "一", "二")
    house.post.round()
    house.mail.answer = "ok"
    _run(house, house.clock.at + 2 * HOUR)
    rung = set(Attempt.objects.filter(state__in=[Ring.SENT, Ring.DELIVERED]).values_list("delivery__notice__title", flat=True))
    told = set(Told.objects.values_list("delivery__notice__title", flat=True))
    assert rung | told == {"一", "二"}
    assert len(house.mail.log.addresses) + len(web.log.addresses) >= 1


def test_what_is_too_much_for_a_day_comes_as_one_ring_when_work_opens_and_is_judged_again(house: SimpleNamespace) -> None:
    set_pacing(Pacing(rings=2, window=0), house.zhang.pk, house.clock())
    sent = []
    for title in "一二三四五":
        sent += _send(house, title)
        house.post.round()
        house.clock.at += 6 * MINUTE
    assert len(house.mail.log.addresses) == 2
    waiting = Delivery.objects.filter(notice__in=sent[2:])
    assert set(waiting.values_list("state", flat=True)) == {"delivered"}  # in the inbox at once
    assert {one.strftime("%d %H") for one in waiting.values_list("ring_after", flat=True) if one} == {"13 00"}  # 08:45 in Beijing
    Notice.objects.filter(pk=sent[2]).update(withdrawn_at=house.clock())
    receive(waiting.get(notice=sent[3]).pk, house.li.pk, Confirm.READ, house.clock())
    _send(house, "六")
    rings = _run(house, beijing("2026-03-13 12:00"))
    assert rings == ["13 09:00"] or (len(rings) == 1 and rings[0].startswith("13 "))
    said = house.mail.text(2)
    assert ("五" in said, "六" in said, "四" in said, "三" in said) == (True, True, False, False)
    assert reconcile(house.clock()).explained
    assert Entry.objects.filter(act="pace").exists()


def test_an_emergency_neither_waits_nor_counts(house: SimpleNamespace) -> None:
    set_pacing(Pacing(rings=1), house.zhang.pk, house.clock())
    duty = DutyList.objects.create(name="值班", unit=house.street)
    DutyTurn.objects.create(duty_list=duty, person=house.li, starts=house.clock() - HOUR, ends=house.clock() + 9 * HOUR)
    _send(house, "一")
    house.post.round()
    urgent = {"importance": "emergency", "approver": house.wang, "ground": "RXF-1995-32"}
    for number in range(2):
        _send(house, f"急{number}", **urgent)
        house.post.round("emergency")
        assert len(house.mail.log.addresses) == 2 + number
    assert Pace.objects.get(person=house.li).rings == 1
    assert not Told.objects.exists()


def test_a_digest_comes_at_its_time_with_what_is_still_to_be_read_and_never_empty(house: SimpleNamespace) -> None:
    rhythm.choose(house.li.pk, "smtp", "digest", "15:30", house.clock())
    _send(house, "一", "二", "三")
    receive(Delivery.objects.order_by("pk")[1].pk, house.li.pk, Confirm.READ, house.clock())
    rings = _run(house, beijing("2026-03-12 17:20"))
    assert len(rings) == 1
    assert "12 15:30" <= rings[0] <= "12 15:50"
    said = house.mail.text(0)
    assert ("一" in said, "二" in said, "三" in said) == (True, False, True)
    assert _run(house, beijing("2026-03-13 17:20"), 15 * MINUTE) == []


def test_a_digest_without_times_comes_when_work_opens(house: SimpleNamespace) -> None:
    rhythm.choose(house.li.pk, "smtp", "digest", "", house.clock())
    _send(house, "一", "二")
    rings = _run(house, beijing("2026-03-13 12:00"))
    assert len(rings) == 1
    assert "13 08:45" <= rings[0] <= "13 09:05"
    assert Digest.objects.get().next_at > house.clock.at


def test_who_has_no_inbox_is_rung_for_each(house: SimpleNamespace) -> None:
    Person.objects.filter(pk=house.li.pk).update(inbox=False)
    _send(house, "一", "二", "三")
    house.post.round()
    assert len(house.mail.log.addresses) == 3


def test_a_worker_that_dies_after_the_bundle_was_made_loses_nothing_and_tells_nothing_twice(house: SimpleNamespace) -> None:
    _send(house, "一", "二", "三")
    look(house.clock, "routine", house.post.channels, hold.resting, story.PACE)
    assert (Attempt.objects.filter(state=Ring.QUEUED).count(), Told.objects.count()) == (1, 2)
    look(house.clock, "routine", house.post.channels, hold.resting, story.PACE)
    assert (Attempt.objects.filter(state=Ring.QUEUED).count(), Told.objects.count()) == (1, 2)
    assert len(_run(house, house.clock.at + HOUR / 2)) == 1


@given(
    gaps=st.lists(st.integers(0, 90), min_size=1, max_size=12),
    cap=st.integers(1, 4),
    window=st.sampled_from([0, 15, 60]),
    reads=st.booleans(),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_no_day_has_more_rings_than_the_cap_and_everything_unread_is_told_of(  # noqa: PLR0913, PLR0917  what is drawn and where it plays
    gaps: list[int], cap: int, window: int, reads: bool, office_lite: SimpleNamespace, mail: FakeSmtp, morning: Clock
) -> None:
    for kept in (Told, Attempt, Pace):
        kept.objects.all().delete()
    Delivery.objects.update(ring_after=None)
    Contact.objects.get_or_create(person=office_lite.li, channel="smtp", defaults={"address": LI, "rank": 1})
    morning.at = beijing("2026-03-12 09:00")
    mail.log.addresses.clear()
    house = SimpleNamespace(**vars(office_lite), mail=mail, clock=morning, post=Paced(morning, smtp=mail.credentials))
    set_pacing(Pacing(rings=cap, window=window), office_lite.zhang.pk, morning())
    rings: list[str] = []
    sent: list[int] = []
    for gap in gaps:
        rings += _run(house, house.clock.at + gap * MINUTE, 15 * MINUTE)
        sent += _send(house, f"第{len(sent)}件")
        if reads and len(sent) % 2:
            receive(Delivery.objects.get(notice=sent[-1]).pk, office_lite.li.pk, Confirm.READ, house.clock())
    rings += _run(house, beijing("2026-03-16 12:00"), 30 * MINUTE)
    days = [ring[:2] for ring in rings]
    assert all(days.count(day) <= cap for day in set(days))
    told = set(Told.objects.values_list("delivery__notice", flat=True)) | set(Attempt.objects.values_list("delivery__notice", flat=True))
    unread = set(Delivery.objects.filter(notice__in=sent, read_at=None).values_list("notice", flat=True))
    assert unread <= told
    assert len(inbox.listed(office_lite.li.pk, house.clock())) >= len(unread)
