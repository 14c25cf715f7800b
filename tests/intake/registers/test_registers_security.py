"""Who answers for a group's or an account's security, where a register asks; and the findings that come of it."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from qingqun import packs
from qingqun.enrich.accounts import accounts
from qingqun.enrich.groups import groups
from qingqun.intake import registers
from qingqun.judge import judge
from qingqun.words import MEMBERSHIPS, MESSAGES

ON = date(2026, 3, 13)


def written(path: Path, text: str) -> registers.Registers:
    path.write_text(text, encoding="utf-8")
    return registers.load([path])


@pytest.mark.parametrize("title", ["安全责任人", "安全管理制度", "保密责任人", "制度文件"])
def test_a_group_register_may_have_the_column_under_several_titles(tmp_path: Path, title: str) -> None:
    read = written(
        tmp_path / "群.csv", f"单位,群名称,群性质,{title}\n城关镇,工作群,综合群,小李\n城关镇,民政群,科室群,\n城关镇,网格群,议题群,无\n"
    )
    assert read.groups["security"].to_list() == ["小李", "", "无"]
    facts = groups(read.groups, MESSAGES.to_frame(), MEMBERSHIPS.to_frame(), ON)
    assert facts["has_security"].to_list() == [True, False, False]


def test_an_account_register_too_and_the_clause_is_hard(tmp_path: Path) -> None:
    read = written(tmp_path / "账号.csv", "主办单位,账号名称,平台,安全责任人\n城关镇,城关发布,微信,张主任\n城关镇,城关视频,抖音,未明确\n")
    judged = judge(accounts(read.accounts, ON), "accounts", packs.load(["national"], ON))
    assert isinstance(judged.frame, pl.DataFrame)
    assert judged.frame["unsecuredaccount"].to_list() == [False, True]
    (binding,) = (one for one in judged.bindings if one.rule.name == "unsecuredaccount")
    assert ([clause.id for clause in binding.clauses], str(binding.level)) == (["CN-YJ-12"], "violation")


def test_a_register_that_does_not_ask_says_nothing(tmp_path: Path) -> None:
    read = written(tmp_path / "群.csv", "单位,群名称,群性质\n城关镇,工作群,综合群\n")
    judged = judge(groups(read.groups, MESSAGES.to_frame(), MEMBERSHIPS.to_frame(), ON), "groups", packs.load(["national"], ON))
    assert isinstance(judged.frame, pl.DataFrame)
    assert judged.frame["unsecuredgroup"].to_list() == [False]
