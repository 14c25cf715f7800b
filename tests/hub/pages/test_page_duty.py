"""Duty lists are kept on a page: without one, no emergency reaches anybody."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from hub_help import Clock, beijing, written

from qingqun.hub import story
from qingqun.hub.governance.dutyline import read
from qingqun.hub.models import Delivery, DutyList, DutyTurn, Entry, Person, Unit
from qingqun.words import Refused


def _list(house: SimpleNamespace, unit: Unit | None = None) -> DutyList:
    house.browser["zhao"].post("/duty/", {"name": "防汛值守", "unit": (unit or house.street).pk})
    return DutyList.objects.latest("pk")


def _enter(house: SimpleNamespace, row: DutyList, lines: str) -> str:
    return str(house.browser["zhao"].post("/duty/", {"list": row.pk, "turns": lines}, follow=True).content.decode())


def test_an_administrator_writes_down_who_is_on_duty_and_an_emergency_rings_them(house: SimpleNamespace, clock: Clock) -> None:
    row = _list(house)
    page = _enter(house, row, "小王 2026-03-11 08:30 2026-03-12 08:30\n小李\t2026/3/12 8:30\t2026/3/13 8:30")
    assert "已登记 2 班" in page
    assert page.count("正在值班") == 1
    urgent = {"importance": "emergency", "approver": house.chen, "ground": "CN-WT-04:disaster", "title": "防汛"}
    story.write(written(house, **urgent, audience={"any": [{"duty": row.pk}]}), clock.at)
    assert list(Delivery.objects.values_list("person__name", "lane")) == [("小王", "emergency")]


def test_what_is_wrong_is_said_by_line_and_the_rest_counts(house: SimpleNamespace) -> None:
    Person.objects.create(name="小李", unit=house.street)
    row = _list(house)
    page = _enter(house, row, "小王 2026-03-12 08:30 17:30\n\n没有此人 2026-03-12 08:30 17:30\n小李 2026-03-12 08:30 17:30\n小王 明天")
    assert [f"第 {line} 行" in page for line in (1, 3, 4, 5)] == [False, True, True, True]
    assert "小王 明天" in page  # what was typed is shown again
    assert DutyTurn.objects.count() == 1


def test_the_same_lines_again_add_nothing_and_what_is_over_is_refused(house: SimpleNamespace) -> None:
    row = _list(house)
    for _time in range(2):
        _enter(house, row, "小王 2026-03-12 08:30 17:30\n小王 2026-03-10 08:30 17:30\n小王 2026-03-12 08:30 2026-05-12 08:30")
    assert DutyTurn.objects.count() == 1


def test_a_turn_is_taken_off_and_each_act_stands_in_the_ledger(house: SimpleNamespace) -> None:
    row = _list(house)
    _enter(house, row, "小王 2026-03-12 08:30 17:30")
    house.browser["zhao"].post("/duty/", {"remove": DutyTurn.objects.get().pk})
    assert DutyTurn.objects.count() == 0
    assert list(Entry.objects.filter(act__startswith="duty").values_list("act", "count", "person")) == [
        ("duty list", 1, house.zhao.pk),
        ("duty", 1, house.zhao.pk),
        ("duty off", 1, house.zhao.pk),
    ]


def test_another_units_lists_are_neither_shown_nor_changed(house: SimpleNamespace) -> None:
    theirs = DutyList.objects.create(name="外单位值守", unit=house.other)
    at = beijing("2026-03-12 08:30")
    turn = DutyTurn.objects.create(duty_list=theirs, person=house.stranger, starts=at, ends=beijing("2026-03-12 17:30"))
    browser = house.browser["zhao"]
    assert "没有这张值班表" in _enter(house, theirs, "小王 2026-03-12 08:30 17:30")
    browser.post("/duty/", {"remove": turn.pk})
    browser.post("/duty/", {"name": "他们的", "unit": house.other.pk})
    assert "外单位值守" not in browser.get("/duty/").content.decode()
    assert (DutyTurn.objects.count(), DutyList.objects.count()) == (1, 1)
    assert "没有找到“外人”" in _enter(house, _list(house), "外人 2026-03-12 08:30 17:30")


def test_a_list_needs_a_name_of_its_own(house: SimpleNamespace) -> None:
    for name in ("防汛值守", "防汛值守", " ", "长" * 81):
        house.browser["zhao"].post("/duty/", {"name": name, "unit": house.street.pk})
    assert DutyList.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "who", "starts", "ends"),
    [
        ("小李 2026-03-12 08:30 2026-03-13 08:30", "小李", "2026-03-12 08:30", "2026-03-13 08:30"),
        ("1001\t2026/3/12 8:30\t17:30", "1001", "2026-03-12 08:30", "2026-03-12 17:30"),
        ("小李，２０２６年3月12日 17：30—8：30", "小李", "2026-03-12 17:30", "2026-03-13 08:30"),
        ("Ann Lee 2026-03-12T08:30:00 至 24:00", "Ann Lee", "2026-03-12 08:30", "2026-03-13 00:00"),
        ("A-17 2026.3.12 0:00-24:00", "A-17", "2026-03-12 00:00", "2026-03-13 00:00"),
    ],
)
def test_lines_are_read_as_people_type_them(line: str, who: str, starts: str, ends: str) -> None:
    found = read(line)
    assert (found.who, found.starts, found.ends) == (who, beijing(starts), beijing(ends))
    assert isinstance(found.starts, datetime)


@pytest.mark.parametrize(
    "line", ["", "小李", "小李 2026-02-30 08:30 17:30", "小李 2026-03-12 25:00 17:30", "小李 2026-03-12 08:61 17:30", "小李 " * 90]
)
def test_what_is_no_turn_is_refused(line: str) -> None:
    with pytest.raises(Refused):
        read(line)
