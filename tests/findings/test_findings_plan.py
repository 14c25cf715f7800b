from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from qingqun.enrich.groups import groups as group_facts
from qingqun.findings.gather import registered
from qingqun.findings.merge import Limits
from qingqun.findings.plan import Inspection, Plan, limits_of, propose
from qingqun.findings.roster import roster
from qingqun.judge import judge
from qingqun.words import GROUPS, MEMBERSHIPS, Clause, Pack

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
    judged = judge(group_facts(register, facts, listed, DAY), "groups", pack)
    return propose(facts, listed, roster(facts, listed, register), Inspection(DAY, judged, limits))


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


def test_a_group_silent_for_longer_than_the_rule_allows_is_dissolved_whatever_it_is_for(facts: Made, pack: Pack) -> None:
    silent, quiet = {"last_active": date(2025, 12, 1)}, {"last_active": date(2026, 1, 5)}
    plan = planned(
        facts([]), pack, [{"name": "创文群", **silent}, {"name": "工作群", "kind": "main", **silent}, {"name": "新群", **quiet}], {}
    )
    assert acts(plan) == [("dissolve", "dormant", None, ["创文群"]), ("dissolve", "dormant", None, ["工作群"])]
    assert ["综合工作群" in told for told in plan.proposals["explained"]] == [False, True]


def test_a_task_that_ended_within_the_days_of_grace_is_left_alone(facts: Made, pack: Pack) -> None:
    ended: dict[str, Any] = {"name": "值班群", "kind": "special-task", "task_ends": date(2026, 3, 25)}
    assert planned(facts([]), pack, [ended], {}).proposals.is_empty()


@pytest.mark.parametrize("days", [3, 7, 30, 90])
def test_the_plan_ends_exactly_the_groups_that_the_rules_found_with_the_packs_own_days(
    facts: Made, clause_of: Callable[..., Clause], days: int
) -> None:
    pack = Pack("镇", "镇", tuple(clause_of(rule, rule, numbers={"days": days}) for rule in ("outlived", "dormant")), "1")
    tasks: list[dict[str, Any]] = [
        {"name": f"专班{past}", "kind": "special-task", "task_ends": DAY - timedelta(past)} for past in (1, 5, 8, 40, 91)
    ]
    others: list[dict[str, Any]] = [{"name": f"群{past}", "last_active": DAY - timedelta(past)} for past in (1, 5, 8, 40, 91)]
    register = pl.DataFrame([EMPTY | {"group_id": g["name"]} | g for g in tasks + others], schema=GROUPS)
    judged = judge(group_facts(register, facts([]), MEMBERSHIPS.to_frame(), DAY), "groups", pack)
    found = registered(judged, "groups", DAY).findings
    plan = propose(facts([]), MEMBERSHIPS.to_frame(), roster(facts([]), MEMBERSHIPS.to_frame(), register), Inspection(DAY, judged))
    proposed = plan.proposals.select("reason", pl.col("groups").list.first()).rows()
    assert set(proposed) == set(found.select("rule", "group").rows())
    assert len(proposed) == 2 * sum(past > days for past in (1, 5, 8, 40, 91))
    assert all(f"{days} 天" in told or "专项任务" in told for told in plan.proposals["explained"])


def test_how_alike_groups_must_be_is_the_number_of_the_packs_clause(pack: Pack, clause_of: Callable[..., Clause]) -> None:
    assert limits_of(pack, DAY) == Limits(overlap=0.7, given=False)
    strict = Pack("镇", "镇", (clause_of("甲", "overlap", numbers={"percent": 90}),), "1")
    assert limits_of(strict, DAY) == Limits(overlap=0.9, given=True)
    later = Pack("镇", "镇", (clause_of("甲", "overlap", numbers={"percent": 90}, since=date(2027, 1, 1)),), "1")
    assert limits_of(later, DAY) == Limits()


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


def test_a_rise_is_weighed_against_what_a_person_gets_today(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": "乙"} for _ in range(30)] + [{"group_id": "丙"} for _ in range(200)])
    groups, people = [{"name": "甲"}, {"name": "乙"}, {"name": "丙", "kind": "main"}], {"甲": range(30), "乙": range(24), "丙": range(30)}
    assert acts(planned(sent, pack, groups, people)) == [("merge", "overlap", "甲", ["乙"])]


def test_groups_that_carry_the_same_notices_are_merged_because_each_is_then_read_once(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g, "notice_no": n} for n in range(40) for g in "甲乙"])
    plan = planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(2, 30)})
    row = plan.proposals.row(0, named=True)
    assert (row["action"], row["after"], row["raised"], row["saved"]) == ("merge", 40, 0, 40)
    assert row["net"] < 0
    assert "每天少收 40.0 条" in row["explained"]


def test_a_notice_repeated_inside_one_group_stays_repeated(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": "甲", "notice_no": 1}] * 3 + [{"group_id": "乙", "notice_no": 1}] * 2 + [{"group_id": "乙"}])
    plan = planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(30)})
    assert plan.proposals["after"].to_list() == [4]


def test_what_three_merges_together_cost_counts_as_one(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g} for g in "甲乙丙" for _ in range(3)])
    plan = planned(sent, pack, [{"name": g} for g in "甲乙丙"], {"甲": range(10), "乙": range(1, 11), "丙": range(2, 12)})
    assert [row[0] for row in acts(plan)] == ["merge", "refused"]


def test_two_groups_of_one_name_on_two_platforms_are_two(facts: Made, pack: Pack) -> None:
    ended: dict[str, Any] = {"name": "普查群", "kind": "special-task"}
    groups = [ended | {"task_ends": date(2025, 12, 31)}, ended | {"platform": "qq", "group_id": "1", "task_ends": date(2026, 12, 31)}]
    plan = planned(facts([]), pack, groups, {})
    assert plan.proposals.select("platform", "platforms").rows() == [("wechat", ["wechat"])]
    assert plan.proposals["keys"].to_list() == [["wechat\x1f普查群"]]


def test_it_is_said_who_moves_and_who_is_newly_exposed(facts: Made, pack: Pack) -> None:
    plan = planned(facts([]), pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(5, 35)})
    row = plan.proposals.row(0, named=True)
    assert (row["people"], row["moved"], row["exposed"]) == (35, 5, 10)
    assert "5 人转入“甲”" in row["explained"]


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
    assert "不足 5 人" in plan.proposals["explained"][0]


def test_groups_known_only_by_their_speakers_are_not_merged(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g, "sender_id": f"p{i}"} for g in "甲乙" for i in range(9)])
    assert planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {}).proposals.is_empty()
