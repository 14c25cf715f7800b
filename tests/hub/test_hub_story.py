"""A notice from the desk to the inbox, on both databases."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hub_help import beijing, written

from qingqun.hub import story
from qingqun.hub.models import Confirm, Delivery, Entry, Notice, State
from qingqun.words import Refused

NIGHT = beijing("2026-03-11 21:00")
MORNING = beijing("2026-03-12 08:30")


def test_a_notice_of_the_night_waits_for_the_morning(office: SimpleNamespace) -> None:
    accepted = story.write(written(office), NIGHT)
    assert accepted.people == 3
    assert story.let_go(MORNING - timedelta(seconds=1)) == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.HELD}
    assert story.let_go(MORNING) == 3
    delivery = Delivery.objects.get(person=office.li)
    assert (delivery.state, delivery.not_before) == (State.DELIVERED, MORNING)
    assert timedelta(minutes=1) <= delivery.ring_after - MORNING <= timedelta(minutes=14)


def test_in_working_time_it_is_in_the_inbox_once_accepted(office: SimpleNamespace) -> None:
    story.write(written(office), MORNING)
    assert Delivery.objects.filter(state=State.DELIVERED, delivered_at=MORNING).count() == 3
    assert not Delivery.objects.filter(person=office.stranger).exists()


def test_the_same_key_again_is_the_same_notice(office: SimpleNamespace) -> None:
    first = story.write(written(office, key="k"), MORNING)
    again = story.write(written(office, key="k", title="另一个"), MORNING)
    assert (again.notice, again.people, again.again) == (first.notice, 3, True)
    assert Notice.objects.count() == 1


def test_an_important_one_is_seen_at_once_and_rings_in_the_morning(office: SimpleNamespace) -> None:
    story.write(written(office, importance="important"), NIGHT)
    delivery = Delivery.objects.get(person=office.li)
    assert (delivery.state, delivery.not_before) == (State.DELIVERED, NIGHT)
    assert delivery.ring_after > MORNING


def test_a_secret_marking_is_refused_and_leaves_no_trace(office: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="国家秘密"):
        story.write(written(office, text="机密★1年\n会议安排"), MORNING)
    assert Notice.objects.count() == Entry.objects.count() == 0


def test_an_audience_of_nobody_is_refused_and_leaves_no_trace(office: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="没有在岗的人"):
        story.write(written(office, audience={"unit": office.west.pk}), MORNING)
    assert Notice.objects.count() == Entry.objects.count() == 0


def test_a_confirmation_counts_once_and_only_by_its_own_person(office: SimpleNamespace) -> None:
    story.write(written(office, confirm="confirm"), MORNING)
    mine = Delivery.objects.get(person=office.li)
    assert not story.confirm(mine.pk, office.zhang.pk, MORNING)
    assert story.confirm(mine.pk, office.li.pk, MORNING, Confirm.READ)
    mine.refresh_from_db()
    assert (mine.read_at, mine.done_at) == (MORNING, None)
    assert story.confirm(mine.pk, office.li.pk, MORNING)
    assert not story.confirm(mine.pk, office.li.pk, MORNING)
    mine.refresh_from_db()
    assert mine.done_at == MORNING


def test_what_is_withdrawn_or_over_before_release_is_not_delivered(office: SimpleNamespace) -> None:
    back = story.write(written(office), NIGHT).notice
    over = story.write(written(office, valid_until=NIGHT + timedelta(hours=1)), NIGHT).notice
    Notice.objects.filter(pk=back).update(withdrawn_at=NIGHT)
    assert story.let_go(MORNING) == 6
    states = {notice: set(Delivery.objects.filter(notice=notice).values_list("state", "ring_after")) for notice in (back, over)}
    assert states == {back: {(State.WITHDRAWN, None)}, over: {(State.EXPIRED, None)}}


def test_who_has_the_same_notice_finds_the_second_folded(office: SimpleNamespace) -> None:
    first = story.write(written(office, audience={"unit": office.street.pk}), MORNING).notice
    second = story.write(written(office, same_as_id=first), MORNING).notice
    states = dict(Delivery.objects.filter(notice=second).values_list("person", "state"))
    assert states == {office.zhang.pk: State.FOLDED, office.li.pk: State.FOLDED, office.wang.pk: State.DELIVERED}
