"""A notice from the desk to the inbox, on both databases."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from hub_help import beijing, written

from qingqun.hub import story
from qingqun.hub.models import Confirm, Delivery, DutyList, DutyTurn, Entry, Lane, Leave, Notice, Person, Shift, State, Topic, TopicMember
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


def test_of_two_copies_released_together_the_later_one_is_folded(office: SimpleNamespace) -> None:
    Person.objects.filter(pk=office.wang.pk).update(inbox=False)
    first = story.write(written(office), NIGHT).notice
    second = story.write(written(office, same_as_id=first), NIGHT).notice
    assert story.let_go(MORNING) == 6
    found = Delivery.objects.order_by("notice", "person").values_list("notice", "person", "state", "into")
    assert set(found) == {
        (first, office.zhang.pk, State.DELIVERED, None),
        (first, office.li.pk, State.DELIVERED, None),
        (first, office.wang.pk, State.QUEUED, None),
        (second, office.zhang.pk, State.FOLDED, first),
        (second, office.li.pk, State.FOLDED, first),
        (second, office.wang.pk, State.QUEUED, None),
    }
    assert not Delivery.objects.filter(state=State.FOLDED, ring_after__isnull=False).exists()


def test_a_copy_released_together_with_what_was_taken_back_or_is_over_is_delivered(office: SimpleNamespace) -> None:
    for ended in ({"withdrawn_at": NIGHT}, {"valid_until": NIGHT + timedelta(hours=1)}):
        first = story.write(written(office), NIGHT).notice
        second = story.write(written(office, same_as_id=first), NIGHT).notice
        Notice.objects.filter(pk=first).update(**ended)
        story.let_go(MORNING)
        stands = Delivery.objects.filter(notice=second)
        assert set(stands.values_list("state", flat=True)) == {State.DELIVERED}
        assert not stands.filter(into__isnull=False).exists()


def test_an_emergency_rings_who_is_on_duty_and_is_folded_for_the_others(office: SimpleNamespace) -> None:
    duty = DutyList.objects.create(name="值班", unit=office.street)
    DutyTurn.objects.create(duty_list=duty, person=office.wang, starts=NIGHT - timedelta(hours=3), ends=MORNING)
    urgent = {"importance": "emergency", "approver": office.li, "ground": "RXF-1995-32"}
    story.write(written(office, **urgent), NIGHT)
    on_duty = Delivery.objects.get(person=office.wang)
    assert (on_duty.lane, on_duty.state, on_duty.ring_after) == (Lane.EMERGENCY, State.DELIVERED, NIGHT)
    others = Delivery.objects.exclude(person=office.wang)
    assert set(others.values_list("lane", "state", "not_before", "ring_after")) == {(Lane.ROUTINE, State.HELD, MORNING, None)}
    assert story.let_go(MORNING, Lane.EMERGENCY) == 0
    assert story.let_go(MORNING) == 2
    assert set(others.values_list("state", flat=True)) == {State.FOLDED}


def test_an_emergency_that_reaches_nobody_on_duty_is_refused_aloud(office: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="没有值班人员"):
        story.write(written(office, importance="emergency", approver=office.li, ground="RXF-1995-32"), NIGHT)
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("lacking", [{"approver": None}, {"ground": ""}, {"approver": "author"}])
def test_an_emergency_needs_a_ground_and_somebody_elses_consent(office: SimpleNamespace, lacking: dict[str, object]) -> None:
    lacking = {key: office.zhang if value == "author" else value for key, value in lacking.items()}
    with pytest.raises(IntegrityError):
        story.write(written(office, **{"importance": "emergency", "approver": office.li, "ground": "RXF-1995-32", **lacking}), NIGHT)


def test_who_is_away_sees_it_when_back_and_who_works_nights_sees_it_tonight(office: SimpleNamespace) -> None:
    back = beijing("2026-03-16 08:00")
    Leave.objects.create(person=office.li, starts=NIGHT - timedelta(days=1), ends=back)
    Shift.objects.create(person=office.wang, starts=NIGHT + timedelta(hours=1), ends=MORNING)
    story.write(written(office), NIGHT)
    seen = dict(Delivery.objects.values_list("person", "not_before"))
    assert seen == {office.zhang.pk: MORNING, office.li.pk: beijing("2026-03-16 08:30"), office.wang.pk: NIGHT + timedelta(hours=1)}


def test_a_shift_far_ahead_holds_nothing_until_then(office_lite: SimpleNamespace) -> None:
    Shift.objects.create(person=office_lite.wang, starts=NIGHT + timedelta(days=30), ends=NIGHT + timedelta(days=31))
    story.write(written(office_lite), NIGHT)
    assert set(Delivery.objects.values_list("not_before", flat=True)) == {MORNING}


def test_who_muted_a_topic_has_it_without_a_ring_unless_it_is_mandatory(office: SimpleNamespace) -> None:
    for mandatory in (False, True):
        topic = Topic.objects.create(name=f"话题{mandatory}", mandatory=mandatory)
        TopicMember.objects.create(topic=topic, person=office.li, stance="mute")
        notice = story.write(written(office, topic=topic), MORNING).notice
        ring = Delivery.objects.get(notice=notice, person=office.li).ring_after
        assert (ring is not None) == mandatory


def test_a_notice_with_a_time_to_send_waits_for_it(office: SimpleNamespace) -> None:
    story.write(written(office, send_at=MORNING + timedelta(hours=1)), MORNING)
    assert set(Delivery.objects.values_list("state", "not_before")) == {(State.HELD, MORNING + timedelta(hours=1))}


def test_who_has_no_inbox_is_queued_for_a_channel(office: SimpleNamespace) -> None:
    Person.objects.filter(pk=office.li.pk).update(inbox=False)
    story.write(written(office), MORNING)
    story.write(written(office), NIGHT)
    story.let_go(MORNING + timedelta(days=1))
    assert set(Delivery.objects.filter(person=office.li).values_list("state", "delivered_at")) == {(State.QUEUED, None)}
