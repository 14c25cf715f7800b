"""An audience in SQL is the audience in plain Python, on both databases."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hub_help import beijing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.hub import audience, sql, tree
from qingqun.hub.models import (
    DutyList,
    DutyTurn,
    Person,
    Project,
    ProjectMember,
    Role,
    RoleMember,
    Topic,
    TopicMember,
    Unit,
    WorkTime,
)
from qingqun.words import Refused

NOW = beijing("2026-03-11 10:00")
Person_ = dict[str, Any]

_TERMS = st.one_of(
    st.builds(lambda unit, below: {"unit": unit, "below": below}, st.integers(1, 7), st.booleans()),
    st.builds(lambda unit: {"unit": unit}, st.integers(1, 7)),
    *[st.builds(lambda number, kind=kind: {kind: number}, st.integers(1, 3)) for kind in ("role", "topic", "project", "duty")],
    st.builds(lambda named: {"persons": named}, st.lists(st.integers(1, 40), min_size=1, max_size=4)),
)


def _combine(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(parts, min_size=1, max_size=3)
    less = st.lists(parts, max_size=2)
    return st.builds(lambda word, every, minus: {word: every, "minus": minus}, st.sampled_from(["any", "all"]), some, less)


EXPRESSIONS = st.recursive(_TERMS, _combine, max_leaves=6).filter(lambda e: len(str(e).split("{")) < 30)


@pytest.fixture
def city(hub: Any) -> SimpleNamespace:
    """Make six units in a tree, thirty people, a few gone, each in some groups by a rule of their number."""
    parents = {1: None, 2: 1, 3: 1, 4: 2, 5: 4, 6: None}
    for number, parent in parents.items():
        Unit.objects.create(pk=number, name=f"单位{number}", parent_id=parent)
    tree.settle()
    for number in (1, 2, 3):
        Role.objects.create(pk=number, name=f"角色{number}")
        Topic.objects.create(pk=number, name=f"话题{number}", mandatory=number == 3)
        Project.objects.create(pk=number, name=f"项目{number}", unit_id=1)
        DutyList.objects.create(pk=number, name=f"值班{number}", unit_id=1)
    for number in range(1, 31):
        _person(number)
    return SimpleNamespace(parents=parents)


def _person(number: int) -> None:
    Person.objects.create(pk=number, name=f"人{number}", unit_id=1 + number % 6, left_at=NOW if number % 7 == 0 else None)
    group = 1 + number % 3
    RoleMember.objects.create(role_id=group, person_id=number)
    TopicMember.objects.create(topic_id=1 + number % 2 * 2, person_id=number, stance="mute" if number % 5 == 0 else "follow")
    if number % 4 == 0:
        ProjectMember.objects.create(project_id=group, person_id=number)
    starts = NOW - timedelta(hours=number % 3)
    DutyTurn.objects.create(duty_list_id=group, person_id=number, starts=starts, ends=starts + timedelta(hours=1 + number % 2))
    if number % 9 == 0:  # two turns at once must not make two people
        DutyTurn.objects.create(duty_list_id=group, person_id=number, starts=starts, ends=starts + timedelta(hours=3))


def _plainly(expression: Any, parents: dict[int, int | None]) -> set[int]:
    """Evaluate an expression person by person, from the rules by which the city was made."""
    if "any" in expression or "all" in expression:
        parts = [_plainly(part, parents) for part in expression.get("any") or expression["all"]]
        whole = set.union(*parts) if "any" in expression else set.intersection(*parts)
        return whole.difference(*(_plainly(part, parents) for part in expression.get("minus", [])))
    return {number for number in range(1, 31) if _holds(expression, number, parents)}


def _holds(term: Any, number: int, parents: dict[int, int | None]) -> bool:
    group = 1 + number % 3
    starts = NOW - timedelta(hours=number % 3)
    long = starts + timedelta(hours=max(1 + number % 2, 3 if number % 9 == 0 else 0))
    match term:
        case {"unit": unit}:
            return unit in (_above(1 + number % 6, parents) if term.get("below") else [1 + number % 6])
        case {"role": role}:
            return bool(role == group)
        case {"topic": topic}:
            return bool(topic == 1 + number % 2 * 2 and (topic == 3 or number % 5 != 0))
        case {"project": project}:
            return bool(project == group and number % 4 == 0)
        case {"duty": duty}:
            return bool(duty == group and starts <= NOW < long)
        case _:
            return number in term["persons"]


def _above(unit: int | None, parents: dict[int, int | None]) -> list[int]:
    return [] if unit is None else [unit, *_above(parents[unit], parents)]


def _people(expression: Any) -> list[int]:
    found = audience.present(expression, NOW)
    return [row[0] for row in sql.rows(found.text, found.params)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(expression=EXPRESSIONS)
def test_sql_says_what_plain_python_says(city: SimpleNamespace, expression: Any) -> None:
    found = _people(expression)
    assert len(found) == len(set(found))
    assert set(found) == {number for number in _plainly(expression, city.parents) if number % 7}


def test_a_person_in_three_audiences_comes_out_once(office_lite: SimpleNamespace) -> None:
    street, li = office_lite.street.pk, office_lite.li.pk
    assert _people({"any": [{"unit": street}, {"unit": street, "below": True}, {"persons": [li, li]}]}).count(li) == 1


def test_units_named_alone_are_one_condition_however_many() -> None:
    one = audience.present({"any": [{"unit": 1}]}, NOW)
    many = audience.present({"any": [{"unit": 1}] * 198, "minus": [{"role": 1}]}, NOW)
    assert "UNION" not in one.text + many.text
    assert many.text.count("SELECT") < 10


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"any": []},
        {"any": {"unit": 1}},
        {"any": [1]},
        {"unit": "1"},
        {"unit": True},
        {"persons": []},
        {"persons": list(range(1001))},
        {"persons": "小李"},
        {"group": 1},
        {"any": [{"unit": 1}] * 201},
        {"minus": [{"unit": 1}]},
        {"any": [{"unit": 1}], "minus": 3},
    ],
)
def test_what_is_no_audience_is_refused(office_lite: SimpleNamespace, wrong: Any) -> None:
    with pytest.raises(Refused, match=r"受众|点名"):
        _people(wrong)


def test_an_audience_deeper_than_anybody_needs_is_refused(office_lite: SimpleNamespace) -> None:
    deep: Any = {"unit": 1}
    for _level in range(7):
        deep = {"any": [deep]}
    with pytest.raises(Refused, match="太复杂"):
        _people(deep)


def test_units_know_their_path_and_whose_hours_count(office_lite: SimpleNamespace) -> None:
    hours = WorkTime.objects.create(name="夏令", text='name = "夏令"')
    office_lite.street.worktime = hours
    office_lite.street.save()
    tree.settle()
    east = Unit.objects.get(pk=office_lite.east.pk)
    assert (east.path, east.effective_id) == (f"/{office_lite.street.pk}/{east.pk}/", hours.pk)


def test_a_unit_below_itself_is_refused(office_lite: SimpleNamespace) -> None:
    Unit.objects.filter(pk=office_lite.street.pk).update(parent=office_lite.east.pk)
    with pytest.raises(Refused, match="绕成了圈"):
        tree.settle()
