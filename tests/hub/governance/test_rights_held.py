"""Rights are given and taken within reach, never one's own, never two that exclude each other; whatever is tried, these hold."""

from types import SimpleNamespace

import pytest
from hub_help import beijing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.hub.governance import rights
from qingqun.hub.governance.roster import leave
from qingqun.hub.models import Entry, Person, Power, Right, User
from qingqun.hub.sql import act
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
NAMES = ("张主任", "小李", "小王", "外人")


@pytest.fixture
def office_held(office_lite: SimpleNamespace) -> SimpleNamespace:
    office_lite.paths = [f"/{office_lite.street.pk}/"]
    return office_lite


def _give(office: SimpleNamespace, who: str, right: str = Right.AUTHOR, unit: int = 0) -> Power:
    return rights.give(who, unit or office.street.pk, right, office.paths, office.zhang.pk, NOW)


@pytest.mark.parametrize("who", ["", "  ", "没有此人", "外人", "9999"])
def test_nobody_out_of_reach_is_given_anything(office_held: SimpleNamespace, who: str) -> None:
    with pytest.raises(Refused, match="没有找到"):
        _give(office_held, who)
    assert not Power.objects.exists()
    assert not Entry.objects.exists()


def test_a_unit_out_of_reach_is_none_and_so_is_a_right_there_is_not(office_held: SimpleNamespace) -> None:
    for unit in (office_held.other.pk, 999_999):
        with pytest.raises(Refused, match="选择单位"):
            _give(office_held, "小李", unit=unit)
    for right in ("", "king", "AUTHOR"):
        with pytest.raises(Refused, match="选择权限"):
            _give(office_held, "小李", right)
    assert not Power.objects.exists()


def test_one_namesake_in_the_unit_comes_before_the_others_and_two_there_are_asked_for_a_number(office_held: SimpleNamespace) -> None:
    here = Person.objects.create(name="小王", unit=office_held.street, number="7")
    assert _give(office_held, "小王").person == here
    assert _give(office_held, "小王", unit=office_held.east.pk).person == office_held.wang
    Person.objects.create(name="小王", unit=office_held.street)
    with pytest.raises(Refused, match="几位同名"):
        _give(office_held, "小王", Right.APPROVER)
    assert _give(office_held, " 7 ", Right.APPROVER).person == here


def test_who_has_left_is_given_nothing_and_holds_nothing(office_held: SimpleNamespace) -> None:
    _give(office_held, "小李")
    office_held.li.user = User.objects.create_user("li")
    office_held.li.save()
    with act():
        leave([office_held.li.pk], NOW)
    assert not Power.objects.exists()
    assert not User.objects.get(username="li").is_active
    with pytest.raises(Refused, match="没有找到"):
        _give(office_held, "小李")


def test_what_is_held_above_is_held_below_and_not_given_twice(office_held: SimpleNamespace) -> None:
    _give(office_held, "小王", unit=office_held.east.pk)
    _give(office_held, "小王")
    for unit in (office_held.east.pk, office_held.street.pk):
        with pytest.raises(Refused, match="已经有"):
            _give(office_held, "小王", unit=unit)
    assert Power.objects.count() == 2


def test_a_right_is_taken_once_and_by_whom_it_is_in_reach_of(office_held: SimpleNamespace) -> None:
    made = _give(office_held, "小王")
    theirs = Power.objects.create(person=office_held.stranger, unit=office_held.other, right=Right.AUTHOR)
    assert rights.take(theirs.pk, office_held.paths, office_held.zhang.pk, NOW) is None
    assert rights.take(made.pk, [], office_held.zhang.pk, NOW) is None
    assert rights.take(made.pk, office_held.paths, office_held.zhang.pk, NOW) is not None
    assert rights.take(made.pk, office_held.paths, office_held.zhang.pk, NOW) is None
    assert list(Power.objects.all()) == [theirs]
    assert list(Entry.objects.values_list("act", flat=True)) == ["power", "power off"]


def test_ones_own_right_is_taken_by_somebody_else(office_held: SimpleNamespace) -> None:
    own = Power.objects.create(person=office_held.zhang, unit=office_held.street, right=Right.ADMINISTRATOR)
    with pytest.raises(Refused, match="自己"):
        rights.take(own.pk, office_held.paths, office_held.zhang.pk, NOW)
    with pytest.raises(Refused, match="自己"):
        _give(office_held, "张主任", Right.APPROVER)
    assert rights.take(own.pk, office_held.paths, office_held.li.pk, NOW) is not None


def test_the_list_shows_ones_own_units_and_those_present(office_held: SimpleNamespace) -> None:
    _give(office_held, "小李")
    _give(office_held, "小王")
    Power.objects.create(person=office_held.stranger, unit=office_held.other, right=Right.AUTHOR)
    Person.objects.filter(pk=office_held.wang.pk).update(left_at=NOW)
    assert [one.person.name for one in rights.given(office_held.paths)] == ["小李"]
    assert rights.given(office_held.paths, "外人") == []
    assert rights.given([]) == []
    assert [one.person.name for one in rights.given(["/"])] == ["小李", "外人"]


@given(held=st.sets(st.sampled_from([str(right) for right in Right])))
def test_audit_stands_beside_no_right_that_acts(held: set[str]) -> None:
    acts = held & {Right.ADMINISTRATOR, Right.AUTHOR, Right.APPROVER}
    if Right.AUDITOR in held and acts:
        with pytest.raises(Refused, match="不能是同一个人"):
            rights.check(held)
    else:
        rights.check(held)


_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["give", "take"]), st.sampled_from(NAMES), st.sampled_from([str(right) for right in Right]), st.integers(0, 3)
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_whatever_is_given_and_taken_nobody_holds_what_excludes_each_other(
    office_held: SimpleNamespace, acts: list[tuple[str, str, str, int]]
) -> None:
    Power.objects.all().delete()
    Entry.objects.all().delete()
    units = [office_held.street.pk, office_held.east.pk, office_held.west.pk, office_held.other.pk]
    done = 0
    for what, who, right, unit in acts:
        try:
            if what == "give":
                _give(office_held, who, right, units[unit])
                done += 1
            else:
                first = Power.objects.order_by("pk").first()
                done += bool(first and rights.take(first.pk, office_held.paths, office_held.zhang.pk, NOW))
        except Refused:
            continue
    for person in Person.objects.all():
        rights.check(Power.objects.filter(person=person).values_list("right", flat=True))
    assert not Power.objects.filter(person__in=[office_held.zhang, office_held.stranger]).exists()
    assert Entry.objects.count() == done
    assert not any(name in text for text in Entry.objects.values_list("data", flat=True) for name in NAMES)
