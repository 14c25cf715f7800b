"""A directory taken in: first seen, then done; who left is out at once; nothing is ever deleted."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing
from office_fakes import OFFICES, FakeOffice, sample
from page_help import sent, signed_in

from qingqun.hub import directory, sql
from qingqun.hub.directory.standing import Standing
from qingqun.hub.models import Contact, Delivery, Department, Entry, Identity, Person, Unit, User
from qingqun.hub.platforms import PLATFORMS, kept
from qingqun.words import Refused

NOW = beijing("2026-03-12 10:00")


def _plan(fake: FakeOffice, office: SimpleNamespace) -> tuple[Any, directory.Plan]:
    fake.switch_on()
    listed = PLATFORMS[fake.PLATFORM].listed(kept(fake.PLATFORM))
    return listed, directory.planned(listed, Standing(fake.PLATFORM, office.street.pk))


def _take(fake: FakeOffice, office: SimpleNamespace, now: datetime = NOW, **said: Any) -> directory.Done:
    listed, plan = _plan(fake, office)
    return directory.take(listed, fake.PLATFORM, office.street.pk, now, office.zhang.pk, seen=plan.digest, **said)


def test_a_plan_changes_nothing(office: SimpleNamespace, platform: FakeOffice) -> None:
    before = [model.objects.count() for model in (Unit, Person, Identity, Department, Entry)]
    _listed, plan = _plan(platform, office)
    assert [one.name for one in plan.new_units] == ["南社区", "网格"]
    assert [row.name for row, _unit in plan.found_units] == ["东社区"]
    assert sorted(one.member.name for one in plan.new) == ["丙", "乙", "甲"]
    assert sorted(one.member.name for one in plan.alike) == ["小李", "小王"]
    assert [model.objects.count() for model in (Unit, Person, Identity, Department, Entry)] == before


def test_departments_become_units_and_members_people(office: SimpleNamespace, platform: FakeOffice) -> None:
    done = _take(platform, office, alike=True)
    assert (done.new, done.joined, done.units, done.left) == (3, 2, 2, 0)
    south = Unit.objects.get(name="南社区")
    assert (south.parent, Unit.objects.get(name="网格").parent) == (office.street, south)
    assert Unit.objects.get(name="网格").path == f"/{office.street.pk}/{south.pk}/{Unit.objects.get(name='网格').pk}/"
    assert sorted(one.name for one in Person.objects.filter(unit=south)) == ["丙", "乙", "甲"]
    joined = Identity.objects.get(uid="li")
    assert (joined.person, joined.joined_by, joined.joined_at) == (office.li, office.zhang, NOW)
    assert Contact.objects.get(person=office.li).address == "li"
    assert Entry.objects.get(act="directory").count == 5
    _listed, again = _plan(platform, office)
    assert again.empty


def test_the_same_name_is_joined_only_where_somebody_says_so(office: SimpleNamespace, platform: FakeOffice) -> None:
    _take(platform, office)
    assert not Identity.objects.filter(uid="li").exists()
    assert Person.objects.filter(name="小李").count() == 1


def test_a_number_joins_with_somebody_who_is_here(office: SimpleNamespace) -> None:
    """WeCom tells no numbers; the others do."""
    for name in ("dingtalk", "feishu"):
        person = Person.objects.create(name="甲某", unit=office.west, number=f"{name}-1")
        with OFFICES[name]() as fake:
            root = "1" if name == "dingtalk" else "0"
            fake.people = {"a": ("甲", root, f"{name}-1")}
            assert _take(fake, office).joined == 1
        person.refresh_from_db()
        assert (person.name, person.unit) == ("甲", office.street)


def test_who_left_is_out_at_once_and_their_deputy_has_their_notices(office: SimpleNamespace, platform: FakeOffice, clock: Any) -> None:
    clock.at = NOW
    _take(platform, office, alike=True)
    Person.objects.filter(pk=office.li.pk).update(deputy=office.zhang)
    browser = signed_in(office.li, "li-account")
    assert browser.get("/").status_code == 200
    notice = sent(office, NOW, audience={"persons": [office.li.pk]}, confirm="confirm")
    del platform.people["li"]
    _listed, plan = _plan(platform, office)
    assert [one.member.name for one in plan.leaving] == ["小李"]
    done = _take(platform, office)
    assert (done.left, done.handed) == (1, 1)
    assert browser.get("/").status_code == 302
    assert not User.objects.get(username="li-account").is_active
    assert Delivery.objects.get(notice=notice, person=office.zhang).behalf == office.li
    gone = Identity.objects.get(uid="li")
    assert (gone.parted_at, gone.parted_by) == (NOW, office.zhang)
    assert Person.objects.get(pk=office.li.pk).left_at == NOW


def test_who_comes_back_is_the_same_person(office: SimpleNamespace, platform: FakeOffice) -> None:
    _take(platform, office, alike=True)
    kept_back = platform.people.pop("wang")
    _take(platform, office)
    platform.people["wang"] = kept_back
    assert _take(platform, office).back == 1
    assert Person.objects.get(pk=office.wang.pk).left_at is None
    assert Identity.objects.get(uid="wang").parted_at is None


@pytest.mark.parametrize("platform", ["wecom", "feishu"], indirect=True)
def test_who_the_platform_says_has_left_has_left(office: SimpleNamespace, platform: FakeOffice) -> None:
    _take(platform, office, alike=True)
    platform.gone = {"wang"}
    assert _take(platform, office).left == 1


def test_a_move_changes_the_unit_and_a_department_its_place(office: SimpleNamespace, platform: FakeOffice) -> None:
    _take(platform, office, alike=True)
    platform.people["a"] = ("甲甲", "4", "901")
    platform.departments["4"] = ("第一网格", "2")
    assert _take(platform, office).changed == 1
    moved = Unit.objects.get(name="第一网格")
    assert (moved.parent, moved.path.startswith(office.east.__class__.objects.get(pk=office.east.pk).path)) == (office.east, True)
    assert Person.objects.get(name="甲甲").unit == moved


def test_a_department_that_is_gone_keeps_its_unit(office: SimpleNamespace, platform: FakeOffice) -> None:
    _take(platform, office)
    del platform.departments["4"]
    _take(platform, office)
    assert Unit.objects.filter(name="网格").exists()
    assert Department.objects.get(external="4").gone_at == NOW


def test_missing_here_and_present_elsewhere_is_not_left(office: SimpleNamespace, platform: FakeOffice) -> None:
    _take(platform, office, alike=True)
    Identity.objects.create(platform="elsewhere", uid="li", person=office.li, joined_at=NOW)
    del platform.people["li"]
    assert _take(platform, office).left == 0
    assert Person.objects.get(pk=office.li.pk).left_at is None
    assert Identity.objects.get(platform=platform.PLATFORM, uid="li").parted_at == NOW


@pytest.mark.parametrize("path", ["department", "user"])
def test_a_refusal_inside_a_200_stops_before_anything_is_changed(office: SimpleNamespace, platform: FakeOffice, path: str) -> None:
    _take(platform, office, alike=True)
    platform.broken = path
    with pytest.raises(Refused, match="60011"):
        _take(platform, office)
    assert not Person.objects.filter(left_at__isnull=False).exists()


def test_half_an_answer_is_none(office: SimpleNamespace, wecom: FakeOffice) -> None:
    _take(wecom, office, alike=True)
    for word in ("html", "500", "cut_before", "huge"):
        wecom.token = word
        with pytest.raises(Refused):
            _take(wecom, office)
    assert not Person.objects.filter(left_at__isnull=False).exists()


def test_no_secret_stands_in_what_is_said(office: SimpleNamespace, platform: FakeOffice) -> None:
    platform.broken = "oken"
    with pytest.raises(Refused) as why:
        _plan(platform, office)
    assert "secret" not in str(why.value)


def test_when_many_would_leave_somebody_has_to_say_so(office: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.people |= {f"p{number}": (f"人{number}", "2", "") for number in range(20)}
    _take(wecom, office)
    wecom.people = dict(list(wecom.people.items())[:10])
    with pytest.raises(Refused, match="可见范围"):
        _take(wecom, office)
    assert _take(wecom, office, really=True).left > 5


def test_what_changed_meanwhile_is_looked_at_again(office: SimpleNamespace, wecom: FakeOffice) -> None:
    listed, plan = _plan(wecom, office)
    Person.objects.create(name="甲", unit=office.street, number="901")
    Person.objects.filter(pk=office.li.pk).update(name="老李")
    with pytest.raises(Refused, match="重新看"):
        directory.take(listed, "wecom", office.street.pk, NOW, office.zhang.pk, seen=plan.digest)
    assert not Identity.objects.exists()


def test_what_an_administrator_parted_is_not_joined_again_by_itself(office: SimpleNamespace, wecom: FakeOffice) -> None:
    _take(wecom, office, alike=True)
    directory.part(Identity.objects.get(uid="li").pk, NOW, office.zhang.pk)
    _listed, plan = _plan(wecom, office)
    assert ("小李", "账号已由管理员解除关联，不会自动恢复") in plan.skipped
    _take(wecom, office)
    assert Identity.objects.get(uid="li").parted_at == NOW


def test_people_of_units_out_of_reach_are_left_alone(office: SimpleNamespace, wecom: FakeOffice) -> None:
    _take(wecom, office, alike=True)
    Person.objects.filter(pk=office.wang.pk).update(unit=office.other)
    del wecom.people["wang"]
    assert _take(wecom, office).left == 0


def test_departments_in_a_circle_are_refused(office: SimpleNamespace, wecom: FakeOffice) -> None:
    wecom.departments |= {"8": ("甲部", "9"), "9": ("乙部", "8")}
    with pytest.raises(Refused, match="绕成了圈"):
        _plan(wecom, office)


def test_the_published_answers_of_wecom_are_read(office: SimpleNamespace, wecom: FakeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    departments, users = sample("department_list"), sample("user_list")
    answers = {"/cgi-bin/department/list": departments, "/cgi-bin/user/list": users}
    told = wecom.told
    monkeypatch.setattr(wecom, "told", lambda heard: (200, answers[heard.path]) if heard.path in answers else told(heard))
    _listed, plan = _plan(wecom, office)
    assert [one.name for one in plan.new_units] == ["广州研发中心", "邮箱产品部"]
    assert [(one.member.name, one.member.uid, one.unit) for one in plan.new] == [("张三", "zhangthree-userid", "1")]
    _take(wecom, office)
    assert Unit.objects.get(name="邮箱产品部").parent == Unit.objects.get(name="广州研发中心")


def test_a_thousand_people_cost_no_statement_each(office_lite: SimpleNamespace, wecom: FakeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    wecom.people = {f"p{number}": (f"人{number}", "2", "") for number in range(1_000)}
    listed, plan = _plan(wecom, office_lite)
    count = 0
    run = sql.connection.execute_wrapper  # type: ignore[attr-defined]

    def counting(execute: Any, *given: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*given)

    with run(counting):
        directory.take(listed, "wecom", office_lite.street.pk, NOW, office_lite.zhang.pk, seen=plan.digest)
    assert count < 100
