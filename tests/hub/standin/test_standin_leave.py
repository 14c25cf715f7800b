"""What cannot wait for somebody on leave goes to who stands in; the rest waits for them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing, written

from qingqun.hub import audience, inbox, release, standin, story
from qingqun.hub.desk import result
from qingqun.hub.governance.roster.leaving import leave as leaves
from qingqun.hub.models import Confirm, Delivery, Entry, Hold, Leave, Notice, Person, Receipt, Standin, WorkTime
from qingqun.hub.reconcile import reconcile

NOW = beijing("2026-03-11 10:00")
SOON, LATE = beijing("2026-03-13 17:30"), beijing("2026-03-25 17:30")
BACK = beijing("2026-03-20 08:30")


@pytest.fixture
def away(office: SimpleNamespace) -> SimpleNamespace:
    """小李 is on leave until Friday week; 小王 stands in. 张主任 writes, and 老陈 is there too."""
    office.chen = Person.objects.create(name="老陈", unit=office.street)
    _deputy(office.li, office.wang)
    _on_leave(office.li)
    return office


def _on_leave(person: Person, starts: Any = NOW - timedelta(days=1), ends: Any = BACK) -> None:
    Leave.objects.create(person=person, starts=starts, ends=ends)


def _deputy(person: Person, deputy: Person | None) -> None:
    Person.objects.filter(pk=person.pk).update(deputy=deputy)


def _sent(office: SimpleNamespace, **changed: Any) -> Notice:
    values = {"audience": {"persons": [office.li.pk]}, "confirm": Confirm.CONFIRM, "deadline": SOON}
    return Notice.objects.get(pk=story.write(written(office, **values | changed), NOW).notice)


def _who(notice: Notice) -> dict[str, str | None]:
    """Return who has it, and for whom."""
    return dict(Delivery.objects.filter(notice=notice).values_list("person__name", "behalf__name"))


def test_what_is_asked_and_due_before_the_return_is_the_deputys_too(away: SimpleNamespace) -> None:
    notice = _sent(away)
    assert _who(notice) == {"小李": None, "小王": "小李"}
    theirs, standing = (Delivery.objects.get(notice=notice, person=one) for one in (away.li, away.wang))
    assert (theirs.state, standing.state, standing.not_before, standing.ring_after) == ("held", "delivered", NOW, NOW)
    entry = Entry.objects.get(act="add")
    assert (entry.notice, entry.count, entry.data) == (notice.pk, 1, '{"absent":1}')
    assert reconcile(NOW).explained


@pytest.mark.parametrize(
    "changed",
    [
        {"deadline": LATE},
        {"deadline": None},
        {"confirm": Confirm.NONE},
        {"confirm": Confirm.READ},
        {"deadline": None, "valid_until": LATE},
    ],
)
def test_what_can_wait_waits(away: SimpleNamespace, changed: dict[str, Any]) -> None:
    assert _who(_sent(away, **changed)) == {"小李": None}


@pytest.mark.parametrize(
    "changed",
    [
        {"confirm": Confirm.ANSWER},
        {"deadline": None, "valid_until": SOON},
        {"confirm": Confirm.NONE, "importance": "important"},
        {"confirm": Confirm.NONE, "importance": "important", "deadline": None},
        {"deadline": BACK - timedelta(minutes=1)},
    ],
)
def test_what_cannot_goes_along(away: SimpleNamespace, changed: dict[str, Any]) -> None:
    assert _who(_sent(away, **changed)) == {"小李": None, "小王": "小李"}


def test_a_deadline_on_the_days_off_between_the_leave_and_work_cannot_wait_either(away: SimpleNamespace) -> None:
    Leave.objects.update(ends=beijing("2026-03-13 17:30"))
    assert "小王" in _who(_sent(away, deadline=beijing("2026-03-15 12:00")))


def test_a_deputy_hears_it_in_their_own_working_time(away: SimpleNamespace) -> None:
    later = WorkTime.objects.create(text='name = "站"\n[[season]]\nname = "全年"\nfrom = "01-01"\nto = "12-31"\nhours = ["13:00-17:00"]\n')
    Person.objects.filter(pk=away.wang.pk).update(worktime=later)
    notice = _sent(away)
    found = Delivery.objects.get(notice=notice, person=away.wang)
    assert (found.state, found.not_before) == ("held", beijing("2026-03-11 13:00"))
    assert (found.ring_after or NOW) > found.not_before
    assert Hold.objects.get(pk=found.hold_id or 0).reason["opens"].startswith("2026-03-11T13:00")
    release.release(beijing("2026-03-11 13:00"))
    assert Delivery.objects.get(pk=found.pk).state == "delivered"


def test_an_important_one_lies_there_at_once_and_rings_when_they_work(away: SimpleNamespace) -> None:
    at = beijing("2026-03-11 21:00")
    notice = Notice.objects.get(pk=story.write(written(away, audience={"persons": [away.li.pk]}, importance="important"), at).notice)
    found = Delivery.objects.get(notice=notice, person=away.wang)
    assert (found.state, found.not_before) == ("delivered", at)
    assert (found.ring_after or NOW) >= beijing("2026-03-12 08:30")


def test_a_deputy_who_has_it_gets_no_second_only_the_mark(away: SimpleNamespace) -> None:
    notice = _sent(away, audience={"persons": [away.li.pk, away.wang.pk, away.chen.pk]})
    assert _who(notice) == {"小李": None, "小王": "小李", "老陈": None}
    assert notice.people == 3
    assert list(Entry.objects.filter(act__in=["add", "stand in"]).values_list("act", "count")) == [("stand in", 1)]
    known = inbox.facts(away.wang.pk, "/1/2/")
    assert inbox.why(notice.audience, known, "小李") == ["代小李收", "点名发给您"]


def test_a_deputy_on_leave_or_gone_passes_on(away: SimpleNamespace) -> None:
    _deputy(away.wang, away.chen)
    _on_leave(away.wang)
    assert _who(_sent(away)) == {"小李": None, "老陈": "小李"}
    Leave.objects.filter(person=away.wang).delete()
    leaves([away.wang.pk], NOW)
    assert _who(_sent(away)) == {"小李": None, "老陈": "小李"}


def test_two_on_leave_with_one_deputy_make_one_delivery(away: SimpleNamespace) -> None:
    _on_leave(away.chen)
    _deputy(away.chen, away.wang)
    notice = _sent(away, audience={"persons": [away.li.pk, away.chen.pk]})
    assert Delivery.objects.filter(notice=notice, person=away.wang).count() == 1
    assert [one.name for one in inbox.standing(notice.pk, away.wang.pk).absent] == ["小李", "老陈"]
    assert Entry.objects.get(act="add").data == '{"absent":2}'


@pytest.mark.parametrize("chain", ["nobody", "circle", "too long"])
def test_where_nobody_is_free_the_author_sees_how_many(away: SimpleNamespace, chain: str) -> None:
    if chain == "nobody":
        _deputy(away.li, None)
    elif chain == "circle":
        _deputy(away.wang, away.li)
        _on_leave(away.wang)
    else:
        names = [Person.objects.create(name=f"组员{number}", unit=away.street) for number in range(3)]
        for person, deputy in zip([away.wang, *names], names, strict=False):
            _deputy(person, deputy)
            _on_leave(person)
        Leave.objects.filter(person=names[-1]).delete()
    notice = _sent(away)
    assert _who(notice) == {"小李": None}
    assert result.unattended(notice, NOW) == 1
    assert result.unattended(notice, SOON) == 0


def test_an_emergency_knows_no_deputies(away: SimpleNamespace) -> None:
    assert standin.foreseen(_everybody(away), "emergency", "confirm", SOON, NOW) == (0, 0)


def _everybody(office: SimpleNamespace) -> Any:
    return audience.present({"unit": office.street.pk, "below": True}, NOW)


def test_beforehand_it_is_counted_and_nobody_is_asked_again(away: SimpleNamespace) -> None:
    _on_leave(away.chen)
    people = _everybody(away)
    assert standin.foreseen(people, "routine", "confirm", SOON, NOW) == (1, 1)
    assert standin.foreseen(people, "routine", "confirm", LATE, NOW) == (0, 0)
    assert standin.foreseen(people, "routine", "none", SOON, NOW) == (0, 0)
    assert standin.foreseen(people, "important", "none", None, NOW) == (1, 1)
    assert standin.stand_ins([away.li.pk, away.chen.pk, away.zhang.pk], NOW) == {away.li.pk: "小王"}


def test_a_leave_that_begins_later_is_noticed_by_the_worker(away: SimpleNamespace) -> None:
    Leave.objects.all().delete()
    notice = _sent(away)
    assert story.stand_in(NOW) == 0
    _on_leave(away.li, NOW + timedelta(days=1))
    assert story.stand_in(NOW) == 0
    night = beijing("2026-03-12 22:00")
    assert (story.stand_in(night), story.stand_in(night), story.stand_in(night + timedelta(minutes=2))) == (1, 0, 0)
    found = Delivery.objects.get(notice=notice, person=away.wang)
    assert (found.state, found.not_before) == ("held", beijing("2026-03-13 08:30"))
    assert reconcile(night).explained


def test_many_open_notices_are_looked_at_a_batch_in_each_act(away: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standin, "BATCH", 2)
    monkeypatch.setattr(standin, "_OPEN", standin._OPEN.replace("LIMIT 20", "LIMIT 2"))
    Leave.objects.all().delete()
    notices = [_sent(away) for _number in range(5)]
    _on_leave(away.li)
    assert (story.stand_in(NOW), story.stand_in(NOW)) == (5, 0)
    assert all("小王" in _who(notice) for notice in notices)


def test_a_deputy_who_goes_on_leave_is_followed_by_the_next_and_the_chain_stays_the_first_ones(away: SimpleNamespace) -> None:
    notice = _sent(away)
    _deputy(away.wang, away.chen)
    _on_leave(away.wang)
    assert (story.stand_in(NOW), story.stand_in(NOW)) == (1, 0)
    assert _who(notice) == {"小李": None, "小王": "小李", "老陈": "小李"}
    assert Standin.objects.count() == 2


def test_what_is_done_or_taken_back_is_brought_to_nobody(away: SimpleNamespace) -> None:
    Leave.objects.all().delete()
    done, gone = _sent(away), _sent(away)
    inbox.receive(Delivery.objects.get(notice=done).pk, away.li.pk, Confirm.CONFIRM, NOW)
    Notice.objects.filter(pk=gone.pk).update(withdrawn_at=NOW)
    _on_leave(away.li)
    assert story.stand_in(NOW) == 0


def test_what_the_deputy_confirms_is_done_for_who_is_on_leave(away: SimpleNamespace) -> None:
    notice = _sent(away)
    own, standing = (Delivery.objects.get(notice=notice, person=one).pk for one in (away.li, away.wang))
    inbox.receive(standing, away.wang.pk, Confirm.READ, NOW)
    assert Delivery.objects.get(pk=own).done_at is None
    assert inbox.receive(standing, away.wang.pk, Confirm.CONFIRM, NOW)
    found = Delivery.objects.get(pk=own)
    assert (found.done_at, found.read_at, found.ring_after) == (NOW, None, None)
    given = Receipt.objects.get(delivery=own)
    assert (given.kind, given.means, given.recorder) == ("confirm", "deputy", away.wang)
    assert result.waiting(notice, NOW) == []
    assert inbox.standing(notice.pk, away.li.pk).deputies == ("小王",)


def test_an_answer_in_their_stead_stands_under_who_gave_it(away: SimpleNamespace) -> None:
    notice = _sent(away, confirm=Confirm.ANSWER)
    standing = Delivery.objects.get(notice=notice, person=away.wang).pk
    inbox.receive(standing, away.wang.pk, Confirm.ANSWER, NOW, answer="已报")
    assert [(one.name, one.text) for one in result.answers(notice.pk)] == [("小王（代小李）", "已报")]
    assert result.counts(notice.pk).done == 2


def test_who_is_back_answers_for_themselves_what_a_colleague_had_anyway(away: SimpleNamespace) -> None:
    notice = _sent(away, audience={"persons": [away.li.pk, away.wang.pk]})
    Leave.objects.update(ends=NOW + timedelta(hours=1))
    standing = Delivery.objects.get(notice=notice, person=away.wang).pk
    inbox.receive(standing, away.wang.pk, Confirm.CONFIRM, NOW + timedelta(hours=2))
    assert Delivery.objects.get(notice=notice, person=away.li).done_at is None


def test_done_after_who_did_what_was_forgotten_only_the_rows_know(away: SimpleNamespace) -> None:
    notice = _sent(away)
    after = SOON + timedelta(hours=1)
    story.forget(after)
    standing = Delivery.objects.get(notice=notice, person=away.wang).pk
    inbox.receive(standing, away.wang.pk, Confirm.CONFIRM, after)
    assert Delivery.objects.get(notice=notice, person=away.li).done_at == after
    assert not Receipt.objects.exists()
