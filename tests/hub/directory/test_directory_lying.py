"""A platform that answers by half, in another kind than documented, or with what no table takes: nothing is changed, and the reason is a sentence."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from fakes_http import Heard, Told
from hub_help import beijing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_fakes import FakeOffice

from qingqun.hub import directory
from qingqun.hub.directory.standing import Standing
from qingqun.hub.doors import joined
from qingqun.hub.models import Entry, Identity, Person, Reading, Unit, User
from qingqun.hub.platforms import PLATFORMS, kept, signing_in
from qingqun.hub.platforms._asking import word
from qingqun.words import Refused

NOW = beijing("2026-03-12 10:00")
DEPARTMENTS = ("/department/list", "/department/listsub", "/children")
MEMBERS = ("/user/list", "/find_by_department")
PLACES = {"wecom": "department", "dingtalk": "dept_id_list", "feishu": "department_ids"}


def _twisted(fake: FakeOffice, which: tuple[str, ...], twist: Callable[[dict[str, Any]], Any]) -> None:
    """Let the platform's answers below some paths come out another way."""
    plain = fake.told

    def told(heard: Heard) -> Told:
        status, said = plain(heard)[:2]
        return status, json.dumps(twist(said)) if heard.path.endswith(which) else said

    vars(fake)["told"] = told  # the platform of this test alone
    fake.switch_on()


def _listed(fake: FakeOffice) -> Any:
    return PLATFORMS[fake.PLATFORM].listed(kept(fake.PLATFORM))


def _rows(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of an answer, wherever the platform keeps them."""
    found = said.get("result", said.get("data", said))
    if isinstance(found, list):
        return found
    return next((found[key] for key in ("department", "userlist", "list", "items") if key in found), [])


def _each(key: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    def twist(said: dict[str, Any]) -> Any:
        for row in _rows(said):
            row.update({key: value})
        return said

    return twist


@pytest.mark.parametrize("which", [DEPARTMENTS, MEMBERS])
@pytest.mark.parametrize("answer", [None, [], {"errcode": 0, "code": 0}, {"errcode": "0x", "code": []}])
def test_an_answer_without_its_list_is_refused_and_nobody_leaves(
    office_lite: SimpleNamespace, platform: FakeOffice, which: tuple[str, ...], answer: Any
) -> None:
    _twisted(
        platform,
        which,
        lambda _said: (
            answer if platform.PLATFORM != "feishu" or answer != {"errcode": 0, "code": 0} else {"code": 0, "data": {"has_more": True}}
        ),
    )
    with pytest.raises(Refused):
        _listed(platform)
    assert Person.objects.filter(left_at__isnull=True).count() == 4
    assert not Entry.objects.exists()


@pytest.mark.parametrize("seconds", ["soon", [], -5, 10**30, True, None])
def test_a_token_that_lasts_for_no_known_time_is_used_all_the_same(
    office_lite: SimpleNamespace, platform: FakeOffice, seconds: Any
) -> None:
    _twisted(platform, ("/gettoken", "/internal"), lambda said: said | {"expires_in": seconds, "expire": seconds})
    assert len(_listed(platform).members) == 5


@pytest.mark.parametrize("value", [5, "2", {"a": 1}])
def test_a_members_departments_that_are_no_list_are_half_an_answer(office_lite: SimpleNamespace, platform: FakeOffice, value: Any) -> None:
    _twisted(platform, MEMBERS, _each(PLACES[platform.PLATFORM], value))
    with pytest.raises(Refused, match="不完整"):
        _listed(platform)


def test_a_department_without_a_number_is_passed_over(office_lite: SimpleNamespace, platform: FakeOffice) -> None:
    platform.departments = {"2": ("东社区", platform.departments["2"][1])}

    def twist(said: dict[str, Any]) -> Any:
        rows = _rows(said)
        rows += [{**row, "id": None, "dept_id": [], "open_department_id": ""} for row in rows]
        return said

    _twisted(platform, DEPARTMENTS, twist)
    assert [one.id for one in _listed(platform).departments] == ["2"]


def test_a_department_named_twice_becomes_one_unit(office: SimpleNamespace, platform: FakeOffice) -> None:
    def twist(said: dict[str, Any]) -> Any:
        rows = _rows(said)
        rows += [dict(row) for row in rows]
        return said

    _twisted(platform, DEPARTMENTS, twist)
    listed = _listed(platform)
    plan = directory.planned(listed, Standing(platform.PLATFORM, office.street.pk))
    directory.take(listed, platform.PLATFORM, office.street.pk, NOW, office.zhang.pk, seen=plan.digest)
    assert Unit.objects.filter(name="南社区").count() == 1


def test_a_number_that_is_none_ends_the_reading_of_dingtalk_with_a_sentence(office_lite: SimpleNamespace) -> None:
    for which, twist in (
        (DEPARTMENTS, _each("dept_id", "abc")),
        (MEMBERS, lambda said: {"errcode": 0, "result": {"list": [], "has_more": True, "next_cursor": "x"}}),
    ):
        fake = _dingtalk()
        with fake:
            _twisted(fake, which, twist)
            with pytest.raises(Refused):
                _listed(fake)


def _dingtalk() -> Any:
    from_offices: Any = next(one for one in FakeOffice.__subclasses__() if one.PLATFORM == "dingtalk")
    fake = from_offices()
    fake.departments, fake.people = {"2": ("东社区", "1")}, {}
    return fake


def test_names_that_no_table_takes_are_taken_without_those_signs(office: SimpleNamespace, platform: FakeOffice) -> None:
    _twisted(platform, MEMBERS, _each("name", "小\x00明\ud83d"))
    directory.ask(platform.PLATFORM, office.street.pk, office.zhang.pk, NOW)
    assert directory.read_one(lambda: NOW) == 1
    reading = Reading.objects.get()
    assert (reading.state, reading.why) == ("read", "")
    listed = directory.unpacked(reading)
    assert listed is not None
    assert {one.name for one in listed.members} == {"小明?"}


@settings(max_examples=60)
@given(value=st.none() | st.booleans() | st.integers() | st.text(st.characters()) | st.lists(st.text(), max_size=2))
def test_whatever_a_platform_calls_somebody_can_be_written_down(value: Any) -> None:
    assert "\0" not in word(value)
    assert word(value) == word(value).encode().decode().strip()


@pytest.mark.parametrize("said", [{}, [], {"userid": ["li"]}, {"userid": {"a": 1}}, {"UserId": None}, {"openid": "o"}])
def test_a_sign_in_that_names_nobody_is_refused(lite: Any, wecom: FakeOffice, said: Any) -> None:
    _twisted(wecom, ("/getuserinfo",), lambda _plain: {"errcode": 0, **said} if isinstance(said, dict) else said)
    with pytest.raises(Refused):
        PLATFORMS["wecom"].who(kept("wecom"), "good", "https://hub.example/back")


def test_a_platform_is_no_door_until_it_is_said_to_be_one(lite: Any, platform: FakeOffice) -> None:
    name = platform.PLATFORM
    assert kept(name) is None
    platform.switch_on(signin=False)
    assert signing_in() == {}
    platform.switch_on()
    assert list(signing_in()) == [name]


def _joins(office: SimpleNamespace, *rows: tuple[Person, str, str]) -> None:
    for person, uid, union in rows:
        Identity.objects.create(platform="wecom", uid=uid, union=union, person=person, joined_at=NOW)


def test_a_name_that_means_several_people_opens_for_none_of_them(office_lite: SimpleNamespace) -> None:
    _joins(office_lite, (office_lite.li, "a", "same"), (office_lite.li, "same", ""), (office_lite.wang, "b", "same"))
    assert joined.user_of("wecom", "", "same") is None
    assert not User.objects.exists()
    Identity.objects.filter(uid="b").update(parted_at=NOW)
    assert joined.user_of("wecom", "", "same") == User.objects.get(person=office_lite.li)


def test_nothing_and_another_platforms_name_open_nothing(office_lite: SimpleNamespace) -> None:
    _joins(office_lite, (office_lite.li, "a", ""))
    for platform, uid, union in (("wecom", "", ""), ("feishu", "a", ""), ("wecom", "A", ""), ("wecom", "b", "a-union")):
        assert joined.user_of(platform, uid, union) is None
    assert not User.objects.exists()


_NAMES = st.sampled_from(["", "a", "b", "u"])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(0, 1), _NAMES.filter(bool), _NAMES, st.booleans()), max_size=4, unique_by=lambda row: row[1]),
    uid=_NAMES,
    union=_NAMES,
)
def test_a_sign_in_opens_only_what_was_joined_to_one_person(
    office_lite: SimpleNamespace, rows: list[tuple[int, str, str, bool]], uid: str, union: str
) -> None:
    Identity.objects.all().delete()
    people = (office_lite.li, office_lite.wang)
    for person, own, other, parted in rows:
        Identity.objects.create(
            platform="wecom", uid=own, union=other, person=people[person], joined_at=NOW, parted_at=NOW if parted else None
        )
    given_names = {uid, union} - {""}
    meant = {person for person, own, other, parted in rows if not parted and (own in given_names or (union and other == union))}
    found = joined.user_of("wecom", uid, union)
    assert (found.person if found else None) == (people[meant.pop()] if len(meant) == 1 else None)
