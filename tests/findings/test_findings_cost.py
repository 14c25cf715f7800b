from typing import Any

import polars as pl
import pytest

from qingqun.findings.cost import costs, explained, once, priced, repair
from qingqun.findings.table import FINDINGS
from qingqun.judge.messages.flooding import flooding
from qingqun.judge.messages.offhours import offhours
from qingqun.judge.messages.photoproof import photoproof
from qingqun.judge.messages.replychain import replychain
from qingqun.judge.messages.shortdeadline import shortdeadline

RULES = {rule.name: rule for rule in (offhours, photoproof, replychain, flooding, shortdeadline)}


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
    assert [repair(rule) for rule in RULES.values()] == ["wait", "drop", "quiet", "bundle", "later"]


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


def test_messages_put_into_one_save_looking_up_and_more_time_saves_nothing() -> None:
    table = costs(found({"rule": "flooding", "grade": "night"}, {"rule": "shortdeadline", "grade": "night"}), RULES)
    assert table.select("saves_minutes", "saves_off").rows() == [(pytest.approx(1.0), 20), (0.0, 0)]


def test_the_findings_add_up_to_the_rules_and_a_message_counts_once_in_all() -> None:
    same = {"platform": "wechat", "group": "甲", "input_hash": "x"}
    listed = found(
        {"rule": "offhours", "grade": "night", **same}, {"rule": "photoproof", "grade": "night", **same}, {"rule": "replychain"},
        {"rule": "offhours", "people": None, "minutes": None, "few": True}, {"rule": "dormant", "subject": "groups"},
    )  # fmt: skip
    each, table, whole = priced(listed, RULES), costs(listed, RULES), once(listed, RULES)
    for name in ("pings", "minutes", "off_pings", "off_minutes", "saves_minutes", "saves_off"):
        assert each[name].sum() == pytest.approx(table[name].sum())
        assert each[name].null_count() == 2
    assert table["findings"].sum() == whole.findings == 3
    assert (whole.pings, whole.minutes, whole.off_pings, whole.saves_off) == (40, 80, 20, 20)
