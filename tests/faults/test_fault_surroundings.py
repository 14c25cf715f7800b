"""The clock jumps, the disk fills up, two schedulers run: nothing is lost, nothing comes twice."""

import random
import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from fakes import FakeSmtp
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver.channels import smtp
from qingqun.hub.deliver.ringing import Limits
from qingqun.hub.inbox import receive
from qingqun.hub.models import Attempt, Confirm, Contact, Delivery, Entry, Notice
from qingqun.hub.reconcile import reconcile

NIGHT = beijing("2026-03-11 21:00")
MORNING = beijing("2026-03-12 08:30")
JUMPS = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1), timedelta(minutes=3), timedelta(seconds=-40)]


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LIMITS", Limits())


@pytest.mark.parametrize("seed", range(3))
def test_a_clock_that_jumps_rings_nobody_twice_and_nobody_before_the_inbox(office: SimpleNamespace, seed: int, unlimited: None) -> None:
    chance, clock = random.Random(seed), Clock(MORNING)
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example")
    with FakeSmtp() as mail:
        post = Post(clock, smtp=mail.credentials)
        for _turn in range(14):
            accept.accept(written(office), story._plan, clock())
            story.let_go(clock())
            post.round(worker=chance.choice("甲乙"))
            clock.at += chance.choice(JUMPS)
        clock.at = MORNING + timedelta(days=4, hours=1)
        while story.let_go(clock()) or post.round():
            clock.at += timedelta(minutes=1)
        rung = len(mail.log.marks)
    assert (rung, len(set(mail.log.marks))) == (42, 42)
    assert Delivery.objects.filter(state="delivered").count() == 42
    early = "SELECT count(*) FROM hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id WHERE a.tried_at < d.not_before"
    assert sql.value(early) == 0
    assert reconcile(clock()).explained


def test_a_full_disk_refuses_whole_acts_and_loses_none(office_lite: SimpleNamespace) -> None:
    told, refused = [], 0
    sql.rows(f"PRAGMA max_page_count = {sql.value('PRAGMA page_count') + 12}")
    for number in range(200):
        try:
            accept.accept(written(office_lite, key=str(number), text="长" * 900), story._plan, NIGHT)
            told.append(str(number))
        except OperationalError:
            refused += 1
            if refused > 3:
                break
    assert told
    assert refused > 3
    assert set(Notice.objects.values_list("key", flat=True)) == set(told)
    with pytest.raises(OperationalError):
        _fill()
    assert reconcile(MORNING).explained
    sql.rows("PRAGMA max_page_count = 1000000")
    while story.let_go(MORNING):
        pass
    assert Delivery.objects.filter(state="delivered").count() == 3 * Notice.objects.count() >= 3 * len(told)
    assert accept.accept(written(office_lite, key="199"), story._plan, MORNING).people == 3


def _fill() -> None:
    """Take the last free pages."""
    while True:
        accept.accept(Notice(**_copy()), story._plan, NIGHT)


def _copy() -> dict[str, Any]:
    last = Notice.objects.order_by("-pk")[0]
    return {"key": f"{last.key}x", "author": last.author, "unit": last.unit, "title": "满", "text": "", "audience": last.audience}


def test_two_schedulers_at_once_release_and_ring_everything_once(office: SimpleNamespace, unlimited: None) -> None:
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example")
    for _number in range(20):
        accept.accept(written(office), story._plan, NIGHT)
    clock = Clock(MORNING + timedelta(minutes=15))
    with FakeSmtp() as mail:
        threads = [threading.Thread(target=_schedule, args=(Post(clock, smtp=mail.credentials), name)) for name in "甲乙"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(mail.log.marks), len(set(mail.log.marks))) == (60, 60)
    assert Attempt.objects.count() == 60
    assert sum(Entry.objects.filter(act="release").values_list("count", flat=True)) == 60


def _schedule(post: Post, worker: str) -> None:
    try:
        while story.let_go(post.clock()) or post.round(worker=worker):
            pass
    finally:
        connection.close()


def test_a_confirmation_on_a_full_disk_is_taken_whole_or_not_at_all(office_lite: SimpleNamespace) -> None:
    accept.accept(written(office_lite), story._plan, MORNING)
    mine = Delivery.objects.get(person=office_lite.li)
    sql.rows(f"PRAGMA max_page_count = {sql.value('PRAGMA page_count')}")
    with pytest.raises(OperationalError):
        receive(mine.pk, office_lite.li.pk, Confirm.ANSWER, MORNING, answer="长" * 200_000)
    mine.refresh_from_db()
    assert mine.read_at is None
    sql.rows("PRAGMA max_page_count = 1000000")
    assert receive(mine.pk, office_lite.li.pk, Confirm.ANSWER, MORNING, answer="长" * 200_000)
