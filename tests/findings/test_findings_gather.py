from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import narwhals as nw
import polars as pl

from qingqun.findings import gather
from qingqun.findings.gather import Scene
from qingqun.findings.mask import Names
from qingqun.findings.roster import roster
from qingqun.findings.table import FINDINGS, Gathered
from qingqun.judge.judge import Binding, Judged
from qingqun.judge.rule import Rule
from qingqun.words import GROUPS, MEMBERSHIPS, Clause, Confidence, Pack, Strength

MARCH = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai
Made = Callable[..., pl.DataFrame]
Judge = Callable[..., Judged]


def members(n: int, group: str = "g1") -> pl.DataFrame:
    return pl.DataFrame([("wechat", group, None, f"p{i}", f"成员{i}号", None, None) for i in range(n)], schema=MEMBERSHIPS, orient="row")


def gathered(judged: Judged, size: int = 20, names: tuple[str, ...] = ()) -> Gathered:
    known = roster(judged.frame, members(size), GROUPS.to_frame())  # type: ignore[arg-type]  # a Polars frame went in
    return gather.messages(judged, Scene(known, Names.of(names), lambda texts: [{"work": (0, len(text))} for text in texts]))


def test_a_message_off_hours_is_a_warning_because_the_clause_says_in_principle(facts: Made, judge_with: Judge) -> None:
    found = gathered(judge_with(facts([{"is_work": True, "grade": "after"}]))).findings
    assert found.schema == FINDINGS
    row = found.row(0, named=True)
    assert (row["rule"], row["level"], row["people"], row["quote"]) == ("offhours", "warning", 20, "请各村今日报送统计表")
    assert row["clauses"][0]["id"] == "GD-XZ-04"
    assert row["clauses"][0]["number"] is None
    assert row["minutes"] == 20 * (10 / 400 + 3 / 60)


def test_a_chain_of_receipts_belongs_to_the_demand_and_names_nobody_who_replied(facts: Made, judge_with: Judge) -> None:
    demand = {"text": "收到请回复", "is_reply_demand": True, "sender_name": "张主任"}
    replies = [
        {"text": f"小李{i}收到", "sender_name": f"小李{i}", "is_receipt": True, "asked_by": 0, "receipts_since_demand": i}
        for i in range(1, 6)
    ]
    found = gathered(judge_with(facts([demand, *replies]))).findings
    assert found.height == 1
    row = found.row(0, named=True)
    assert (row["rule"], row["evidence"], row["quote"], row["at"]) == ("replychain", 5, "收到请回复", MARCH)
    assert not any("小李" in str(value) for value in row.values())


def test_a_burst_is_one_finding_without_words(facts: Made, judge_with: Judge) -> None:
    rows = [{"text": "支持[强]", "seconds_since_earlier@2": 5 if i >= 2 else None} for i in range(6)]
    found = gathered(judge_with(facts(rows))).findings
    assert found.select("rule", "evidence", "quote", "input_hash").rows() == [("flooding", 6, None, None)]


def test_two_bursts_hours_apart_are_two_findings(facts: Made, judge_with: Judge) -> None:
    rows = [{"seconds_since_earlier@2": 5, "sent_at": MARCH + timedelta(hours=h)} for h in (0, 0, 5)]
    assert gathered(judge_with(facts(rows))).findings.height == 2


def test_a_secret_and_a_shaming_are_never_quoted(facts: Made, judge_with: Judge) -> None:
    rows = [{"text": "机密★1年", "has_secret_mark": True}, {"text": "张三未回复", "is_shaming": True}]
    found = gathered(judge_with(facts(rows))).findings
    assert dict(found.select("rule", "quote").iter_rows()) == {"secretmark": None, "shaming": None}


def test_what_is_only_reported_is_a_hint_and_no_finding(facts: Made, judge_with: Judge) -> None:
    both = gathered(judge_with(facts([{"is_photo_proof": True}])))
    assert both.findings.is_empty()
    assert both.hints["level"].to_list() == ["hint"]
    assert both.hints["clauses"][0][0]["number"] is None


def test_a_rule_without_any_clause_is_a_hint_with_the_products_number(facts: Made, judge_with: Judge) -> None:
    hint = gathered(judge_with(facts([{"copies_in_other_groups": 2}]))).hints.row(0, named=True)
    assert (hint["rule"], hint["clauses"]) == ("copies", [])
    assert hint["numbers"] == [{"name": "groups", "value": 1, "default": True}]


def test_the_strongest_clause_in_force_on_the_day_decides(facts: Made, judge_with: Judge, clause_of: Callable[..., Clause]) -> None:
    day = date(2026, 3, 10)
    pack = Pack(
        "p",
        "某地",
        (clause_of("A", "offhours", strength=Strength.SOFT), clause_of("B", "offhours", since=day), clause_of("C", "offhours", until=day)),
        "r",
    )
    rows = [{"is_work": True, "grade": "night", "sent_at": MARCH + timedelta(days=d)} for d in (0, 1, 2)]
    found = gathered(judge_with(facts(rows), pack)).findings.sort("at")
    cited = [[c["id"] for c in clauses] for clauses in found["clauses"].to_list()]
    assert cited == [["C", "A"], ["B", "C", "A"], ["B", "A"]]
    assert found["level"].to_list() == ["violation"] * 3


def test_a_clause_not_yet_in_force_makes_no_finding(facts: Made, judge_with: Judge, clause_of: Callable[..., Clause]) -> None:
    pack = Pack("p", "某地", (clause_of("B", "offhours", since=date(2027, 1, 1)),), "r")
    both = gathered(judge_with(facts([{"is_work": True, "grade": "night"}]), pack))
    assert both.findings.is_empty()
    assert both.hints.is_empty()


def test_fewer_than_ten_people_off_hours_are_not_counted(facts: Made, judge_with: Judge) -> None:
    row = gathered(judge_with(facts([{"is_work": True, "grade": "after"}])), size=9).findings.row(0, named=True)
    assert (row["people"], row["few"], row["minutes"]) == (None, True, None)


def test_an_unconfirmed_number_is_not_printed_and_a_confirmed_one_is(
    facts: Made, judge_with: Judge, clause_of: Callable[..., Clause]
) -> None:
    verified = clause_of("A", "offhours", number="第三条")
    guessed = clause_of("B", "offhours", number="第九条", confidence=Confidence.UNCONFIRMED)
    found = gathered(judge_with(facts([{"is_work": True, "grade": "after"}]), Pack("p", "某地", (verified, guessed), "r"))).findings
    assert [c["number"] for c in found["clauses"][0]] == ["第三条", None]


def test_nothing_in_nothing_out(facts: Made, judge_with: Judge) -> None:
    assert gathered(judge_with(facts([]))).findings.schema == FINDINGS


def test_a_group_is_found_at_the_day_of_inspection(street: Any, pack: Pack, clause_of: Callable[..., Clause]) -> None:
    outlived = Rule("outlived", "groups", "任务结束未解散", "", "", {}, product=False, predicate=lambda: nw.col("x"))
    binding = Binding(outlived, {}, (clause_of("GD-XZ-05", "outlived"),))
    judged = Judged(street.groups.with_columns(outlived=pl.col("task_ends") < date(2026, 3, 30)), (binding,), (), pack)
    found = gather.registered(judged, "groups", date(2026, 3, 30)).findings
    assert found.select("subject", "level", "unit", "owner_office", "at").row(0) == (
        "groups",
        "violation",
        "清湖街道办",
        "统计站站长",
        None,
    )
    assert found["people"].to_list() == [22, 12]


def test_everything_of_a_month_has_an_id_of_its_own_and_no_name(street: Any, judge_with: Judge) -> None:
    both = gather.messages(judge_with(street.facts), Scene(street.roster, street.names, lambda texts: [{}] * len(texts)))
    assert both.findings["id"].is_unique().all()
    assert not any(street.names.within(quote) for quote in both.findings["quote"].drop_nulls().unique())
