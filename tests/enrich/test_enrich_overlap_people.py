"""Likeness of groups counts people, not the names their accounts have; and what says that a group will close is no use of it."""

import polars as pl
import pytest

from qingqun.enrich.groups import groups
from qingqun.judge.play import tables
from qingqun.judge.scene import INSPECTED, parse

TWO = "群 一 | 甲 | 专题 | 2023-01-01 | | | 张主任 | {one}\n群 二 | 甲 | 专题 | 2024-01-01 | | | 张主任 | {two}"


def overlap(one: str, two: str, persons: list[int] | None = None) -> int | None:
    read = tables(parse(TWO.format(one=one, two=two)))
    members = read["memberships"]
    if persons is not None:
        members = members.with_columns(person=pl.Series(persons))
    found: int | None = groups(read["groups"], read["messages"], members, INSPECTED).filter(name="二")["overlap"].item()
    return found


def test_accounts_that_were_joined_are_one_member_whatever_they_are_called() -> None:
    assert overlap("小李 小王", "李科员 王科员") is None
    assert overlap("小李 小王", "李科员 王科员", [1, 2, 1, 2]) == 100


def test_two_people_of_one_name_are_two_members() -> None:
    assert overlap("小李 小王", "小李 小王") == 100
    assert overlap("小李 小王", "小李 小王", [1, 2, 3, 4]) is None


def last_word(text: str) -> int | None:
    scene = f"群 一 | 甲 | 专题 | 2023-01-01\n2025-09-01 10:00 一 小李: 材料放在文件夹里了\n2026-03-10 10:00 一 小李: {text}"
    read = tables(parse(scene))
    found: int | None = groups(read["groups"], read["messages"], read["memberships"], INSPECTED)["days_silent"].item()
    return found


@pytest.mark.parametrize("warning", ["本群长期无人使用，拟于3月20日解散", "此群将于月底注销，请及时保存资料", "因任务结束，该群拟停用"])
def test_a_warning_that_the_group_will_close_keeps_it_not_alive(warning: str) -> None:
    assert last_word(warning) == 193


@pytest.mark.parametrize(
    "work", ["本群今后只发防汛通知。请各村清理河道", "群租房清理工作本周结束，请报总结", "请各科室把停用的设备清单报办公室"]
)
def test_talk_of_closing_other_things_is_use(work: str) -> None:
    assert last_word(work) == 3
