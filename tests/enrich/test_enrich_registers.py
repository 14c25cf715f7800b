"""Registers of groups and accounts to facts, at a day of inspection."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.accounts import accounts
from qingqun.enrich.groups import groups
from qingqun.enrich.overlap import overlaps
from qingqun.judge.play import tables
from qingqun.judge.scene import INSPECTED, parse


def found(scene: str, on: date = INSPECTED, changes: Mapping[str, pl.Expr] | None = None) -> pl.DataFrame:
    read = tables(parse(scene))
    return groups(read["groups"].with_columns(**(changes or {})), read["messages"], read["memberships"], on)


def test_main_groups_are_counted_by_age_within_the_unit() -> None:
    facts = found(
        "群 二群 | 甲 | 综合 | 2024-01-01\n群 一群 | 甲 | 综合 | 2023-01-01\n群 旧群 | 甲 | 综合 | 2020-01-01 | | | | | 2021-01-01\n群 别家 | 乙 | 综合"
    )
    assert facts["main_groups_before"].to_list() == [1, 0, None, 0]


def test_the_register_keeps_its_order_and_every_row() -> None:
    facts = found("群 一 | 甲 | 专题\n群 二 | | 专题\n群 三 | 甲 | 综合\n群 一 | 甲 | 专题")
    assert facts["name"].to_list() == ["一", "二", "三", "一"]


def test_days_past_the_end_begin_on_the_day_after() -> None:
    facts = found("群 一 | 甲 | 专项 | | 2026-03-13\n群 二 | 甲 | 专项 | | 2026-03-12\n群 三 | 甲 | 专项")
    assert facts["days_past_end"].to_list() == [None, 1, None]


def test_the_chats_know_better_than_the_register_when_a_group_was_used() -> None:
    facts = found(
        "群 一 | 甲 | 专题 | | | 2025-01-01\n2026-03-10 10:00 一 小李: 材料放在文件夹里了\n2026-03-20 10:00 一 小李: 以后的消息不算"
    )
    assert facts["days_silent"].to_list() == [3]


@pytest.mark.parametrize("line", ["一 小李: 收到", "一 小李: [系统]", "一 签到机器人: 今日未签到两人", "一 小李: [表情]"])
def test_receipts_and_machines_do_not_count_as_use(line: str) -> None:
    read = tables(parse(f"群 一 | 甲 | 专题\n周三 10:00 {line}"))
    talk = read["messages"].with_columns(is_receipt=pl.col("text") == "收到")
    facts = groups(read["groups"], talk, read["memberships"], INSPECTED)
    assert facts["ever_used"].to_list() == [False]
    assert facts["days_silent"].to_list() == [None]


def test_without_chats_nobody_knows_whether_a_group_was_used() -> None:
    assert found("群 一 | 甲 | 专题 | 2023-01-01")["ever_used"].to_list() == [None]


def test_a_group_is_found_in_the_chats_by_id_even_under_another_name() -> None:
    read = tables(parse("群 旧名 | 甲 | 专题\n周三 10:00 新名 小李: 材料放在文件夹里了"))
    same = pl.lit("42").alias("group_id")
    facts = groups(read["groups"].with_columns(same), read["messages"].with_columns(same), read["memberships"], INSPECTED)
    assert facts["ever_used"].to_list() == [True]


def test_two_groups_of_one_name_and_different_ids_are_not_mixed() -> None:
    read = tables(parse("群 同名 | 甲 | 专题\n周三 10:00 同名 小李: 材料放在文件夹里了"))
    one, two = pl.lit("1").alias("group_id"), pl.lit("2").alias("group_id")
    facts = groups(read["groups"].with_columns(one), read["messages"].with_columns(two), read["memberships"], INSPECTED)
    assert facts.filter("is_registered")["ever_used"].to_list() == [None]


@pytest.mark.parametrize(
    ("owner", "managers", "known"), [(None, [], False), ("无", [], False), (" ", [], False), (None, ["小李"], True), ("张主任", [], True)]
)
def test_somebody_must_answer_for_a_group(owner: str | None, managers: list[str], known: bool) -> None:
    changes = {"owner": pl.lit(owner, pl.String), "managers": pl.lit(managers, pl.List(pl.String))}
    assert found("群 一 | 甲 | 专题", INSPECTED, changes)["has_owner"].to_list() == [known]


def test_groups_for_the_same_purpose_are_found_without_members() -> None:
    facts = found(
        "群 一 | 甲 | 专题 | 2023-01-01\n群 二 | 甲 | 专题 | 2024-01-01\n群 三 | 乙 | 专题 | 2024-01-01",
        changes={"purpose": pl.lit("防汛值班 ")},
    )
    assert facts["same_purpose"].to_list() == [False, True, False]


def test_the_likest_earlier_group_is_named() -> None:
    scene = "群 一 | 甲 | 专题 | 2022-01-01 | | | | a b c d\n群 二 | 甲 | 专题 | 2023-01-01 | | | | a b\n群 三 | 甲 | 专题 | 2024-01-01 | | | | a b c"
    facts = found(scene)
    assert facts["overlap"].to_list() == [None, 50, 75]
    assert facts["overlap_with"].to_list() == [None, "一", "一"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=6))
def test_the_overlap_is_jaccards(members: list[set[str]]) -> None:
    register = pl.DataFrame(
        {
            "group": range(len(members)),
            "name": [f"群{n}" for n in range(len(members))],
            "unit": "甲",
            "kind": "topic",
            "purpose": None,
            "created": date(2024, 1, 1),
            "file": "f",
            "line": range(len(members)),
            "is_disbanded": False,
        },
        schema_overrides={"group": pl.Int64, "line": pl.Int64, "purpose": pl.String},
    )
    pairs = [(n, person) for n, people in enumerate(members) for person in people]
    known = dict(
        overlaps(register, pl.DataFrame(pairs, schema={"group": pl.Int64, "person": pl.String}, orient="row"))
        .select("group", "overlap")
        .rows()
    )
    for n, people in enumerate(members):
        likes = [100 * len(people & other) // len(people | other) for other in members[:n] if people & other]
        assert known.get(n) == (max(likes) if likes else None)


def test_empty_tables_stay_empty() -> None:
    assert found("").is_empty()
    assert accounts(tables(parse(""))["accounts"], INSPECTED).is_empty()


def test_accounts_are_counted_by_unit_and_platform() -> None:
    scene = "账号 一 | 甲 | 微信 | 2018-01-01 | 2026-03-01\n账号 二 | 甲 | 微信 | 2017-01-01\n账号 三 | 甲 | 抖音 | 2016-01-01 | 2027-01-01"
    facts = accounts(tables(parse(scene))["accounts"], INSPECTED)
    assert facts["accounts_before"].to_list() == [1, 0, 0]
    assert facts["days_since_post"].to_list() == [12, None, None]


def test_the_local_day_decides_not_the_day_in_utc() -> None:
    read = tables(parse("群 一 | 甲 | 专题\n2026-03-13 23:30 一 小李: 材料放好了"))
    assert read["messages"]["sent_at"][0] == datetime(2026, 3, 13, 15, 30, tzinfo=UTC)
    early = read["messages"].with_columns(sent_at=pl.col("sent_at") + pl.duration(hours=1))
    assert groups(read["groups"], read["messages"], read["memberships"], INSPECTED)["days_silent"].to_list() == [0]
    assert groups(read["groups"], early, read["memberships"], INSPECTED)["ever_used"].to_list() == [None]
