from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from qingqun.enrich.groups import groups as group_facts
from qingqun.findings.gather import registered
from qingqun.findings.plan import Inspection, Limits, Plan, limits_of, propose
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
    groups, people = [{"name": "甲"}, {"name": "乙"}, {"name": "丙", "kind": "main"}], {"甲": range(30), "乙": range(24), "丙": range(100)}
    assert acts(planned(sent, pack, groups, people)) == [("merge", "overlap", "甲", ["乙"])]


def test_groups_that_carry_the_same_notices_are_merged_because_each_is_then_read_once(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g, "notice_no": n} for n in range(40) for g in "甲乙"])
    plan = planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(5, 30)})
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
    plan = planned(sent, pack, [{"name": g} for g in "甲乙丙"], {"甲": range(12), "乙": range(1, 13), "丙": range(2, 14)})
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


MAIN: dict[str, Any] = {"name": "综合群", "kind": "main"}


def test_a_group_all_of_whose_members_are_in_the_units_one_group_becomes_its_topic(facts: Made, pack: Pack) -> None:
    plan = planned(
        facts([{"group_id": "防汛", "kind": "text"}]),
        pack,
        [MAIN, {"name": "防汛", "kind": "topic"}],
        {"综合群": range(30), "防汛": range(20)},
    )
    assert acts(plan) == [("topic", "topic", "综合群", ["防汛"])]
    assert plan.proposals.select("moved", "exposed").row(0) == (0, 10)
    assert plan.fates.select("name", "fate", "target").rows() == [("综合群", "keep", None), ("防汛", "topic", "综合群")]
    assert plan.after == 1


@pytest.mark.parametrize("who", [range(20, 32), range(10)])
def test_a_topic_takes_nobody_in_and_concerns_half_of_the_unit(facts: Made, pack: Pack, who: range) -> None:
    groups = [MAIN, {"name": "防汛", "kind": "topic"}]
    assert planned(facts([]), pack, groups, {"综合群": range(30), "防汛": who}).proposals.is_empty()


def test_a_loud_topic_is_refused(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": "防汛"} for _ in range(30)])
    plan = planned(sent, pack, [MAIN, {"name": "防汛", "kind": "topic"}], {"综合群": range(30), "防汛": range(20)})
    assert acts(plan) == [("refused", "load", "综合群", ["防汛"])]
    assert "不建议并入" in plan.proposals["explained"][0]


def test_where_a_unit_has_two_main_groups_neither_is_the_one(facts: Made, pack: Pack) -> None:
    groups = [MAIN, {"name": "综合二群", "kind": "main"}, {"name": "防汛", "kind": "topic"}]
    people = {"综合群": range(30), "综合二群": range(10), "防汛": range(20)}
    assert planned(facts([]), pack, groups, people).proposals.is_empty()


def test_three_groups_become_one_only_if_each_two_are_alike(facts: Made, pack: Pack) -> None:
    chain = {"甲": range(10), "乙": range(1, 11), "丙": range(2, 12)}
    plan = planned(facts([]), pack, [{"name": g} for g in chain], chain)
    assert [len(groups) for groups in plan.proposals["groups"]] == [1]


def test_it_is_said_which_notices_went_to_the_same_people(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g, "notice_no": n} for n in range(5) for g in "甲乙"])
    row = planned(sent, pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(30), "乙": range(30)}).proposals.row(0, named=True)
    assert row["twice"] == 5
    assert "5 件通知在其中几个群各发过一次（首次发于" in row["explained"]
    assert "10:00" in row["explained"]


def test_who_would_be_in_no_group_is_said_before_a_group_is_dissolved(facts: Made, pack: Pack) -> None:
    groups: list[dict[str, Any]] = [MAIN, {"name": "普查群", "kind": "special-task", "task_ends": date(2025, 12, 31)}]
    plan = planned(facts([]), pack, groups, {"综合群": range(30), "普查群": range(20, 40)})
    assert plan.proposals.select("action", "stranded").rows() == [("dissolve", 10)]
    assert "10 人不在任何保留的群里" in plan.proposals["explained"][0]
    few = planned(facts([]), pack, groups, {"综合群": range(30), "普查群": range(20, 33)})
    assert few.proposals["stranded"].to_list() == [None]
    assert "不足 5 人不在" in few.proposals["explained"][0]


def test_what_would_tell_how_few_are_exposed_is_not_said_either(facts: Made, pack: Pack) -> None:
    plan = planned(facts([{"group_id": "甲"}]), pack, [{"name": "甲"}, {"name": "乙"}], {"甲": range(20), "乙": range(18)})
    row = plan.proposals.row(0, named=True)
    assert (row["people"], row["net"], row["exposed"], row["overlap"]) == (None, None, None, 0.9)
    assert "不低于 90%" in row["explained"]


def test_the_forecast_tells_groups_and_messages_a_person_before_and_after(facts: Made, pack: Pack) -> None:
    sent = facts([{"group_id": g, "notice_no": n} for n in range(4) for g in "甲乙"] + [{"group_id": "甲"}])
    groups: list[dict[str, Any]] = [{"name": "甲"}, {"name": "乙"}, {"name": "旧", "kind": "special-task", "task_ends": date(2025, 12, 31)}]
    plan = planned(sent, pack, groups, dict.fromkeys(("甲", "乙", "旧"), range(12)))
    whole = plan.forecast.filter(pl.col("unit").is_null()).select("metric", "people", "before", "after", "after_p90").rows()
    assert whole == [("groups", 12, 3, 1, 1), ("messages", 12, 9, 5, 5)]


def test_the_forecast_of_four_people_is_hidden(facts: Made, pack: Pack) -> None:
    plan = planned(facts([]), pack, [{"name": "甲"}], {"甲": range(4)})
    assert plan.forecast["hidden"].all()
    assert plan.forecast["before"].null_count() == len(plan.forecast)


def test_every_group_has_one_fate_and_the_fates_add_up(street: Any, report: Any) -> None:
    plan = report.plan
    assert plan.fates["key"].n_unique() == len(plan.fates) == plan.before
    assert (plan.fates["fate"] == "keep").sum() == plan.after
