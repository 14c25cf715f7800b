"""One message, one finding for the same breach."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl

from qingqun.findings import gather
from qingqun.findings.gather import Scene
from qingqun.findings.mask import Names
from qingqun.findings.roster import roster
from qingqun.judge import find, judge
from qingqun.words import GROUPS, MEMBERSHIPS, Clause, Pack, Strength

Made = Callable[..., pl.DataFrame]
LATE: dict[str, Any] = {"is_work": True, "is_notice": True, "is_publishing": True, "grade": "after"}


def pack_of(clause_of: Callable[..., Clause], *rules: str) -> Pack:
    soft = {"offhours": clause_of("软", "offhours", strength=Strength.SOFT), "afterwork": clause_of("硬", "afterwork")}
    return Pack("区", "区", tuple(soft[rule] for rule in rules), "1")


def found(facts: pl.DataFrame, pack: Pack) -> pl.DataFrame:
    added = facts.with_columns(is_publishing=pl.col("is_work"))
    judged = judge(added, "messages", pack)
    scene = Scene(roster(added, MEMBERSHIPS.to_frame(), GROUPS.to_frame()), Names.of(()), lambda texts: [{}] * len(texts))
    return gather.messages(replace(judged, failures=()), scene).findings.select("rule", "title", "level", "clauses")


def test_a_task_after_work_is_one_finding_at_the_stricter_level_with_both_clauses(facts: Made, clause_of: Any) -> None:
    (row,) = found(facts([LATE]), pack_of(clause_of, "offhours", "afterwork")).rows(named=True)
    assert (row["rule"], row["title"], row["level"]) == ("offhours", find("offhours").title, "violation")
    assert [clause["id"] for clause in row["clauses"]] == ["硬", "软"]


def test_at_noon_only_the_wider_rule_is_broken(facts: Made, clause_of: Any) -> None:
    (row,) = found(facts([LATE | {"grade": "lunch"}]), pack_of(clause_of, "offhours", "afterwork")).rows(named=True)
    assert (row["rule"], row["level"], len(row["clauses"])) == ("offhours", "warning", 1)


def test_a_pack_with_the_narrow_rule_alone_keeps_its_name(facts: Made, clause_of: Any) -> None:
    (row,) = found(facts([LATE]), pack_of(clause_of, "afterwork")).rows(named=True)
    assert (row["rule"], row["title"]) == ("afterwork", find("afterwork").title)


def test_two_messages_stay_two_findings(facts: Made, clause_of: Any) -> None:
    assert found(facts([LATE, LATE | {"text": "请各村报送值班表"}]), pack_of(clause_of, "offhours", "afterwork")).height == 2
