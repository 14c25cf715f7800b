from itertools import combinations

from qingqun.demo.flaws import group_rows
from qingqun.demo.groups import DORMANT, OVERLAPS, OWNERLESS, SAME_KIND_OTHER_PEOPLE, Place
from qingqun.demo.office import World


def _likeness(one: Place, other: Place) -> float:
    return len({*one.members} & {*other.members}) / len({*one.members} | {*other.members})


def test_only_planted_pairs_of_one_unit_and_kind_share_their_people(world: World) -> None:
    open_ = [place for place in world.places if not place.disbanded]
    same = [(one, other) for one, other in combinations(open_, 2) if (one.unit, one.kind) == (other.unit, other.kind)]
    found = {(one.number, other.number) for one, other in same if _likeness(one, other) >= 0.7}
    planted = {row["group"] for row in group_rows(world.places) if row["rule"] == "overlap" and row["planted"]}
    assert {world.places[later].name for _first, later in found} == planted
    assert set(OVERLAPS) <= found


def test_a_look_alike_pair_is_of_one_kind_and_of_different_people(world: World) -> None:
    for first, second in SAME_KIND_OTHER_PEOPLE:
        assert world.places[first].kind == world.places[second].kind
        assert _likeness(world.places[first], world.places[second]) < 0.5


def test_a_dormant_group_has_been_silent_for_months_and_nobody_writes_in_it(world: World) -> None:
    talked = {said.group for said in world.week}
    for number in DORMANT:
        assert number not in talked
        assert str(world.places[number].last_active) < "2026-01"


def test_names_are_unique_and_only_three_groups_lack_an_owner(world: World) -> None:
    assert len({place.name for place in world.places}) == 240
    assert {place.number for place in world.places if not place.owned} == set(OWNERLESS)


def test_every_rule_on_groups_has_planted_rows_and_look_alikes(world: World) -> None:
    rules = {(row["rule"], row["planted"]) for row in group_rows(world.places)}
    assert rules == {(rule, planted) for rule in ("secondmain", "outlived", "dormant", "overlap", "ownerless") for planted in (True, False)}
