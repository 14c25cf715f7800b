"""The registers of units and of persons: what they mean, what is wrong with them by line, and that what is written is read back."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake import registers
from qingqun.intake.registers.people import PERSONS, Person
from qingqun.intake.registers.rooms import ROOMS
from qingqun.intake.registers.units import UNITS, Unit
from qingqun.words import GROUPS

HEAD = "单位,姓名,工号,手机号,微信号,QQ号,企业微信账号,其他平台账号\n"


def load(folder: Path, text: str) -> registers.Registers:
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return registers.load([folder / "a.csv"])


def said(read: registers.Registers) -> list[tuple[int, str]]:
    return read.problems.select("line", "code").rows()


def test_two_columns_are_a_register_of_units(tmp_path: Path) -> None:
    read = load(tmp_path, "单位,上级单位\n青松区,\n青松街道办事处,青松区\n三里社区,青松街道办事处\n")
    assert read.units.select("name", "parent").rows() == [("青松区", None), ("青松街道办事处", "青松区"), ("三里社区", "青松街道办事处")]
    assert read.problems.is_empty()


def test_short_names_and_levels(tmp_path: Path) -> None:
    row = load(tmp_path, "序号,单位名称,上级单位,简称,层级\n1,青松街道三里社区,青松街道办事处,三里社区、三里,社区\n").units.row(
        0, named=True
    )
    assert (row["short"], row["level"]) == (["三里社区", "三里"], "社区")


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("甲,乙\n乙,丙,街道\n丙,甲\n", [(4, "circle")]),
        ("甲,甲,街道\n", [(2, "own_parent")]),
        ("甲,乙\n甲,丙\n", [(3, "duplicate")]),
        (",乙\n", [(2, "no_name")]),
        ("甲,从未登记的单位\n", []),
    ],
)
def test_what_can_be_no_tree_is_said_by_line(rows: str, problems: list[tuple[int, str]], tmp_path: Path) -> None:
    assert said(load(tmp_path, "单位,上级单位,层级\n" + rows)) == problems


def test_a_person_has_a_unit_a_number_a_phone_and_accounts(tmp_path: Path) -> None:
    read = load(tmp_path, HEAD + "三里社区,李 敏,A1023,+86 138-0000-0001,wxid_1,20000001,limin,浙政钉：lm；乱写\n")
    row = read.persons.row(0, named=True)
    assert (row["unit"], row["name"], row["staff"], row["phone"]) == ("三里社区", "李敏", "A1023", "13800000001")
    assert row["accounts"] == ["wechat:wxid_1", "qq:20000001", "wecom:limin", "zhezhengding:lm"]
    assert said(read) == [(2, "unknown_platform")]


def test_the_unit_may_stand_above_the_table_or_in_the_row_above(tmp_path: Path) -> None:
    read = load(tmp_path, "填报单位：三里社区\n姓名,工号,手机\n张主任,1,\n小李,2,\n")
    assert read.persons["unit"].to_list() == ["三里社区", "三里社区"]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("甲,小李,1,,,,,\n甲,小王,1,,,,,\n", [(3, "duplicate")]),
        ("甲,小李,1,0571-8888888,,,,\n", [(2, "bad_phone")]),
        ("甲,小李,1,13800000001,,,,\n甲,小王,2,13800000001,,,,\n", [(3, "shared_phone")]),
        ("甲,小李,1,,w1,,,\n甲,小王,2,,w1,,,\n", [(3, "shared_account")]),
        ("甲,,1,,,,,\n", [(2, "no_name")]),
        ("甲,小李,1.23457E+18,,,,,\n", [(2, "rounded_id")]),
    ],
)
def test_what_is_wrong_with_a_person_is_said_by_line(rows: str, problems: list[tuple[int, str]], tmp_path: Path) -> None:
    assert said(load(tmp_path, HEAD + rows)) == problems


def test_a_list_of_groups_with_owners_and_telephones_is_no_register_of_persons(tmp_path: Path) -> None:
    read = load(tmp_path, "单位,群名称,平台,群主,职务,联系电话,上级单位\n三里社区,网格群,微信,小李,书记,13800000001,街道\n")
    assert (read.groups.height, read.persons.height, read.units.height) == (1, 0, 0)


def test_the_template_has_a_sheet_for_each_and_its_examples_are_nobody(tmp_path: Path) -> None:
    registers.write_template(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {"单位台账", "人员台账"} <= set(book.sheetnames)
    for sheet, heading in (("单位台账", "单位名称"), ("单位台账", "上级单位"), ("人员台账", "姓名"), ("人员台账", "工号")):
        columns = [cell.value for cell in book[sheet][3]]
        book[sheet].cell(5, columns.index(heading) + 1).value = heading
    book.save(tmp_path / "a.xlsx")
    read = registers.load([tmp_path / "a.xlsx"])
    assert (read.units["name"].to_list(), read.persons["name"].to_list()) == (["单位名称"], ["姓名"])


def test_the_error_workbook_says_what_is_wrong_beside_the_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("单位,上级单位\n甲,乙\n乙,甲\n", encoding="utf-8")
    registers.write_errors(tmp_path / "错误.xlsx", tmp_path / "a.csv")
    page = openpyxl.load_workbook(tmp_path / "错误.xlsx").active
    assert page is not None
    assert str(page.cell(3, 3).value).startswith("上下级绕成一圈：乙")


WORD = st.text("青松街道三里东西社区", min_size=1, max_size=6)


@given(
    st.lists(
        st.builds(Unit, WORD, st.none(), st.lists(WORD, max_size=2), st.none() | WORD, st.just(""), st.just(0)),
        max_size=5,
        unique_by=ROOMS["units"].same,
    )
)
@settings(max_examples=15, deadline=None)
def test_units_written_are_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Unit]) -> None:
    path = tmp_path_factory.mktemp("units") / "台账.xlsx"
    table = pl.DataFrame(rows, schema=UNITS, orient="row")
    registers.write_registers(path, GROUPS.to_frame(), units=table)
    assert registers.load([path]).units.drop("file", "line").equals(table.drop("file", "line"))


def test_persons_written_are_read_back(tmp_path: Path) -> None:
    table = pl.DataFrame(
        [
            Person("小李", "三里社区", "A1", "13800000001", "书记", ["wechat:wxid_1", "zhezhengding:lm"], "", 0),
            Person("小王", "三里社区", None, None, None, ["qq:20000001"], "", 0),
        ],
        schema=PERSONS,
        orient="row",
    )
    registers.write_registers(tmp_path / "a.xlsx", GROUPS.to_frame(), persons=table)
    assert registers.load([tmp_path / "a.xlsx"]).persons.drop("file", "line").equals(table.drop("file", "line"))
