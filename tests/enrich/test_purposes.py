"""Groups for the same thing are found by name, purpose and members; look-alikes are left alone. One half of the pairs was never mended on."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from qingqun.enrich.groups import groups
from qingqun.words import GROUPS, MEMBERSHIPS, MESSAGES, Group, Membership

DATA = Path(__file__).parents[1] / "data" / "purposes"
ON = date(2026, 9, 21)
Row = list[str]


def rows(name: str) -> list[Row]:
    return [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def half(number: int) -> list[Row]:
    """Two lines are a block; the blocks of one half helped to make the patterns (0), those of the other did not (1)."""
    return [row for place, row in enumerate(rows("pairs.tsv")) if place // 2 % 2 == number]


def register(row: Row, pair: int) -> list[Group]:
    """Give both groups of a pair, in a unit of their own where pairs are read together."""
    unit, first, second = row[1], row[2:5], row[5:8]
    return [
        Group(
            None, None, one[1], unit, None, None, [], one[2] or None, one[0], None, date(2024 + n, 1, 1), None, None, None, f"{pair:03}", n
        )
        for n, one in enumerate((first, second))
    ]


def called(row: Row, pair: int = 0) -> bool:
    members = []
    if len(row) > 8:
        common = int(row[8])  # of a hundred people in both together
        sides = (range((100 + common) // 2), range((100 - common) // 2, 100))
        members = [Membership("wechat", None, row[3 + 3 * n], str(who), f"员工{who}", None, None) for n in (0, 1) for who in sides[n]]
    people = pl.DataFrame(members, schema=MEMBERSHIPS, orient="row")
    known = pl.DataFrame(register(row, pair), schema=GROUPS, orient="row")
    return bool(groups(known, MESSAGES.to_frame(), people, ON)["same_purpose"].fill_null(value=False)[1])


def wrong(table: list[Row]) -> list[Row]:
    return [row for row in table if called(row) != (row[0] == "+")]


def test_the_pairs_it_was_made_on() -> None:
    assert wrong(half(0)) == []


def test_the_pairs_it_was_not_made_on() -> None:
    missed = wrong(half(1))
    assert len([row for row in missed if row[0] == "-"]) <= 1
    assert len([row for row in missed if row[0] == "+"]) <= 3


def test_pairs_written_afterwards_keep_what_was_found() -> None:
    missed = wrong(rows("fresh.tsv"))
    assert [row for row in missed if row[0] == "-"] == []
    assert len(missed) <= 6


def test_all_pairs_in_one_register_are_judged_as_each_is_alone() -> None:
    table = rows("pairs.tsv")
    apart = [[*row[:1], f"{row[1]}之{number}", *row[2:]] for number, row in enumerate(table)]
    known = [one for number, row in enumerate(apart) for one in register(row, number)]
    found = groups(pl.DataFrame(known, schema=GROUPS, orient="row"), MESSAGES.to_frame(), MEMBERSHIPS.to_frame(), ON)
    assert found["same_purpose"].fill_null(value=False)[1::2].to_list() == [called(row) for row in apart]


@pytest.mark.parametrize(("kind", "same"), [("public", False), ("topic", True)])
def test_numbered_groups_of_the_public_are_one_crowd_in_two_rooms(kind: str, same: bool) -> None:
    assert called(["", "东湖社区", kind, "东湖便民一群", "便民", kind, "东湖便民二群", "便民"]) == same


@pytest.mark.parametrize(("kept", "units"), [("disbanded", 1), ("unit", 2)])
def test_a_disbanded_group_and_another_units_are_no_duplicates(kept: str, units: int) -> None:
    row = rows("pairs.tsv")[0]
    first, second = register(row, 0)
    other = first._replace(disbanded=date(2026, 1, 1)) if kept == "disbanded" else first._replace(unit="别的街道")
    known = pl.DataFrame([other, second], schema=GROUPS, orient="row")
    assert known["unit"].n_unique() == units
    assert not groups(known, MESSAGES.to_frame(), MEMBERSHIPS.to_frame(), ON)["same_purpose"].fill_null(value=False).any()


@pytest.mark.parametrize("row", rows("members.tsv"))
def test_members_decide_where_they_are_known(row: Row) -> None:
    assert called(row) == (row[0] == "+")
