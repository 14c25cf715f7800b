"""Who did what is deleted when its time is over; the counts stay, and the sums still hold."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hub_help import beijing, written

from qingqun.hub import forget, story
from qingqun.hub.desk import amend, result
from qingqun.hub.inbox import receive, rhythm
from qingqun.hub.models import Confirm, Delivery, Door, Entry, Notice, Receipt
from qingqun.hub.pacing import Pacing, pacing, set_pacing
from qingqun.hub.reconcile import reconcile
from qingqun.words import Refused

MORNING, DEADLINE = beijing("2026-03-12 08:30"), beijing("2026-03-13 17:30")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def _sent(office: SimpleNamespace, **changed: object) -> Notice:
    return Notice.objects.get(pk=story.write(written(office, **{"confirm": "confirm", "deadline": DEADLINE, **changed}), MORNING).notice)


def _did(notice: Notice, person: object, kind: Confirm, at: object = MORNING + MINUTE, answer: str = "") -> bool:
    row = Delivery.objects.get(notice=notice, person=person)  # type: ignore[misc]
    return receive(row.pk, row.person_id, kind, at, answer=answer)  # type: ignore[arg-type]


def test_after_the_deadline_no_trace_tells_who_or_when_and_the_counts_stay(office: SimpleNamespace) -> None:
    notice = _sent(office)
    for kind in (Confirm.READ, Confirm.CONFIRM):
        _did(notice, office.li, kind)
    _did(notice, office.wang, Confirm.READ)
    Door.objects.create(delivery=Delivery.objects.get(notice=notice, person=office.li), browser="0" * 64, at=MORNING)
    before = result.counts(notice.pk)
    assert story.forget(DEADLINE - MINUTE) == 0
    assert story.forget(DEADLINE) == 1
    assert story.forget(DEADLINE + DAY) == 0
    assert not Receipt.objects.exists()
    assert not Door.objects.exists()
    moments = Delivery.objects.filter(notice=notice, read_at__isnull=False).values_list("read_at", flat=True)
    assert set(moments) == {DEADLINE}
    notice.refresh_from_db()
    assert result.counts(notice.pk) == before
    assert (result.waiting(notice, MORNING), result.may_name(notice, MORNING)) == ([], False)
    entry = Entry.objects.get(act="forget")
    assert (entry.notice, entry.count, entry.data) == (notice.pk, 3, '{"confirm:1":1,"read:1":2}')
    assert reconcile(DEADLINE).explained


@pytest.mark.parametrize(
    ("ends", "until"),
    [({}, DEADLINE), ({"deadline": None, "valid_until": DEADLINE + DAY}, DEADLINE + DAY), ({"deadline": None}, MORNING + 30 * DAY)],
)
def test_names_end_with_the_deadline_else_the_validity_else_after_thirty_days(
    office_lite: SimpleNamespace, ends: dict[str, object], until: object
) -> None:
    notice = _sent(office_lite, **ends)
    assert forget.until(notice) == until
    assert len(result.waiting(notice, forget.until(notice) - MINUTE)) == 3
    assert result.waiting(notice, forget.until(notice)) == []
    assert forget.forget(forget.until(notice) - MINUTE) == 0
    assert forget.forget(forget.until(notice)) == 1


def test_an_answer_is_what_was_handed_in_and_stays_with_its_author(office: SimpleNamespace) -> None:
    notice = _sent(office, confirm="answer")
    _did(notice, office.li, Confirm.ANSWER, answer="已报")
    story.forget(DEADLINE)
    assert [one.text for one in result.answers(notice.pk)] == ["已报"]


def test_who_confirms_late_is_done_with_it_and_nobody_learns_how_late(office: SimpleNamespace) -> None:
    notice = _sent(office)
    story.forget(DEADLINE)
    assert _did(notice, office.li, Confirm.CONFIRM, DEADLINE + DAY)
    assert not _did(notice, office.li, Confirm.CONFIRM, DEADLINE + DAY)
    assert not Receipt.objects.exists()
    assert Delivery.objects.get(notice=notice, person=office.li).done_at == DEADLINE
    assert result.counts(notice.pk).done == 1


def test_the_counts_of_each_text_stay_after_the_names_are_gone(office: SimpleNamespace) -> None:
    notice = _sent(office)
    _did(notice, office.li, Confirm.CONFIRM)
    amend.correct(notice, notice.title, "请各社区于周四前报送统计表。", MORNING + timedelta(hours=1), material=True)
    _did(notice, office.wang, Confirm.CONFIRM, MORNING + timedelta(hours=2))
    story.forget(DEADLINE)
    notice.refresh_from_db()
    assert [(one.revision, one.people, one.names) for one in result.confirmed(notice, DEADLINE)] == [(1, 1, []), (2, 1, [])]


def test_many_readers_are_forgotten_batch_by_batch(office_lite: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forget, "PEOPLE", 4)
    for _number in range(3):
        _sent(office_lite)
    assert [story.forget(DEADLINE) for _round in range(4)] == [1, 1, 1, 0]


def test_who_does_not_tell_that_they_read_is_counted_nowhere_and_named_nowhere(office: SimpleNamespace) -> None:
    rhythm.tell_reading(office.li.pk, tells=False, now=MORNING)
    notice = _sent(office, confirm="read")
    assert _did(notice, office.li, Confirm.READ)
    assert not _did(notice, office.li, Confirm.READ)
    _did(notice, office.wang, Confirm.READ)
    assert list(Receipt.objects.values_list("delivery__person", flat=True)) == [office.wang.pk]
    counts = result.counts(notice.pk)
    assert (counts.people, counts.read, counts.done, counts.silent) == (3, 1, 1, 1)
    assert [name for name, _unit in result.waiting(notice, MORNING)] == ["张主任"]
    assert amend.undone(notice) == 1
    assert Delivery.objects.get(notice=notice, person=office.li).done_at == MORNING + MINUTE


def test_a_confirmation_is_told_whatever_was_chosen_about_reading(office: SimpleNamespace) -> None:
    rhythm.tell_reading(office.li.pk, tells=False, now=MORNING)
    notice = _sent(office)
    _did(notice, office.li, Confirm.CONFIRM)
    assert (result.counts(notice.pk).done, result.counts(notice.pk).silent) == (1, 0)
    assert "小李" not in [name for name, _unit in result.waiting(notice, MORNING)]


def test_reminders_end_after_as_many_as_are_set_and_with_the_deadline(office: SimpleNamespace) -> None:
    notice = _sent(office, deadline=MORNING + 9 * DAY)
    for day in range(2):
        amend.remind(notice, office.zhang.pk, MORNING + day * DAY)
    with pytest.raises(Refused, match="已提醒 2 次"):
        amend.remind(notice, office.zhang.pk, MORNING + 2 * DAY)
    set_pacing(Pacing(reminders=3), office.zhang.pk, MORNING)
    assert amend.remind(notice, office.zhang.pk, MORNING + 3 * DAY) == 3
    late = _sent(office)
    with pytest.raises(Refused, match="时限已过"):
        amend.remind(late, office.zhang.pk, DEADLINE)


@pytest.mark.parametrize("wrong", [Pacing(reminders=6), Pacing(rings=0), Pacing(window=-1)])
def test_a_pace_outside_what_is_allowed_is_refused_and_changes_nothing(office_lite: SimpleNamespace, wrong: Pacing) -> None:
    with pytest.raises(Refused, match="应在"):
        set_pacing(wrong, office_lite.zhang.pk, MORNING)
    assert pacing() == Pacing()


@pytest.mark.parametrize("times", ["25:00", "9点", "09:00 10:00 11:00 12:00 13:00"])
def test_times_of_a_digest_that_are_none_are_refused(times: str) -> None:
    with pytest.raises(Refused, match="09:00"):
        rhythm.read_times(times)
    assert rhythm.read_times("15:30，9:00") == "09:00 15:30"
