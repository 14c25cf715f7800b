"""A workbook taken in again and again: nobody becomes two, names still mean somebody, reach holds, who leaves hands on what is open."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hub_help import beijing, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.hub import reconcile, sql, story
from qingqun.hub.governance import roster
from qingqun.hub.governance.roster.read import GroupRow, PersonRow, Read, UnitRow
from qingqun.hub.models import Confirm, Delivery, Entry, Person, Power, Role, RoleMember, State, Token, Unit
from qingqun.office import Sheet, write_book

NOW, NIGHT = beijing("2026-03-11 10:00"), beijing("2026-03-11 21:00")


def _row(line: int, name: str, unit: str = "和平街道", **more: object) -> PersonRow:
    values = {"number": "", "roles": (), "mail": "", "deputy": "", "inbox": True, "left": False}
    return PersonRow(line, name, unit=unit, **{**values, **more})  # type: ignore[arg-type]


def _taken(
    *rows: PersonRow, groups: tuple[GroupRow, ...] = (), units: tuple[UnitRow, ...] = (), **more: object
) -> tuple[roster.Taken, list[str]]:
    found = Read(units=list(units), persons=list(rows), groups=list(groups))
    done = roster.take(found, NOW, **more)  # type: ignore[arg-type]
    return done, [one.reason for one in found.wrong]


def test_who_was_changed_is_still_found_by_name_as_deputy_and_member(office: SimpleNamespace) -> None:
    rows = (_row(2, "小李", inbox=False), _row(3, "张主任", deputy="小李"))
    done, wrong = _taken(*rows, groups=(GroupRow(2, "网格员", "岗位", "", ("小李",)),))
    assert (wrong, done.changed, done.people) == ([], 1, 0)
    assert Person.objects.get(pk=office.zhang.pk).deputy == office.li
    assert list(RoleMember.objects.values_list("person", flat=True)) == [office.li.pk]


def test_who_was_renamed_is_no_longer_found_by_the_old_name(office_lite: SimpleNamespace) -> None:
    Person.objects.filter(pk=office_lite.li.pk).update(number="1001")
    _done, wrong = _taken(_row(2, "李科长", number="1001"), groups=(GroupRow(2, "网格员", "岗位", "", ("小李", "李科长")),))
    assert wrong == ["没有找到成员“小李”，或者有同名，请写工号"]
    assert Role.objects.get().members.get() == office_lite.li


def test_who_moved_is_a_deputy_where_they_are_now(office_lite: SimpleNamespace) -> None:
    Person.objects.filter(pk=office_lite.li.pk).update(number="1001")
    _done, wrong = _taken(_row(2, "小李", "东社区", number="1001"), _row(3, "小王", "东社区", deputy="小李"))
    assert wrong == []
    assert Person.objects.get(pk=office_lite.wang.pk).deputy == office_lite.li
    assert Person.objects.get(pk=office_lite.li.pk).unit == office_lite.east


def test_of_two_namesakes_nobody_is_guessed(office_lite: SimpleNamespace) -> None:
    Person.objects.create(name="小李", unit=office_lite.street, number="2")
    done, wrong = _taken(_row(2, "张主任", deputy="小李"), groups=(GroupRow(2, "网格员", "岗位", "", ("小李", "2")),))
    assert len(wrong) == 2
    assert Person.objects.get(pk=office_lite.zhang.pk).deputy is None
    assert (done.groups, Role.objects.get().members.get().number) == (1, "2")


def test_a_number_of_somebody_who_left_becomes_nobody_elses_and_the_other_rows_count(office_lite: SimpleNamespace) -> None:
    Person.objects.create(name="老李", unit=office_lite.street, number="7", left_at=NOW)
    done, wrong = _taken(_row(2, "小李", number="7"), _row(3, "小王", "东社区", number="8"), _row(4, "小李", number="7", left=True))
    assert wrong == ["工号 7 是别的单位的人，或者已离职的人的"]
    assert (done.changed, done.left) == (1, 0)
    assert Person.objects.get(pk=office_lite.li.pk).number is None
    assert Person.objects.get(pk=office_lite.wang.pk).number == "8"


def test_one_does_not_stand_in_for_oneself(office_lite: SimpleNamespace) -> None:
    _done, wrong = _taken(_row(2, "小李", deputy="小李"))
    assert wrong == ["没有找到代理人“小李”：请写工号，或本单位同事的姓名"]


def test_out_of_reach_nothing_is_made_moved_or_named(office_lite: SimpleNamespace) -> None:
    Person.objects.filter(pk=office_lite.stranger.pk).update(number="9")
    rows = (_row(2, "新人", "外街道"), _row(3, "外人", number="9"), _row(4, "小李", deputy="9"))
    groups = (GroupRow(2, "普查", "项目", "外街道", ("小李",)), GroupRow(3, "网格员", "岗位", "", ("外人",)))
    units = (UnitRow(2, "新街道", ""), UnitRow(3, "新社区", "外街道"))
    before = list(Person.objects.order_by("pk").values_list("pk", "name", "unit", "deputy"))
    done, wrong = _taken(*rows, groups=groups, units=units, reach=(office_lite.street.path or f"/{office_lite.street.pk}/",))
    assert (done.units, done.people, done.changed, len(wrong)) == (0, 0, 0, 7)
    assert list(Person.objects.order_by("pk").values_list("pk", "name", "unit", "deputy")) == before


def test_a_trial_changes_nothing_and_finds_what_the_import_finds(office_lite: SimpleNamespace) -> None:
    rows = (_row(2, "新人"), _row(3, "小李", left=True), _row(4, "新人二", "没有的单位"))
    _done, tried = _taken(*rows, dry=True)
    assert (Person.objects.count(), Person.objects.filter(left_at__isnull=False).count(), Entry.objects.count()) == (4, 0, 0)
    _done, wrong = _taken(*rows)
    assert (tried, Person.objects.count()) == (wrong, 5)


def test_who_leaves_twice_leaves_once_and_hands_on_once(office_lite: SimpleNamespace) -> None:
    Person.objects.filter(pk=office_lite.wang.pk).update(deputy=office_lite.li)
    notice = story.write(written(office_lite, audience={"unit": office_lite.east.pk, "below": False}), NOW).notice
    first, _wrong = _taken(_row(2, "小王", "东社区", left=True))
    again, _wrong = _taken(_row(2, "小王", "东社区", left=True))
    assert (first.left, first.handed, again.left, again.handed) == (1, 1, 0, 0)
    handed = Delivery.objects.get(notice=notice, person=office_lite.li)
    assert (handed.behalf, handed.state) == (office_lite.wang, State.DELIVERED)
    assert reconcile.reconcile(NOW).explained
    assert Entry.objects.filter(act="leave").count() == 1


@pytest.mark.parametrize("change", ["done", "withdrawn", "over", "folded"])
def test_what_is_settled_goes_to_nobody(office_lite: SimpleNamespace, change: str) -> None:
    Person.objects.filter(pk=office_lite.wang.pk).update(deputy=office_lite.li)
    values = {"audience": {"unit": office_lite.east.pk, "below": False}, "confirm": "confirm", "valid_until": NOW + timedelta(hours=1)}
    notice = story.write(written(office_lite, **values), NOW).notice
    own = Delivery.objects.get(notice=notice)
    if change == "done":
        assert story.confirm(own.pk, office_lite.wang.pk, NOW)
    elif change == "withdrawn":
        sql.run("UPDATE hub_notice SET withdrawn_at = 1 WHERE id = %s", [notice])
    elif change == "folded":
        Delivery.objects.update(state=State.FOLDED)
    with sql.act():
        handed = roster.leave([office_lite.wang.pk], NOW + timedelta(hours=2 if change == "over" else 0))
    assert handed == 0
    assert Delivery.objects.count() == 1


def test_a_chain_of_two_who_leave_ends_at_whoever_is_there_or_at_nobody(office_lite: SimpleNamespace) -> None:
    people = [office_lite.zhang, office_lite.li, office_lite.wang]
    for one, other in pairwise(people):
        Person.objects.filter(pk=one.pk).update(deputy=other)
    Power.objects.create(person=office_lite.zhang, unit=office_lite.street, right="author")
    notice = story.write(written(office_lite, audience={"persons": [office_lite.zhang.pk]}), NIGHT).notice
    with sql.act():
        assert roster.leave([office_lite.zhang.pk, office_lite.li.pk], NIGHT) == 1
    handed = Delivery.objects.get(notice=notice, person=office_lite.wang)
    own = Delivery.objects.get(notice=notice, person=office_lite.zhang)
    assert (handed.state, handed.not_before, handed.behalf) == (State.HELD, own.not_before, office_lite.zhang)
    assert own.ring_after is None
    assert not Power.objects.exists()


def test_who_left_gives_no_receipt_for_what_they_had(office_lite: SimpleNamespace) -> None:
    notice = story.write(written(office_lite, confirm="confirm"), NOW).notice
    with sql.act():
        roster.leave([office_lite.li.pk], NOW)
        roster.leave([], NOW)
    assert Delivery.objects.get(notice=notice, person=office_lite.li).done_at is None
    assert not Token.objects.exists()
    assert Entry.objects.filter(act="leave").count() == 1
    assert story.confirm(Delivery.objects.get(notice=notice, person=office_lite.zhang).pk, office_lite.zhang.pk, NOW, Confirm.CONFIRM)


def test_the_errors_come_back_beside_their_rows_and_can_be_corrected(office_lite: SimpleNamespace, tmp_path: Path) -> None:
    header = ["姓名", "单位", "邮箱", "用收件箱"]
    write_book(
        tmp_path / "in.xlsx",
        [Sheet("人员", header, [["小李", "和平街道", "no mail", ""], ["小王", "东社区", "", "也许"], ["", "东社区", "", ""]])],
    )
    found = roster.read(tmp_path / "in.xlsx")
    assert [one.line for one in found.wrong] == [2, 3, 4]
    roster.write_errors(tmp_path / "out.xlsx", found)
    again = roster.read(tmp_path / "out.xlsx")
    assert [(one.line, one.reason) for one in again.wrong] == [(one.line, one.reason) for one in found.wrong]
    assert again.pages["人员"][0] == [*header, "错误说明"]


_PEOPLE = st.lists(
    st.builds(
        _row,
        st.just(2),
        st.sampled_from(["小李", "小王", "外人", "新人"]),
        st.sampled_from(["和平街道", "东社区", "外街道", "没有"]),
        number=st.sampled_from(["", "1", "2"]),
        deputy=st.sampled_from(["", "小李", "张主任", "2"]),
        left=st.booleans(),
        inbox=st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_PEOPLE, second=_PEOPLE)
def test_whatever_is_imported_the_second_time_makes_nobody_new(
    office_lite: SimpleNamespace, first: list[PersonRow], second: list[PersonRow]
) -> None:
    _taken(*first)
    count, gone = Person.objects.count(), set(Person.objects.filter(left_at__isnull=False).values_list("pk", flat=True))
    done, _wrong = _taken(*[row._replace(left=False) for row in first if row.left is False])
    assert done.left == 0
    _taken(*second)
    assert gone <= set(Person.objects.filter(left_at__isnull=False).values_list("pk", flat=True))
    assert Person.objects.count() >= count
    numbers = list(Person.objects.exclude(number=None).values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    assert Unit.objects.count() == 4
    assert not any(name in data for data in Entry.objects.values_list("data", flat=True) for name in ("小李", "小王", "新人"))
