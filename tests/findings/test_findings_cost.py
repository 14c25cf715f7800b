from typing import Any

import polars as pl
import pytest

from qingqun.findings.cost import costs, explained, repair
from qingqun.findings.table import FINDINGS
from qingqun.judge.messages.offhours import offhours
from qingqun.judge.messages.photoproof import photoproof
from qingqun.judge.messages.replychain import replychain

RULES = {rule.name: rule for rule in (offhours, photoproof, replychain)}


def found(*rows: dict[str, Any]) -> pl.DataFrame:
    empty: dict[str, Any] = dict.fromkeys(FINDINGS) | {
        "subject": "messages",
        "title": "问题",
        "grade": "work",
        "people": 20,
        "minutes": 40.0,
    }
    return pl.DataFrame([empty | row for row in rows], schema=FINDINGS)


def test_what_a_repair_does_follows_from_what_the_rule_asks_for() -> None:
    assert [repair(rule) for rule in RULES.values()] == ["wait", "drop", "quiet"]


def test_a_message_that_should_have_waited_is_still_read_but_disturbs_nobody() -> None:
    row = costs(found({"rule": "offhours", "grade": "night"}), RULES).row(0, named=True)
    assert (row["minutes"], row["off_minutes"], row["saves_minutes"], row["saves_off"]) == (40, 40, 0, 20)


def test_what_should_not_have_been_sent_is_saved_whole() -> None:
    row = costs(found({"rule": "photoproof"}, {"rule": "photoproof", "grade": "after"}), RULES).row(0, named=True)
    assert (row["pings"], row["off_pings"], row["saves_minutes"], row["saves_off"]) == (40, 20, 80, 20)


def test_an_answer_not_asked_for_saves_the_answer() -> None:
    row = costs(found({"rule": "replychain"}), RULES).row(0, named=True)
    assert row["saves_minutes"] == pytest.approx(20 * 20 / 60)


def test_findings_of_few_people_enter_no_sum() -> None:
    assert costs(found({"rule": "offhours", "people": None, "minutes": None}), RULES).is_empty()


def test_the_reckoning_is_said_with_its_numbers() -> None:
    assert "20 秒" in explained()
