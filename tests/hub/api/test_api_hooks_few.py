"""Whatever an administrator's subscription says of a notice, nobody works out from it what fewer than five did."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from fakes import FakeHttp
from hypothesis import given
from hypothesis import strategies as st
from page_help import sent

from qingqun.findings.suppress import FEW
from qingqun.hub import hooks
from qingqun.hub.hooks.send import coarse
from qingqun.hub.models import Delivery, Person, State
from qingqun.hub.tally import LEAST, Shown
from qingqun.hub.tally.coarse import step

OTHERS = [str(one) for one in State if one not in {State.DELIVERED, State.HELD, State.QUEUED}]


def said(people: int, delivered: int, others: dict[str, int]) -> dict[str, int | None]:
    counts: dict[str, int | None] = {"people": people, **dict.fromkeys(map(str, State), 0), str(State.DELIVERED): delivered, **others}
    return coarse(counts, Shown(people, step(delivered, people), None) if people >= LEAST else None)


@given(data=st.data(), people=st.integers(0, 60), states=st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3, unique=True))
def test_no_count_below_five_is_left_by_adding_and_subtracting(data: st.DataObject, people: int, states: list[str]) -> None:
    """The reader knows which states there can be. Every split of the people that is told alike is tried: none is narrowed to a few."""

    def split(delivered: int, *cuts: int) -> dict[str, int]:
        ends = [delivered, *sorted(cuts), people]
        return {name: ends[place + 1] - ends[place] for place, name in enumerate(states)}

    delivered = data.draw(st.integers(0, people))
    cuts = [data.draw(st.integers(delivered, people)) for _state in states[1:]]
    told = said(people, delivered, split(delivered, *cuts))
    alike = [one for one in range(people + 1) if said(people, one, split(one, *[one] * len(cuts))) == told]
    assert delivered in alike
    left = {people - one for one in alike}  # what the others are together, and any one of them where the rest of them is nobody
    for may in (set(alike), left):
        assert may == set(range(people + 1)) or (max(may) >= FEW or may == set(range(FEW)))
        assert may == set(range(people + 1)) or (min(may) <= people - FEW or may == set(range(people - FEW + 1, people + 1)))
    assert told["people"] is None or told["people"] >= FEW or not people


@pytest.fixture
def told(house: SimpleNamespace, noon: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Let 小赵's subscription tell of the street, where 42 people are; give what was said of the last notice."""
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", ["127.0.0.1"])
    monkeypatch.setattr(settings, "WEBHOOK_PRIVATE", True)
    Person.objects.bulk_create([Person(name=f"东{number}", unit=house.east) for number in range(36)])
    with FakeHttp() as fake:
        hooks.subscribed(house.zhao.pk, fake.url, hooks.EVENTS, house.noon, house.street.pk)

        def last() -> dict[str, Any]:
            hooks.send(noon)
            bodies = [json.loads(body) for body in fake.log.bodies]
            return next(dict(body["data"]["counts"]) for body in reversed(bodies) if body["type"] == "notice.delivered")

        yield last


def test_an_administrator_is_told_fives_of_the_delivered_and_of_no_other_state(house: SimpleNamespace, told: Any) -> None:
    notice = sent(house, house.noon)
    missed = list(Delivery.objects.filter(notice=notice).values_list("pk", flat=True)[:3])
    Delivery.objects.filter(pk__in=missed).update(state=State.REFUSED, delivered_at=None)
    counts = told()
    assert {name: count for name, count in counts.items() if count is not None} == {"people": 42, "delivered": 35}
    assert set(counts) == {"people", *map(str, State)}


def test_two_notices_to_nearly_the_same_people_do_not_stand_side_by_side(house: SimpleNamespace, told: Any) -> None:
    everybody = list(
        Person.objects.filter(unit__path__startswith=house.street.path).exclude(pk=house.zhang.pk).values_list("pk", flat=True)
    )
    assert len(everybody) == 42
    sent(house, house.noon, audience={"persons": everybody[:-2]})
    assert told()["delivered"] == 35
    sent(house, house.noon, audience={"persons": everybody})
    assert told()["delivered"] is None
