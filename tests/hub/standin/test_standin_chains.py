"""However deputies are named and whoever is away: a chain ends, nobody has anything twice, and who stands in is there."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from hub_help import beijing, furnish, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.hub import sql, standin, story
from qingqun.hub.deputies import LONGEST, free
from qingqun.hub.models import Delivery, Leave, Person, Standin
from qingqun.hub.reconcile import reconcile

NOW, SOON, BACK = beijing("2026-03-11 10:00"), beijing("2026-03-13 17:30"), beijing("2026-03-20 08:30")
COUNT = 8
_PEOPLE = st.integers(0, COUNT - 1)
_OFFICES = st.fixed_dictionaries(
    {
        "deputies": st.dictionaries(_PEOPLE, _PEOPLE, max_size=COUNT),
        "away": st.sets(_PEOPLE),
        "left": st.sets(_PEOPLE, max_size=2),
        "audience": st.sets(_PEOPLE, min_size=1),
    }
)


def _nearest(one: int, drawn: dict[str, Any]) -> int | None:
    """Follow a chain as one would on paper."""
    for _step in range(LONGEST):
        one = drawn["deputies"].get(one, one)
        if one not in drawn["away"] | drawn["left"]:
            return one
    return None


@given(drawn=_OFFICES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_chain_is_followed_as_on_paper_and_ends(lite: Any, drawn: dict[str, Any]) -> None:
    drawn["deputies"] = {one: other for one, other in drawn["deputies"].items() if one != other}
    people = _seated(drawn)
    found = {people.index(one): people.index(other) for one, other in sql.rows(free(NOW).text, free(NOW).params)}
    wanted = {one: _nearest(one, drawn) for one in drawn["away"]}
    assert found == {one: other for one, other in wanted.items() if other is not None}
    _send(drawn, people, found)


def _send(drawn: dict[str, Any], people: list[int], found: dict[int, int]) -> None:
    readers = drawn["audience"] - drawn["left"]
    if not readers:
        return
    audience = {"persons": [people[one] for one in readers]}
    author = Person.objects.filter(name="张主任").latest("pk")
    office = SimpleNamespace(zhang=author, street=author.unit)
    notice = story.write(written(office, audience=audience, confirm="confirm", deadline=SOON), NOW).notice
    absent = {one for one in readers & drawn["away"] if one in found}
    expected = readers | {found[one] for one in absent}
    assert sorted(Delivery.objects.filter(notice=notice).values_list("person", flat=True)) == sorted(people[one] for one in expected)
    assert standin.unattended(notice, NOW) == len(readers & drawn["away"]) - len(absent)
    assert story.stand_in(NOW) == 0
    assert reconcile(NOW).explained


def _seated(drawn: dict[str, Any]) -> list[int]:
    """Make an office anew, beside those of earlier examples; everybody of those is back."""
    Leave.objects.all().delete()
    Standin.objects.all().delete()
    office = furnish()
    made = Person.objects.bulk_create([Person(name=f"组员{number}", unit=office.east) for number in range(COUNT)])
    people = [one.pk for one in made]
    for one, other in drawn["deputies"].items():
        Person.objects.filter(pk=people[one]).update(deputy=people[other])
    Person.objects.filter(pk__in=[people[one] for one in drawn["left"]]).update(left_at=NOW)
    Leave.objects.bulk_create([Leave(person_id=people[one], starts=NOW - timedelta(hours=1), ends=BACK) for one in drawn["away"]])
    return people
