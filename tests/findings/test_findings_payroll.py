"""The register of persons: it joins a person's accounts, says whose they are, and never makes one of two persons."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.findings.annex import people as sheet
from qingqun.findings.people import Office, People, people
from qingqun.findings.roster import roster
from qingqun.findings.tree import Tree
from qingqun.intake.registers.people import PERSONS, Person
from qingqun.words import GROUPS, MEMBERSHIPS, MESSAGES

Account = tuple[str, str, str, str | None]  # platform, id, name, card


def person(name: str, unit: str = "三里社区", **known: Any) -> Person:
    empty: dict[str, Any] = {"staff": None, "phone": None, "post": None, "accounts": [], "file": "", "line": 1}
    return Person(**{"name": name, "unit": unit, **empty, **known})


def found(register: list[Person], *rows: Account, tree: Tree | None = None, decisions: pl.DataFrame | None = None) -> People:
    full = [(platform, None, "群", number, name, card, None) for platform, number, name, card in rows]
    listed, none = pl.DataFrame(full, schema=MEMBERSHIPS, orient="row"), MESSAGES.to_frame()
    said = pl.DataFrame(register, schema=PERSONS, orient="row")
    return people(none, listed, roster(none, listed, GROUPS.to_frame()), Office(said, tree or Tree(), decisions))


def parts(result: People) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in result.accounts.group_by("person").agg("id")["id"].to_list()}


@pytest.mark.parametrize(
    ("known", "account", "by"),
    [
        ({"accounts": ["wechat:w1"]}, ("wechat", "w1", "风", None), "own"),
        ({"accounts": ["wechat:平安是福"]}, ("wechat", "w1", "平安是福", None), "nick"),
        ({"staff": "A1023"}, ("wecom", "A1023", "李", None), "staff"),
        ({"staff": "A1023"}, ("wechat", "w1", "风", "工号A1023"), "staff"),
        ({"phone": "13800000001"}, ("qq", "q1", "风", "办公室 13800000001"), "phone"),
        ({}, ("wechat", "w1", "风", "三里社区-李敏"), "card"),
        ({}, ("wechat", "w1", "风", "三里 李敏"), "card"),
        ({"unit": "五里社区"}, ("wechat", "w1", "李敏", None), "name"),
    ],
)
def test_each_key_of_the_register_joins_an_account(known: dict[str, Any], account: Account, by: str) -> None:
    result = found([person("李敏", **known)], account, tree=Tree(named={"三里": "三里社区"}))
    assert result.joins.filter("joined")["by"].to_list() == [by]
    assert (result.listed, result.met) == (1, 1)
    assert result.homes is not None
    assert result.homes["unit"].to_list() == [known.get("unit", "三里社区")]


def test_three_accounts_with_nothing_in_common_are_one_person_by_the_register() -> None:
    register = [person("李敏", staff="A1023", phone="13800000001", accounts=["wechat:w1"])]
    accounts: list[Account] = [("wechat", "w1", "风", None), ("wecom", "A1023", "李", None), ("qq", "q1", "雨13800000001", None)]
    assert parts(found([], *accounts)) == {frozenset({"w1"}), frozenset({"A1023"}), frozenset({"q1"})}
    assert parts(found(register, *accounts)) == {frozenset({"w1", "A1023", "q1"})}


def test_two_persons_of_the_register_stay_two_whatever_their_accounts_share() -> None:
    register = [person("李敏", accounts=["wechat:w1"]), person("王强", accounts=["qq:q1"])]
    accounts: list[Account] = [("wechat", "w1", "风13800000001", None), ("qq", "q1", "雨13800000001", None)]
    assert len(parts(found([], *accounts))) == 1, "by their telephone they would be one"
    result = found(register, *accounts)
    assert len(parts(result)) == 2
    assert ("phone", False) in result.joins.select("by", "joined").rows()


def test_an_account_that_two_persons_could_own_is_nobodys_and_is_listed() -> None:
    register = [person("李敏", "三里社区"), person("李敏", "五里社区")]
    result = found(register, ("wechat", "w1", "李敏", None))
    assert not result.joins["joined"].any()
    assert {row[5] for row in sheet.table(result).rows} == {"未并"}
    assert "人员台账 2 人，其中 0 人在导出中认出了账号。" in sheet.told(result)


def test_a_shared_telephone_or_account_joins_nobody() -> None:
    register = [person("李敏", phone="13800000001", accounts=["qq:q9"]), person("王强", phone="13800000001", accounts=["qq:q9"])]
    assert not found(register, ("qq", "q9", "风", "13800000001")).joins["joined"].any()


def test_a_row_and_an_account_are_joined_and_parted_by_a_decision() -> None:
    register, account = [person("李敏", staff="A1023")], ("wechat", "w1", "风", None)
    said = {"joined": [True], "by": ["张主任"], "a": ["\x01\x1f三里社区 李敏 A1023"], "b": ["wechat\x1fw1"]}
    decisions = pl.DataFrame(said).with_columns(id=pl.lit(None, pl.String), on=pl.lit(None, pl.Date))
    result = found(register, account, decisions=decisions)
    assert (result.met, sheet.table(result).rows[0][1:4]) == (1, ["人员台账 三里社区 李敏 A1023", "微信 w1", "人工确认"])
    assert found(register, account, decisions=decisions.with_columns(joined=False)).met == 0


def test_rows_alike_in_name_and_unit_are_two_persons() -> None:
    result = found(
        [person("李敏", accounts=["wechat:w1"]), person("李敏", accounts=["qq:q1"])], ("wechat", "w1", "甲", None), ("qq", "q1", "乙", None)
    )
    assert len(parts(result)) == 2


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["李敏", "王强"]), st.sampled_from(["三里社区", "五里社区"])), max_size=3, unique=True),
    st.lists(
        st.tuples(
            st.sampled_from(["wechat", "qq", "wecom"]),
            st.sampled_from(["李敏", "王强", "风"]),
            st.sampled_from([None, "三里社区 李敏", "五里社区 王强", "13800000001"]),
        ),
        max_size=7,
    ),
)
def test_no_two_rows_of_the_register_are_ever_one_person(register: list[tuple[str, str]], rows: list[tuple[str, str, str | None]]) -> None:
    accounts: list[Account] = [(platform, f"{platform}x{n}", name, card) for n, (platform, name, card) in enumerate(rows)]
    result = found([person(name, unit) for name, unit in register], *accounts)
    assert result.homes is None or result.homes["person"].n_unique() == len(register) == result.homes.height
