"""Duty lists, leave, complaints and hours as the room keeps them: own and other units, doubled lines, what comes too late or too long."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing
from hypothesis import given
from hypothesis import strategies as st

from qingqun.hub.governance import absences, complaints, duty, worktimes
from qingqun.hub.governance.dutyline import moment, read, span
from qingqun.hub.models import Complaint, DutyList, DutyTurn, Entry, Leave, Person, Shift, Unit
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TURN = "小李 2026-03-12 08:30 2026-03-13 08:30"


def _paths(office: SimpleNamespace) -> list[str]:
    return [f"/{office.street.pk}/"]


def _list(office: SimpleNamespace, unit: Unit | None = None) -> DutyList:
    return DutyList.objects.create(name="夜班", unit=unit or office.street)


def _complaint(office: SimpleNamespace, number: int, unit: Unit | None = None, **more: Any) -> Complaint:
    return Complaint.objects.create(code=f"CODE{number}", unit=unit, text="半夜发通知", at=NOW + number * HOUR, **more)


def test_an_open_complaint_is_seen_however_many_are_answered(office: SimpleNamespace) -> None:
    answered = {"answered_at": NOW, "answer": "好", "answerer": office.zhang}
    for number in range(complaints.MOST + 5):
        _complaint(office, number + 1, office.street, **answered)
    opened = _complaint(office, 0, office.east)
    shown = complaints.complaints(_paths(office))
    assert shown[0] == opened
    assert len(shown) == complaints.MOST
    moments = [one.at for one in shown[1:]]
    assert moments == sorted(moments, reverse=True)


def test_another_units_complaint_is_not_shown_and_one_about_none_is_everybodys(office: SimpleNamespace) -> None:
    _complaint(office, 1, office.other)
    nobodys = _complaint(office, 2)
    assert complaints.complaints(_paths(office)) == [nobodys]
    assert complaints.complaints([]) == [nobodys]


def test_of_two_answers_at_once_the_first_stands(office: SimpleNamespace) -> None:
    one = _complaint(office, 1, office.street)
    assert complaints.answer(one.pk, office.zhang.pk, "已改正", NOW)
    assert not complaints.answer(one.pk, office.li.pk, "不归我管", NOW + HOUR)
    one.refresh_from_db()
    assert (one.answer, one.answerer, one.answered_at) == ("已改正", office.zhang, NOW)
    assert Entry.objects.filter(act="answer complaint").count() == 1
    assert not complaints.answer(999_999, office.zhang.pk, "无此件", NOW)


def test_a_turn_is_written_down_once_however_often_it_is_sent(office_lite: SimpleNamespace) -> None:
    row = _list(office_lite)
    assert duty.enter(row.pk, f"{TURN}\n\n{TURN}\n", _paths(office_lite), office_lite.zhang.pk, NOW) == (1, 0, ())
    assert duty.enter(row.pk, TURN, _paths(office_lite), office_lite.zhang.pk, NOW) == (0, 1, ())
    assert DutyTurn.objects.count() == 1
    assert Entry.objects.filter(act="duty").count() == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("外人 2026-03-12 08:30 18:00", "没有找到"),
        ("小李 2026-03-10 08:30 18:00", "已经结束"),
        ("小李 2026-03-12 08:30 2026-04-20 08:30", "一班最长"),
        ("小李 2026-03-13 08:30 2026-03-12 08:30", "结束应晚于开始"),
        ("小李 2026-02-30 08:30 18:00", "没有这一天"),
        ("小李 2026-03-12 08:70 18:00", "没有这个时间"),
        ("小李 9999-12-31 08:30 18:00", "没有这个时间"),
        ("小李 明天", "看不懂"),
        ("甲" * 300, "看不懂"),
    ],
)
def test_a_bad_line_is_said_by_its_number_and_the_good_one_counts(office_lite: SimpleNamespace, line: str, why: str) -> None:
    made, _known, wrong = duty.enter(_list(office_lite).pk, f"{line}\n{TURN}", _paths(office_lite), office_lite.zhang.pk, NOW)
    assert (made, len(wrong)) == (1, 1)
    assert wrong[0].startswith("第 1 行")
    assert why in wrong[0]


def test_another_units_list_is_neither_filled_nor_emptied_nor_made(office_lite: SimpleNamespace) -> None:
    row = _list(office_lite, office_lite.other)
    turn = DutyTurn.objects.create(duty_list=row, person=office_lite.stranger, starts=NOW, ends=NOW + HOUR)
    paths = _paths(office_lite)
    with pytest.raises(Refused, match="没有这张值班表"):
        duty.enter(row.pk, TURN, paths, office_lite.zhang.pk, NOW)
    assert not duty.take_off(turn.pk, paths, office_lite.zhang.pk, NOW)
    for unit in (office_lite.other.pk, 0):
        with pytest.raises(Refused, match="选择单位"):
            duty.begin(unit, "白班", paths, office_lite.zhang.pk, NOW)
    assert duty.lists(paths, NOW) == []
    assert (DutyTurn.objects.count(), DutyList.objects.count(), Entry.objects.count()) == (1, 1, 0)


def test_a_list_has_a_name_of_its_own_in_its_unit(office_lite: SimpleNamespace) -> None:
    paths, by = _paths(office_lite), office_lite.zhang.pk
    duty.begin(office_lite.street.pk, " 夜班 ", paths, by, NOW)
    duty.begin(office_lite.east.pk, "夜班", paths, by, NOW)
    for name in ("夜班", "", "  ", "长" * 81):
        with pytest.raises(Refused):
            duty.begin(office_lite.street.pk, name, paths, by, NOW)
    assert sorted(DutyList.objects.values_list("name", "unit")) == sorted([("夜班", office_lite.street.pk), ("夜班", office_lite.east.pk)])
    assert Entry.objects.count() == 2


def test_who_left_and_what_is_over_is_not_shown_on_the_list(office_lite: SimpleNamespace) -> None:
    row = _list(office_lite)
    for person, ends in ((office_lite.li, NOW + DAY), (office_lite.wang, NOW + DAY), (office_lite.zhang, NOW)):
        DutyTurn.objects.create(duty_list=row, person=person, starts=NOW - DAY, ends=ends)
    Person.objects.filter(pk=office_lite.wang.pk).update(left_at=NOW)
    (shown,) = duty.lists(_paths(office_lite), NOW)
    assert [one.person for one in vars(shown)["coming"]] == [office_lite.li]


def test_too_many_lines_are_refused_before_any_is_read(office_lite: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="一次最多"):
        duty.enter(_list(office_lite).pk, "x\n" * (duty.MOST_LINES + 1), _paths(office_lite), office_lite.zhang.pk, NOW)
    with pytest.raises(Refused, match="一次最多"):
        absences.typed("leave", "x\n" * (absences.MOST_LINES + 1))
    with pytest.raises(Refused, match="休假或班次"):
        absences.typed("king", "")


def test_a_leave_entered_twice_and_taken_off_twice_is_one_act_each(office_lite: SimpleNamespace) -> None:
    spans, wrong = absences.typed("leave", "小李 2026-03-12\n小李 2026-03-12 2026-03-12")
    paths, by = _paths(office_lite), office_lite.zhang.pk
    assert wrong == []
    assert absences.enter(spans, paths, by, NOW, dry=True) == (0, 0, ())
    assert absences.enter(spans, paths, by, NOW) == (1, 0, ())
    assert absences.enter(spans, paths, by, NOW) == (0, 1, ())
    row = Leave.objects.get()
    assert not absences.take_off("shift", row.pk, paths, by, NOW)
    assert not absences.take_off("leave", row.pk, [f"/{office_lite.other.pk}/"], by, NOW)
    assert absences.take_off("leave", row.pk, paths, by, NOW)
    assert not absences.take_off("leave", row.pk, paths, by, NOW)
    assert list(Entry.objects.values_list("act", flat=True)) == ["add leave", "remove leave"]


def test_what_is_coming_is_shown_of_ones_own_people_who_are_there(office_lite: SimpleNamespace) -> None:
    for person in (office_lite.li, office_lite.wang, office_lite.stranger):
        Shift.objects.create(person=person, starts=NOW, ends=NOW + HOUR)
    Shift.objects.create(person=office_lite.li, starts=NOW - HOUR, ends=NOW)
    Person.objects.filter(pk=office_lite.wang.pk).update(left_at=NOW)
    assert [one.person for one in absences.coming("shift", _paths(office_lite), NOW)] == [office_lite.li]
    assert absences.coming("shift", _paths(office_lite), NOW, "小王") == []
    assert absences.coming("shift", [], NOW) == []


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 7_000, "calendars = ['/etc/passwd']\n", "region = '../x'\n", "a = ", "x" * 9_000, "hours = 3"]
)
def test_hours_that_make_no_sense_are_refused_with_a_reason_and_change_nothing(office_lite: SimpleNamespace, text: str) -> None:
    with pytest.raises(Refused):
        worktimes.set_hours(office_lite.street.pk, text, office_lite.zhang.pk, NOW)
    assert worktimes.plain(text) is None
    assert Unit.objects.get(pk=office_lite.street.pk).worktime is None
    assert not Entry.objects.exists()


def test_hours_count_below_until_a_unit_has_its_own_and_again_afterwards(office_lite: SimpleNamespace) -> None:
    street, east, by = office_lite.street.pk, office_lite.east.pk, office_lite.zhang.pk
    worktimes.set_hours(street, worktimes.composed("街道", ["08:00-12:00", "14:00-18:00"], ""), by, NOW)
    worktimes.set_hours(east, worktimes.composed("社区", ["09:00-17:00", ""], ""), by, NOW)

    def effective(unit: int) -> str:
        row = Unit.objects.select_related("effective").get(pk=unit)
        assert row.effective is not None
        return row.effective.text.splitlines()[0]

    assert (effective(street), effective(east), effective(office_lite.west.pk)) == ('name = "街道"', 'name = "社区"', 'name = "街道"')
    worktimes.set_hours(east, "", by, NOW)
    assert effective(east) == 'name = "街道"'
    assert Unit.objects.get(pk=office_lite.other.pk).effective is None


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_hours_that_were_composed_are_read_as_they_were(name: str) -> None:
    text = worktimes.composed(name, ["08:30-12:00", "14:00-17:30"], "")
    assert worktimes.plain(text) == ("08:30-12:00", "14:00-17:30", "")


_LINES = st.text(st.sampled_from(list("小李 2026-03/1:0至到~—T,;年月日\t９Ⅷ٣")) | st.characters(exclude_categories=["Cs"]), max_size=60)


@given(line=_LINES)
def test_any_line_is_a_span_that_a_calendar_has_or_is_refused(line: str) -> None:
    for reads in (read, span):
        try:
            found = reads(line)
        except Refused:
            continue
        assert found.who.strip()
        assert 2000 <= found.starts.year <= 2200
    for end in (False, True):
        try:
            assert 2000 <= moment(line, end=end).year <= 2200
        except Refused:
            continue


@given(
    start=st.datetimes(beijing("2001-01-01 00:00").replace(tzinfo=None), beijing("2199-01-01 00:00").replace(tzinfo=None)),
    hours=st.integers(1, 500),
)
def test_a_line_as_it_was_written_is_the_span_that_was_meant(start: Any, hours: int) -> None:
    starts = beijing(f"{start:%Y-%m-%d %H:%M}")
    ends = starts + hours * HOUR
    found = read(f"小李 {starts:%Y-%m-%d %H:%M} 至 {ends:%Y/%m/%d %H:%M}")
    assert (found.who, found.starts, found.ends) == ("小李", starts, ends)
