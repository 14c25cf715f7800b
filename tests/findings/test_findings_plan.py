from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from qingqun.findings.merge import Limits
from qingqun.findings.plan import Inspection, Plan, propose
from qingqun.findings.roster import roster
from qingqun.words import GROUPS, MEMBERSHIPS, Pack

Made = Callable[..., pl.DataFrame]
DAY = date(2026, 3, 30)
EMPTY: dict[str, Any] = dict.fromkeys(GROUPS) | {
    "platform": "wechat",
    "unit": "镇",
    "kind": "department",
    "managers": [],
    "file": "",
    "line": 1,
}


def planned(facts: pl.DataFrame, pack: Pack, groups: list[dict[str, Any]], people: dict[str, range], limits: Limits | None = None) -> Plan:
    register = pl.DataFrame([EMPTY | {"group_id": g["name"]} | g for g in groups], schema=GROUPS)
    rows = [("wechat", group, None, f"p{i}", f"某{i}", None, None) for group, who in people.items() for i in who]
    listed = pl.DataFrame(rows, schema=MEMBERSHIPS, orient="row")
    return propose(facts, listed, roster(facts, listed, register), Inspection(DAY, pack, limits or Limits()))


def acts(plan: Plan) -> list[tuple[Any, ...]]:
    return plan.proposals.select("action", "reason", "target", "groups").rows()


def test_a_group_that_outlived_its_task_is_dissolved_with_its_clause(facts: Made, pack: Pack) -> None:
    groups: list[dict[str, Any]] = [
        {"name": "普查群", "kind": "special-task", "task_ends": date(2025, 12, 31)},
        {"name": "工作群", "kind": "main"},
    ]
    plan = planned(facts([]), pack, groups, {})
    assert acts(plan) == [("dissolve", "outlived", None, ["普查群"])]
    assert plan.proposals["clauses"][0][0]["id"] == "GD-XZ-05"
    assert "89 天" in plan.proposals["explained"][0]
    assert (plan.before, plan.after) == (2, 1)


def test_a_special_task_group_silent_for_long_is_dissolved_and_a_main_group_is_not(facts: Made, pack: Pack) -> None:
    silent = {"last_active": date(2026, 1, 1)}
    plan = planned(
        facts([]), pack, [{"name": "创文群", "kind": "special-task", **silent}, {"name": "工作群", "kind": "main", **silent}], {}
    )
    assert acts(plan) == [("dissolve", "dormant", None, ["创文群"])]


def test_a_group_already_disbanded_is_left_alone(facts: Made, pack: Pack) -> None:
    gone = {"name": "普查群", "kind": "special-task", "task_ends": date(2025, 1, 1), "disbanded": date(2025, 2, 1)}
    assert planned(facts([]), pack, [gone], {}).before == 0


def test_the_same_people_twice_are_merged_and_the_newly_exposed_counted(facts: Made, pack: Pack) -> None:
    plan = planned(facts([{"group_id": "甲"}]), pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(24)})
    assert acts(plan) == [("merge", "overlap", "甲", ["乙"])]
    row = plan.proposals.row(0, named=True)
    assert (row["people"], row["exposed"], row["overlap"], row["clauses"][0]["id"]) == (30, 6, 0.8, "GD-XZ-02")


def test_a_merge_that_costs_anybody_too_much_is_refused_with_its_reason(facts: Made, pack: Pack) -> None:
    loud = facts([{"group_id": "乙"} for _ in range(30)])
    plan = planned(loud, pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(24)})
    assert acts(plan) == [("refused", "load", "甲", ["乙"])]
    assert plan.proposals["raised"][0] == 30
    assert "不建议合并" in plan.proposals["explained"][0]
    assert plan.after == 2


def test_what_three_merges_together_cost_counts_as_one(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g} for g in "甲乙丙" for _ in range(3)])
    plan = planned(sent, pack, [{"name": g} for g in "甲乙丙"], {"甲": range(10), "乙": range(1, 11), "丙": range(2, 12)})
    assert [row[0] for row in acts(plan)] == ["merge", "refused"]


def test_other_units_other_kinds_and_parents_are_never_merged(facts: Made, pack: Pack) -> None:
    groups: list[dict[str, Any]] = [
        {"name": "甲"}, {"name": "乙", "unit": "村"}, {"name": "丙", "kind": "topic"}, {"name": "丁", "kind": None},
        {"name": "家长一", "kind": "parents"}, {"name": "家长二", "kind": "parents"},
        {"name": "群众一", "kind": "public"}, {"name": "群众二", "kind": "public"},
    ]  # fmt: skip
    assert planned(facts([]), pack, groups, {g["name"]: range(20) for g in groups}).proposals.is_empty()


def test_a_group_with_a_secret_mark_is_never_merged(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": "甲", "has_secret_mark": True}])
    assert planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(20), "乙": range(20)}).proposals.is_empty()


def test_fewer_than_five_newly_exposed_are_not_counted(facts: Made, pack: Pack) -> None:
    plan = planned(facts([]), pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(20), "乙": range(18)})
    assert plan.proposals["exposed"].to_list() == [None]
    assert "<5" in plan.proposals["explained"][0]


def test_groups_known_only_by_their_speakers_are_not_merged(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g, "sender_id": f"p{i}"} for g in "甲乙" for i in range(9)])
    assert planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {}).proposals.is_empty()
