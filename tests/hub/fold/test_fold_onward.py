"""A source that is corrected or taken back: whoever has it through other offices learns of it, sees what changed, and is asked anew."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hub_help import beijing, written
from page_help import delivery

from qingqun.hub import inbox, story
from qingqun.hub.desk import amend, result
from qingqun.hub.inbox import receive
from qingqun.hub.models import Confirm, Delivery, Notice, Person, Revision
from qingqun.hub.reconcile import reconcile

MORNING = beijing("2026-03-12 09:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEXT = "请收看3月20日9:00的消防安全视频课。"


def _write(house: SimpleNamespace, author: Person, people: list[Person], **changed: object) -> Notice:
    values = {
        "author": author,
        "unit": author.unit,
        "audience": {"persons": [one.pk for one in people]},
        "title": "消防安全视频课",
        "text": TEXT,
    }
    return Notice.objects.get(pk=story.write(written(house, **{**values, **changed}), MORNING).notice)


@pytest.fixture
def chain(office: SimpleNamespace) -> SimpleNamespace:
    """Let 张主任's notice go on by 小李 and again by 小王, who asks 外人 to confirm."""
    source = _write(office, office.zhang, [office.li])
    second = _write(office, office.li, [office.wang], source_id=source.pk, text="在二楼收看。")
    third = _write(office, office.wang, [office.stranger], source_id=second.pk, text="走东门。", confirm="confirm")
    receive(delivery(third, office.stranger), office.stranger.pk, Confirm.CONFIRM, MORNING + MINUTE)
    Delivery.objects.update(ring_after=None)
    return SimpleNamespace(**vars(office), source=source, second=second, third=third)


def _of(notice: Notice, person: Person) -> Delivery:
    return Delivery.objects.get(notice=notice, person=person)


def test_a_correction_that_matters_reaches_whoever_has_it_at_third_hand(chain: SimpleNamespace) -> None:
    later = MORNING + HOUR
    amend.correct(chain.source, chain.source.title, TEXT.replace("9:00", "10:00"), later, material=True)
    row = _of(chain.third, chain.stranger)
    assert (row.read_at, row.done_at) == (None, None)
    assert row.ring_after is not None
    assert row.ring_after >= later
    it = inbox.opened(row.pk, chain.third.pk, None)
    assert [piece.text for step in it.way for piece in step.changed if piece.kind != "same"] == ["9", "10"]
    assert it.changed == []
    assert inbox.outdated(chain.third.pk, 1)
    chain.third.refresh_from_db()
    assert [one.people for one in result.confirmed(chain.third, later)] == [1, 0]
    assert reconcile(later).explained


def test_one_that_does_not_matter_marks_it_and_rings_nobody(chain: SimpleNamespace) -> None:
    amend.correct(chain.source, "消防安全视频课程", TEXT, MORNING + HOUR, material=False)
    row = _of(chain.third, chain.stranger)
    assert row.done_at is not None
    assert row.ring_after is None
    shown = inbox.one(row.pk, chain.stranger.pk, MORNING + HOUR)
    assert shown is not None
    assert shown.changed_at is not None


def test_a_source_that_is_taken_back_is_marked_where_it_was_passed_on(chain: SimpleNamespace) -> None:
    amend.withdraw(chain.source, chain.zhang.pk, MORNING + HOUR)
    it = inbox.opened(_of(chain.third, chain.stranger).pk, chain.third.pk, None)
    assert [step.gone for step in it.way] == [True, False]
    assert Revision.objects.filter(notice=chain.third).count() == 2


def test_what_its_own_author_took_back_stays_as_it_is(chain: SimpleNamespace) -> None:
    amend.withdraw(chain.third, chain.wang.pk, MORNING + MINUTE)
    amend.correct(chain.source, chain.source.title, TEXT.replace("9:00", "10:00"), MORNING + HOUR, material=True)
    assert Revision.objects.filter(notice=chain.third).count() == 1
    assert _of(chain.third, chain.stranger).ring_after is None
