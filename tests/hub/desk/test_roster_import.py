"""Units, people and groups from one workbook; who leaves is out at once, and their deputy has what they had not done."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hub_help import beijing, written
from page_help import signed_in

from qingqun.hub import audience, reconcile, sql, story
from qingqun.hub.governance import roster
from qingqun.hub.models import Contact, Delivery, Person, Power, Project, Role, Topic, Unit
from qingqun.office import Sheet, read_tables, write_book
from qingqun.words import Refused

NOON = beijing("2026-03-11 10:00")
NIGHT = beijing("2026-03-11 21:00")
PEOPLE = ["姓名", "工号", "单位", "岗位", "邮箱", "代理人", "用收件箱", "已离职"]


def _book(path: Path, people: list[list[str]], units: list[list[str]] | None = None, groups: list[list[str]] | None = None) -> Path:
    sheets = [Sheet("人员", PEOPLE, people)]
    sheets += [Sheet("单位", ["单位", "上级单位"], units)] if units else []
    sheets += [Sheet("分组", ["名称", "类别", "单位", "成员"], groups)] if groups else []
    write_book(path, sheets)
    return path


def _taken(path: Path, **more: Any) -> tuple[roster.Taken, list[str]]:
    found = roster.read(path)
    done = roster.take(found, NOON, **more)
    return done, [f"{one.page}{one.line}:{one.reason}" for one in found.wrong]


def test_a_whole_street_comes_in_with_units_in_any_order(hub: Any, tmp_path: Path) -> None:
    people = [
        ["张主任", "1", "和平街道", "支部书记", "zhang@example.com", "2", "", ""],
        ["小李", "2", "东社区", "网格员、支部书记", "", "", "是", ""],
        ["小王", "", "西社区", "", "", "", "否", ""],
    ]
    groups = [["防汛", "话题", "", "1、2"], ["创城", "项目", "和平街道", "2"], ["网格员", "岗位", "", "2"]]
    path = _book(tmp_path / "a.xlsx", people, [["东社区", "和平街道"], ["西社区", "和平街道"], ["和平街道", ""]], groups)
    done, wrong = _taken(path)
    assert (done.units, done.people, done.groups, wrong) == (3, 3, 3, [])
    street = Unit.objects.get(name="和平街道")
    assert Unit.objects.get(name="东社区").path.startswith(street.path)
    assert Person.objects.get(number="1").deputy == Person.objects.get(number="2")
    assert Contact.objects.get().address == "zhang@example.com"
    assert not Person.objects.get(name="小王").inbox
    assert [Role.objects.count(), Topic.objects.count(), Project.objects.count()] == [2, 1, 1]
    again, wrong = _taken(path)
    assert (again.units, again.people, again.changed, wrong) == (0, 0, 0, [])


def test_the_template_can_be_read_and_brings_nobody(lite: Any, tmp_path: Path) -> None:
    roster.write_template(tmp_path / "t.xlsx")
    done, wrong = _taken(tmp_path / "t.xlsx")
    assert (done.units, done.people, done.groups, wrong) == (0, 0, 0, [])


def test_what_is_wrong_is_said_with_sheet_line_and_reason_and_the_rest_is_taken(office_lite: SimpleNamespace, tmp_path: Path) -> None:
    people = [
        ["", "9", "和平街道", "", "", "", "", ""],
        ["小钱", "8", "没有的单位", "", "", "", "", ""],
        ["小孙", "7", "东社区", "", "不是邮箱", "", "也许", ""],
        ["小周", "6", "东社区", "", "", "查无此人", "", ""],
        ["小周", "6", "东社区", "", "", "", "", ""],
    ]
    done, wrong = _taken(_book(tmp_path / "b.xlsx", people, [["新站", "不存在"]]))
    assert done.people == 1
    assert [one.split(":", 1)[0] for one in sorted(wrong)] == ["人员2", "人员3", "人员4", "人员4", "人员5", "人员6", "单位2"]


def test_the_error_workbook_holds_the_rows_as_they_stood_with_a_reason(office_lite: SimpleNamespace, tmp_path: Path) -> None:
    path = _book(tmp_path / "c.xlsx", [["小孙", "007", "东社区", "", "不是邮箱", "", "", ""]])
    found = roster.read(path)
    roster.write_errors(tmp_path / "e.xlsx", found)
    (table,) = read_tables(tmp_path / "e.xlsx")
    assert table.rows[0][-1] == "错误说明"
    assert (table.rows[1][1], table.rows[1][-1]) == ("007", "“邮箱”不像邮箱地址")
    roster.write_errors(tmp_path / "again.xlsx", roster.read(tmp_path / "e.xlsx"))
    assert len(read_tables(tmp_path / "again.xlsx")[0].rows[0]) == len(table.rows[0])


def test_what_is_no_workbook_is_refused(lite: Any, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7 no workbook")
    with pytest.raises(Refused):
        roster.read(tmp_path / "x.xlsx")


def test_who_leaves_is_out_and_their_deputy_has_the_rest(office: SimpleNamespace, tmp_path: Path) -> None:
    browser = signed_in(office.li, "li")
    story.write(written(office, confirm="confirm", audience={"persons": [office.li.pk]}), NOON)
    story.write(written(office, confirm="confirm"), NOON)
    held = story.write(written(office, audience={"persons": [office.li.pk]}), NIGHT).notice
    found = roster.read(_book(tmp_path / "d.xlsx", [["小李", "", "和平街道", "", "", "张主任", "", "是"]]))
    done = roster.take(found, NIGHT)
    assert (done.left, done.handed, found.wrong) == (1, 2, [])
    assert browser.get("/").status_code == 302
    office.li.refresh_from_db()
    assert office.li.left_at == NIGHT
    assert not office.li.user.is_active
    mine = Delivery.objects.filter(person=office.zhang, behalf=office.li)
    assert mine.count() == 2  # of the third he had his own
    assert mine.get(notice=held).state == "held"
    assert reconcile.reconcile(NIGHT).explained
    assert not Delivery.objects.filter(person=office.li, ring_after__isnull=False).exists()
    people = audience.present({"unit": office.street.pk}, NIGHT)
    assert office.li.pk not in {row[0] for row in sql.rows(people.text, people.params)}


def test_an_administrator_imports_only_below_their_unit(desk: SimpleNamespace, tmp_path: Path) -> None:
    Power.objects.create(person=desk.chen, unit=desk.east, right="administrator")
    browser = desk.browser["chen"]
    assert browser.get("/people/?template=1").headers["Content-Disposition"].startswith("attachment")
    path = _book(tmp_path / "e.xlsx", [["新人", "5", "东社区", "", "", "", "", ""], ["别人", "4", "西社区", "", "", "", "", ""]])
    for act, count in (("check", 0), ("take", 1)):
        answer = browser.post("/people/", {"act": act, "file": SimpleUploadedFile("a.xlsx", path.read_bytes())})
        assert answer.status_code == 200
        assert Person.objects.filter(name__in=["新人", "别人"]).count() == count
    assert "不归您管" in answer.content.decode()
    assert desk.author.get("/people/").status_code == 403


def test_the_command_takes_the_first_workbook(lite: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _book(tmp_path / "f.xlsx", [["张主任", "1", "和平街道", "", "", "", "", ""]], [["和平街道", ""]])
    call_command("roster", path, template=tmp_path / "t.xlsx")
    assert "新增 1 人" in capsys.readouterr().out
    assert (tmp_path / "t.xlsx").exists()


def test_a_member_is_found_by_a_name_that_only_one_in_the_unit_or_below_has(office_lite: SimpleNamespace, tmp_path: Path) -> None:
    people = [
        ["吴磊", "", "东社区", "", "", "", "", ""],
        ["李敏", "", "东社区", "", "", "", "", ""],
        ["李敏", "", "西社区", "", "", "", "", ""],
    ]
    groups = [["创城", "项目", "和平街道", "吴磊、李敏"], ["防汛", "项目", "西社区", "吴磊、李敏"]]
    _done, wrong = _taken(_book(tmp_path / "m.xlsx", people, groups=groups))
    assert [member.person.name for member in Project.objects.get(name="创城").projectmember_set.all()] == ["吴磊"]
    assert [member.person.unit.name for member in Project.objects.get(name="防汛").projectmember_set.all()] == ["西社区"]
    assert sorted(wrong) == [f"分组{line}:没有找到成员“{name}”，或者有同名，请写工号" for line, name in ((2, "李敏"), (3, "吴磊"))]
