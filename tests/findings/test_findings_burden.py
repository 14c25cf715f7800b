from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings import burden
from qingqun.findings.burden import Burden, measure
from qingqun.findings.home import Units
from qingqun.findings.metrics import OFF_GRADES, metrics
from qingqun.findings.roster import keyed, roster
from qingqun.findings.roster import members as members_of
from qingqun.findings.tree import Tree, tree
from qingqun.intake.registers.units import UNITS
from qingqun.words import GROUPS, MEMBERSHIPS

Made = Callable[..., pl.DataFrame]


def members(**groups: range) -> pl.DataFrame:
    rows = [("wechat", group, None, f"p{i}", f"某{i}", None, None) for group, people in groups.items() for i in people]
    return pl.DataFrame(rows, schema=MEMBERSHIPS, orient="row")


def register(*rows: tuple[str, str, str]) -> pl.DataFrame:
    empty: dict[str, Any] = dict.fromkeys(GROUPS)
    return pl.DataFrame(
        [
            empty | {"platform": "wechat", "group_id": g, "name": g, "unit": unit, "kind": kind, "managers": [], "file": "", "line": 1}
            for g, unit, kind in rows
        ],
        schema=GROUPS,
    )


def measured(messages: pl.DataFrame, listed: pl.DataFrame, groups: pl.DataFrame | None = None) -> Burden:
    return measure(messages, listed, roster(messages, listed, GROUPS.to_frame() if groups is None else groups))


def value(found: Burden, metric: str, unit: str | None = None, column: str = "median") -> Any:
    return found.table.filter((pl.col("metric") == metric) & pl.col("unit").eq_missing(pl.lit(unit)))[column].item()


def test_a_notice_in_three_groups_is_one_notice_and_two_repeats(facts: Made) -> None:
    rows = [{"group_id": g, "notice_no": 7, "is_notice": True} for g in ("a", "b", "c")]
    found = measured(facts(rows), members(a=range(10), b=range(10), c=range(10)))
    assert (value(found, "notices"), value(found, "repeats"), value(found, "messages"), value(found, "groups")) == (7, 14, 21, 3)


def test_the_same_notice_twice_in_one_group_is_one_repeat(facts: Made) -> None:
    found = measured(facts([{"notice_no": 7}, {"notice_no": 7}, {}]), members(g1=range(6)))
    assert (value(found, "notices"), value(found, "repeats")) == (7, 7)


def test_off_hours_leave_emergencies_out_and_add_up(facts: Made) -> None:
    rows = [{"grade": grade} for grade in (*OFF_GRADES, "work", "night")] + [{"grade": "night", "is_emergency": True}]
    found = measured(facts(rows), members(g1=range(10)))
    assert value(found, "off") == 42
    assert sum(value(found, grade) for grade in OFF_GRADES) == 42
    assert value(found, "night") == 14


def test_minutes_follow_the_printed_formula(facts: Made) -> None:
    found = measured(facts([{"text": "字" * 400, "is_reply_demand": True}]), members(g1=range(5)))
    assert value(found, "minutes") == pytest.approx((1 + 23 / 60) * 7)
    definition = next(m.definition for m in metrics() if m.name == "minutes")
    assert "400" in definition
    assert "产品默认" in definition


def test_a_longer_period_is_scaled_to_a_week(facts: Made) -> None:
    found = measured(facts([{"sent_at": facts([{}])["sent_at"][0] + timedelta(days=d)} for d in range(14)]), members(g1=range(5)))
    assert (found.days, value(found, "messages"), value(found, "peak")) == (14, 7, 1)


def test_four_people_are_not_shown_and_five_are(facts: Made) -> None:
    assert value(measured(facts([{}]), members(g1=range(4))), "messages", column="hidden")
    five = measured(facts([{}]), members(g1=range(5)))
    assert value(five, "messages", column="people") == 5
    assert value(five, "off", column="hidden")
    assert value(five, "messages", column="p90") is None


def test_a_hidden_unit_takes_the_next_smallest_with_it(facts: Made) -> None:
    listed, groups = (
        members(a=range(3), b=range(10, 30), c=range(40, 90)),
        register(("a", "甲", "main"), ("b", "乙", "main"), ("c", "丙", "main")),
    )
    found = measured(facts([{"group_id": g} for g in "abc"]), listed, groups)
    assert [value(found, "messages", unit, "people") for unit in ("甲", "乙", "丙", None)] == [None, None, 50, 73]


def test_a_person_belongs_to_the_unit_of_the_smallest_main_group(facts: Made) -> None:
    groups = register(("district", "区", "main"), ("street", "街道", "main"), ("topic", "局", "topic"))
    found = measured(facts([{"group_id": "street"}]), members(district=range(60), street=range(20), topic=range(10)), groups)
    assert [value(found, "groups", unit, "people") for unit in ("区", "街道")] == [40, 20]


def test_parents_are_no_staff(facts: Made) -> None:
    found = measured(facts([{}]), members(g1=range(30)), register(("g1", "学校", "parents")))
    assert found.people == 0


def test_an_empty_export_measures_nothing(facts: Made) -> None:
    found = measured(facts([]), MEMBERSHIPS.to_frame())
    assert (found.people, found.days, found.since) == (0, 0, None)
    assert found.table["hidden"].all()


def test_batches_change_nothing(street: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = measure(street.facts, street.memberships, street.roster).table
    monkeypatch.setattr(burden, "ROWS_AT_ONCE", 40)
    monkeypatch.setattr(burden, "DAYS_AT_ONCE", 3)
    assert measure(street.facts, street.memberships, street.roster).table.equals(whole)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 4)), min_size=1, max_size=20),
    st.lists(st.sets(st.integers(0, 9)), min_size=4, max_size=4),
)
def test_notices_and_repeats_are_all_copies_for_everybody(facts: Made, copies: list[tuple[str, int]], people: list[set[int]]) -> None:
    listed = members(**{g: sorted(p) for g, p in zip("abcd", people, strict=True)})  # type: ignore[arg-type]  # any iterable of numbers does
    sent = facts([{"group_id": g, "notice_no": n, "kind": "text", "sender_id": "p0"} for g, n in copies])
    numbered = roster(sent, listed, GROUPS.to_frame()).select("key", "unit", "kind").with_row_index("g")
    known = burden._places(members_of(sent, listed), numbered)
    persons = burden._persons(keyed(sent).with_columns(day=pl.col("sent_at").dt.date()).join(numbered, on="key"), known, 7)
    for person, groups in known.rows.group_by("person").agg("g").iter_rows():
        keys = set(numbered.filter(pl.col("g").is_in(groups))["key"])
        mine = [n for g, n in copies if f"wechat\x1f{g}" in keys]
        row = persons.filter(pl.col("person") == person).row(0, named=True)
        assert (row["notices"], row["repeats"]) == (len(set(mine)), len(mine) - len(set(mine)))


def test_figures_roll_up_from_community_to_street_to_district(facts: Made) -> None:
    rows = [("三里社区", "青松街道"), ("五里社区", "青松街道"), ("青松街道", "东区"), ("东区", None)]
    whole = tree(pl.DataFrame([{"name": name, "parent": up, "short": []} for name, up in rows], schema=UNITS))
    listed = members(a=range(20), b=range(20, 50), c=range(50, 62))
    groups = register(("a", "三里社区", "main"), ("b", "五里社区", "main"), ("c", "青松街道", "main"))
    sent = facts([{"group_id": g} for g in "abbccc"])
    found = measure(sent, listed, roster(sent, listed, groups), Units(whole))
    rolled = found.rolled.filter(pl.col("metric") == "messages").select("unit", "people", "median").rows()
    assert rolled == [("东区", 62, 14), ("青松街道", 62, 14)]
    assert [value(found, "messages", unit, "people") for unit in ("三里社区", "五里社区", "青松街道")] == [20, 30, 12]


def test_a_register_of_persons_says_whose_somebody_is(facts: Made) -> None:
    listed, groups = members(a=range(30)), register(("a", "街道", "main"))
    sent = facts([{"group_id": "a"}])
    numbers = members_of(sent, listed)["person"].unique().sort()
    homes = pl.DataFrame({"person": numbers[:10], "unit": ["社区"] * 10})
    found = measure(sent, listed, roster(sent, listed, groups), Units(Tree(), homes))
    assert [value(found, "groups", unit, "people") for unit in ("街道", "社区")] == [20, 10]


def test_every_metric_has_a_row_for_everybody_and_each_unit(street: Any) -> None:
    table = measure(street.facts, street.memberships, street.roster).table
    expected = set(product([None, "清湖街道办", "柳岸社区", "桥东社区", "望湖居民小组"], [m.name for m in metrics()]))
    assert set(table.select("unit", "metric").rows()) == expected
