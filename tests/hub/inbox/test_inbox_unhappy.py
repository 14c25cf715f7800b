"""What readers try that must not work, what comes twice, what was taken back meanwhile: the inbox's room on both databases."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing, written
from page_help import corrected, delivery, sent

from qingqun.hub import inbox, release, story
from qingqun.hub.desk import amend
from qingqun.hub.inbox import absence, colleague, door, reach, rhythm
from qingqun.hub.models import (
    Confirm,
    Contact,
    Delivery,
    Digest,
    Entry,
    Leave,
    Means,
    Notice,
    Person,
    Receipt,
    Shift,
    Stance,
    State,
    Topic,
    TopicMember,
)
from qingqun.hub.models.person import OFF
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
NIGHT = beijing("2026-03-11 21:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _waiting(office: SimpleNamespace, number: int) -> Delivery:
    return Delivery.objects.get(pk=number)


def test_nobody_gives_a_receipt_for_another_or_before_it_is_there(office: SimpleNamespace) -> None:
    held = delivery(sent(office, NIGHT, confirm="confirm"), office.li)
    mine = delivery(sent(office, NOW, confirm="confirm", title="白天的"), office.li)
    assert not inbox.receive(held, office.li.pk, Confirm.CONFIRM, NIGHT)
    assert not inbox.receive(mine, office.wang.pk, Confirm.CONFIRM, NOW)
    assert not inbox.receive(999_999, office.li.pk, Confirm.CONFIRM, NOW)
    assert not Receipt.objects.exists()
    assert not Entry.objects.filter(act__in=["receipt", "mark"]).exists()


def test_of_two_confirmations_the_first_counts_whoever_wrote_it_down(office: SimpleNamespace) -> None:
    notice = sent(office, NOW, confirm="confirm")
    (li,) = colleague.colleagues(notice.pk, office.street.pk, office.zhang.pk, NOW)
    assert inbox.receive(delivery(notice, office.li), office.li.pk, Confirm.CONFIRM, NOW)
    colleague.record(li, Confirm.CONFIRM, Means.TELEPHONE, office.zhang.pk, "说收到", NOW + HOUR)
    receipt = Receipt.objects.get()
    assert (receipt.means, receipt.recorder, receipt.answer, receipt.at) == (Means.INBOX, None, "", NOW)
    assert _waiting(office, delivery(notice, office.li)).done_at == NOW


def test_colleagues_are_of_ones_own_unit_present_and_have_it(office: SimpleNamespace) -> None:
    gone = Person.objects.create(name="老赵", unit=office.street)
    notice = sent(office, NOW, confirm="confirm")
    late = Person.objects.create(name="新人", unit=office.street)
    Person.objects.filter(pk=gone.pk).update(left_at=NOW)
    assert [one.name for one in colleague.colleagues(notice.pk, office.street.pk, office.zhang.pk, NOW)] == ["小李"]
    assert colleague.colleagues(notice.pk, office.east.pk, office.wang.pk, NOW) == []
    assert colleague.colleagues(notice.pk, office.other.pk, office.stranger.pk, NOW) == []
    assert inbox.listed(late.pk, NOW) == []
    assert colleague.colleagues(sent(office, NIGHT).pk, office.street.pk, office.zhang.pk, NIGHT) == []


def test_what_only_asks_to_be_read_is_done_by_reading_and_an_answer_is_not(office: SimpleNamespace) -> None:
    read, answer = (delivery(sent(office, NOW, confirm=word, title=word), office.li) for word in ("read", "answer"))
    for number in (read, answer):
        assert inbox.receive(number, office.li.pk, Confirm.READ, NOW)
    assert _waiting(office, read).done_at == NOW
    assert _waiting(office, answer).done_at is None
    assert inbox.receive(answer, office.li.pk, Confirm.ANSWER, NOW + HOUR, answer="三人")
    assert not inbox.receive(answer, office.li.pk, Confirm.ANSWER, NOW + 2 * HOUR, answer="五人")
    assert Receipt.objects.get(kind="answer").answer == "三人"
    assert _waiting(office, answer).read_at == NOW


def test_a_correction_that_matters_asks_again_and_both_receipts_stand(office: SimpleNamespace) -> None:
    notice = sent(office, NOW, confirm="confirm")
    number = delivery(notice, office.li)
    assert inbox.receive(number, office.li.pk, Confirm.CONFIRM, NOW)
    notice.refresh_from_db()
    amend.correct(notice, notice.title, "改到周四下班前报送。", NOW + HOUR, material=True)
    row = _waiting(office, number)
    assert (row.done_at, row.read_at) == (None, None)
    assert inbox.outdated(notice.pk, 1)
    assert not inbox.outdated(notice.pk, 2)
    assert inbox.receive(number, office.li.pk, Confirm.CONFIRM, NOW + 2 * HOUR)
    assert list(Receipt.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]


def test_what_was_put_aside_comes_back_when_a_correction_matters(office: SimpleNamespace) -> None:
    notice = sent(office, NOW, confirm="confirm")
    number = delivery(notice, office.li)
    assert inbox.snooze(number, office.li.pk, NOW + DAY, NOW)
    notice.refresh_from_db()
    amend.correct(notice, notice.title, "改到今天下班前报送。", NOW + HOUR, material=True)
    (row,) = inbox.listed(office.li.pk, NOW + HOUR)
    assert inbox.arranged([row], NOW + HOUR).must == [row]


def test_what_is_taken_back_after_it_was_put_aside_is_told_at_once(office: SimpleNamespace) -> None:
    notice = sent(office, NOW, confirm="confirm")
    number = delivery(notice, office.li)
    assert inbox.snooze(number, office.li.pk, NOW + DAY, NOW)
    amend.withdraw(Notice.objects.get(pk=notice.pk), office.zhang.pk, NOW + HOUR)
    (row,) = inbox.listed(office.li.pk, NOW + HOUR)
    found = inbox.arranged([row], NOW + HOUR)
    assert (found.know, found.later) == ([row], [])


@pytest.mark.parametrize(("until", "kept"), [(NOW + HOUR, True), (NOW + HOUR + timedelta(milliseconds=1), False), (NOW - HOUR, True)])
def test_aside_goes_to_the_very_deadline_and_not_beyond(office_lite: SimpleNamespace, until: datetime, kept: bool) -> None:
    number = delivery(sent(office_lite, NOW, deadline=NOW + HOUR), office_lite.li)
    assert inbox.snooze(number, office_lite.li.pk, until, NOW) is kept
    (row,) = inbox.listed(office_lite.li.pk, NOW)
    assert bool(inbox.arranged([row], NOW).later) is (kept and until > NOW)
    assert not inbox.arranged([row], NOW + HOUR).later


def test_what_is_held_cannot_be_put_aside(office_lite: SimpleNamespace) -> None:
    number = delivery(sent(office_lite, NIGHT), office_lite.li)
    assert not inbox.snooze(number, office_lite.li.pk, NIGHT + DAY, NIGHT)
    assert _waiting(office_lite, number).snoozed_until is None


def test_a_topic_muted_while_it_waits_does_not_ring_and_still_comes(office: SimpleNamespace) -> None:
    topic = Topic.objects.create(name="文体")
    number = delivery(sent(office, NIGHT, topic=topic), office.li)
    other = delivery(sent(office, NIGHT, title="别的"), office.li)
    inbox.take_stance(topic.pk, office.li.pk, Stance.MUTE, NIGHT)
    assert _waiting(office, number).ring_after is None
    assert _waiting(office, other).ring_after is not None
    release.release(NIGHT + DAY)
    assert _waiting(office, number).state == State.DELIVERED
    assert Delivery.objects.get(notice=_waiting(office, number).notice, person=office.zhang).ring_after is not None


def test_who_has_no_inbox_is_rung_though_they_muted(office: SimpleNamespace) -> None:
    topic = Topic.objects.create(name="文体")
    Person.objects.filter(pk=office.li.pk).update(inbox=False)
    number = delivery(sent(office, NIGHT, topic=topic), office.li)
    inbox.take_stance(topic.pk, office.li.pk, Stance.MUTE, NIGHT)
    assert _waiting(office, number).ring_after is not None


def test_a_topic_that_became_mandatory_rings_whoever_muted_it_before(office: SimpleNamespace) -> None:
    topic = Topic.objects.create(name="防汛")
    inbox.take_stance(topic.pk, office.li.pk, Stance.MUTE, NOW)
    Topic.objects.update(mandatory=True)
    for stance in (Stance.FOLLOW, Stance.MUTE):
        with pytest.raises(Refused, match="必收"):
            inbox.take_stance(topic.pk, office.li.pk, stance, NOW)
    inbox.take_stance(topic.pk, office.li.pk, None, NOW)
    assert TopicMember.objects.get().stance == Stance.MUTE
    notice = story.write(written(office, topic=topic), NIGHT).notice
    assert Delivery.objects.get(notice=notice, person=office.li).ring_after is not None
    with pytest.raises(Refused):
        inbox.take_stance(999_999, office.li.pk, Stance.FOLLOW, NOW)


@pytest.mark.parametrize(("starts", "ends"), [(NOW, NOW), (NOW + HOUR, NOW), (NOW - DAY, NOW), (NOW, NOW + 371 * DAY)])
def test_a_leave_that_ends_before_it_begins_is_over_or_too_long_is_none(
    office_lite: SimpleNamespace, starts: datetime, ends: datetime
) -> None:
    for kind in (Leave, Shift):
        with pytest.raises(Refused):
            absence.add(kind, office_lite.li.pk, starts, ends, NOW)
        assert not kind.objects.exists()
    assert not Entry.objects.exists()


def test_only_ones_own_leave_is_taken_back_and_once(office_lite: SimpleNamespace) -> None:
    absence.add(Leave, office_lite.li.pk, NOW, NOW + DAY, NOW)
    number = Leave.objects.get().pk
    assert not absence.remove(Leave, office_lite.wang.pk, number, NOW)
    assert not absence.remove(Shift, office_lite.li.pk, number, NOW)
    assert absence.remove(Leave, office_lite.li.pk, number, NOW)
    assert not absence.remove(Leave, office_lite.li.pk, number, NOW)


def test_a_deputy_is_a_colleague_who_is_there_and_nobody_else(office_lite: SimpleNamespace) -> None:
    gone = Person.objects.create(name="老赵", unit=office_lite.street, left_at=NOW)
    for wrong in (office_lite.li.pk, office_lite.wang.pk, office_lite.stranger.pk, gone.pk, 0, 999_999):
        with pytest.raises(Refused, match="本单位"):
            absence.choose_deputy(office_lite.li.pk, wrong, NOW)
    absence.choose_deputy(office_lite.li.pk, office_lite.zhang.pk, NOW)
    Person.objects.filter(pk=office_lite.zhang.pk).update(unit=office_lite.other)
    absence.choose_deputy(office_lite.li.pk, office_lite.zhang.pk, NOW)
    absence.choose_deputy(office_lite.li.pk, None, NOW)
    with pytest.raises(Refused):
        absence.choose_deputy(office_lite.li.pk, office_lite.zhang.pk, NOW)
    assert Person.objects.get(pk=office_lite.li.pk).deputy is None


def _contacts(office: SimpleNamespace, *channels: str) -> None:
    for rank, channel in enumerate(channels):
        Contact.objects.create(person=office.li, channel=channel, address=f"li@{channel}", rank=rank)


def test_every_channel_keeps_a_place_whatever_is_put_first_or_off(office_lite: SimpleNamespace) -> None:
    _contacts(office_lite, "smtp", "wecom", "ntfy")
    person = office_lite.li.pk
    assert reach.off(person, "smtp", NOW)
    assert reach.off(person, "wecom", NOW)
    assert [(one.channel, one.off) for one in reach.ways(person)] == [("ntfy", False), ("smtp", True), ("wecom", True)]
    assert reach.first(person, "wecom", NOW)
    assert reach.off(person, "ntfy", NOW)
    assert [(one.channel, one.off) for one in reach.ways(person)] == [("wecom", False), ("smtp", True), ("ntfy", True)]
    assert sorted(Contact.objects.values_list("rank", flat=True)) == [0, OFF, OFF + 1]
    assert {one.address for one in reach.ways(person)} == {"li@smtp", "li@wecom", "li@ntfy"}


def test_a_channel_that_somebody_has_not_is_neither_put_first_nor_off(office_lite: SimpleNamespace) -> None:
    _contacts(office_lite, "smtp")
    for person, channel in ((office_lite.li.pk, "wecom"), (office_lite.wang.pk, "smtp"), (office_lite.li.pk, "")):
        assert not reach.first(person, channel, NOW)
        assert not reach.off(person, channel, NOW)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("times", ["24:00", "9点", "09:00 10:00 11:00 12:00 13:00", "09:60", "-1:00", "09:00;x", "９:00"])
def test_a_digest_with_times_that_are_none_changes_nothing(office_lite: SimpleNamespace, times: str) -> None:
    _contacts(office_lite, "smtp")
    with pytest.raises(Refused, match="时间"):
        rhythm.choose(office_lite.li.pk, "smtp", "digest", times, NOW)
    with pytest.raises(Refused, match="联系不到"):
        rhythm.choose(office_lite.wang.pk, "smtp", "digest", "", NOW)
    assert not Digest.objects.exists()


def test_a_digest_is_chosen_changed_and_given_up(office_lite: SimpleNamespace) -> None:
    _contacts(office_lite, "smtp")
    person = office_lite.li.pk
    for times, kept in (("15:30，9:00 9:00", "09:00 15:30"), ("", "")):
        rhythm.choose(person, "smtp", "digest", times, NOW)
        assert rhythm.channels(person) == [("smtp", True, kept)]
    rhythm.choose(person, "smtp", "each", "", NOW)
    assert rhythm.channels(person) == [("smtp", False, "")]
    assert Entry.objects.filter(act="digest").count() == 3


def test_a_door_of_nothing_is_nobodys_and_two_doors_are_two(office_lite: SimpleNamespace) -> None:
    one, two = (delivery(sent(office_lite, NOW, title=title), office_lite.li) for title in ("一", "二"))
    assert door.bind(one, "phone", NOW)
    assert door.bound(two, "phone") is None
    assert door.bound(999_999, "phone") is None
    assert door.whose(999_999) is None
    Person.objects.filter(pk=office_lite.li.pk).update(left_at=NOW)
    assert door.whose(one) is None


def test_nothing_of_a_notice_that_was_over_before_it_came_is_ever_listed(office: SimpleNamespace) -> None:
    over = sent(office, NIGHT, valid_until=NIGHT + HOUR, title="过期的")
    back = sent(office, NIGHT, title="撤回的")
    amend.withdraw(back, office.zhang.pk, NIGHT + HOUR)
    release.release(NIGHT + DAY)
    assert set(Delivery.objects.values_list("notice", "state")) == {(over.pk, State.EXPIRED), (back.pk, State.WITHDRAWN)}
    for number in Delivery.objects.filter(person=office.li).values_list("pk", flat=True):
        assert inbox.one(number, office.li.pk, NIGHT + DAY) is None
    assert inbox.listed(office.li.pk, NIGHT + DAY) == inbox.every(office.li.pk, NIGHT + DAY, 10**9, 10) == []


def test_a_page_of_older_ones_goes_on_where_the_last_one_ended(office_lite: SimpleNamespace) -> None:
    numbers = [delivery(sent(office_lite, NOW, title=f"第{number}件"), office_lite.li) for number in range(5)]
    found: list[int] = []
    before = 10**9
    while page := inbox.every(office_lite.li.pk, NOW, before, 2):
        found += [row.delivery for row in page]
        before = found[-1]
    assert found == sorted(numbers, reverse=True)


def test_a_diff_of_three_texts_is_from_the_one_that_was_seen(office_lite: SimpleNamespace) -> None:
    notice: Any = sent(office_lite, NOW, text="同样的话")
    number = delivery(notice, office_lite.li)
    corrected(notice, "别的话", NOW + HOUR)
    corrected(notice, "同样的话", NOW + 2 * HOUR)
    assert inbox.opened(number, notice.pk, int(NOW.timestamp() * 1000)).changed == []
    assert [piece.kind for piece in inbox.opened(number, notice.pk, None).changed] == ["cut", "added", "same"]
