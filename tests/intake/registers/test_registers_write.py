"""The template, a register in its layout, and the error workbook: what is written is read back."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake import registers
from qingqun.intake.registers import groups
from qingqun.intake.registers.column import ERRORS
from qingqun.intake.registers.rooms import ROOMS
from qingqun.words import ACCOUNTS, GROUPS, Account, Group, GroupKind

DAYS = st.none() | st.dates(date(2026, 1, 1), date(2029, 12, 31))
START = st.none() | st.dates(date(1999, 1, 1), date(2025, 12, 31))
PEOPLE = st.sampled_from(["张主任", "小李", "外人", "欧阳某", "阿不都·某"])


@st.composite
def a_group(draw: st.DrawFn) -> Group:
    unit = draw(st.sampled_from([None, "东社区", "民政局"]))
    post = draw(st.sampled_from([None, "主任", "科员"]))
    return Group(
        platform=draw(st.none() | st.sampled_from(["wechat", "qq", "dingtalk", "wecom", "zhezhengding", "feishu"])),
        group_id=draw(st.none() | st.integers(10_000, 10**18).map(str)),
        name=draw(st.sampled_from(["综合群", "防汛群", "=1+1", "@全体", "网格 3 群", "合计工作群"])),
        unit=unit,
        owner=draw(st.none() | PEOPLE),
        owner_office=(unit or "") + post if post else None,
        managers=draw(st.lists(PEOPLE, max_size=3)),
        purpose=draw(st.none() | st.sampled_from(["网格事务", "=cmd()", "通知、答复；周报"])),
        kind=draw(st.sampled_from(list(GroupKind))),
        members=draw(st.none() | st.integers(0, 5000)),
        created=draw(START),
        task_ends=draw(DAYS),
        disbanded=draw(DAYS),
        last_active=draw(DAYS),
        file="",
        line=0,
    )


def frame(rows: list[Group]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=GROUPS, orient="row")


@given(st.lists(a_group(), max_size=8, unique_by=lambda group: (group.platform, group.group_id) if group.group_id else groups.same(group)))
@settings(max_examples=20, deadline=None)
def test_groups_written_in_the_layout_of_the_template_are_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Group]) -> None:
    rows = [row for row in rows if row.unit] + [row for row in rows if not row.unit and not any(other.unit for other in rows)]
    path = tmp_path_factory.mktemp("register") / "台账.xlsx"
    registers.write_registers(path, frame(rows))
    loaded = registers.load([path])
    assert loaded.problems.is_empty()
    assert loaded.groups.drop("file", "line").equals(frame(rows).drop("file", "line"))
    assert loaded.groups["line"].to_list() == [4 + number for number in range(len(rows))]


def test_accounts_written_in_the_layout_of_the_template_are_read_back(tmp_path: Path) -> None:
    row = Account(
        "wechat", "dongshequ", "东社区发布", "东社区", "小李", date(2024, 5, 6), date(2026, 7, 1), None, "", 0, "办事指南", True, False
    )
    table = pl.DataFrame([row], schema=ACCOUNTS, orient="row")
    registers.write_registers(tmp_path / "台账.xlsx", frame([]), table)
    loaded = registers.load([tmp_path / "台账.xlsx"])
    assert loaded.accounts.drop("file", "line").equals(table.drop("file", "line"))
    assert loaded.problems.is_empty()


def test_the_empty_template_holds_no_group_and_no_problem(tmp_path: Path) -> None:
    registers.write_template(tmp_path / "模板.xlsx")
    loaded = registers.load([tmp_path / "模板.xlsx"])
    assert {table.height for table in loaded[:-1]} == {0}
    assert loaded.barren == ()


def test_the_template_explains_itself_and_offers_choices(tmp_path: Path) -> None:
    registers.write_template(tmp_path / "模板.xlsx")
    book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    assert book.sheetnames == ["填写说明", "工作群台账", "公众账号台账", "政务应用台账", "单位台账", "人员台账"]
    page = book["工作群台账"]
    assert [cell.value for cell in page[3]] == [column.names[0] for column in groups.COLUMNS if column.shown]
    assert page["A4"].value == "示例"
    offered = [rule.formula1 for rule in page.data_validations.dataValidation]
    assert '"微信,QQ,钉钉,企业微信,浙政钉,飞书"' in offered
    assert any("专项群" in str(choice) for choice in offered)
    assert page["F5"].number_format == "@"  # a long group id stays text


def test_a_filled_template_is_read_from_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    registers.write_template(path)
    book = openpyxl.load_workbook(path)
    book["工作群台账"]["A2"] = "填报单位：东社区"
    book["工作群台账"]["D5"] = "网格群"
    book["工作群台账"]["E5"] = "微信"
    book.save(path)
    assert registers.load([path]).groups.select("name", "platform", "unit", "line").rows() == [("网格群", "wechat", "东社区", 5)]


BAD = """青松街道办事处工作群台账,,,
群名称,平台,群主,建群时间
一群,微信,小李,2026-07-03
二群,微信,小李,2026.2.30
,QQ,外人,
"""


def test_the_error_workbook_keeps_every_row_in_its_place_and_says_what_is_wrong(tmp_path: Path) -> None:
    source, errors = tmp_path / "a.csv", tmp_path / "错误.xlsx"
    source.write_text(BAD, encoding="utf-8")
    registers.write_errors(errors, source)
    page = openpyxl.load_workbook(errors).active
    assert page is not None
    assert page.cell(2, 5).value == ERRORS
    assert [page.cell(row, 5).value for row in (3, 4, 5)] == [None, "“建群时间”的日期无法识别：2026.2.30", "没有填写“群名称”"]
    assert page.cell(4, 5).font.color.rgb == "FFC00000"
    again = registers.load([errors])
    assert again.problems.drop("file").equals(registers.load([source]).problems.drop("file"))


def test_the_corrected_error_workbook_loads_whole(tmp_path: Path) -> None:
    source, errors = tmp_path / "a.csv", tmp_path / "错误.xlsx"
    source.write_text(BAD, encoding="utf-8")
    registers.write_errors(errors, source)
    book = openpyxl.load_workbook(errors)
    book.worksheets[0]["D4"], book.worksheets[0]["A5"] = "2026.2.28", "三群"
    book.save(errors)
    loaded = registers.load([errors])
    assert loaded.problems.is_empty()
    assert loaded.groups.select("name", "created", "unit").rows() == [
        ("一群", date(2026, 7, 3), "青松街道办事处"),
        ("二群", date(2026, 2, 28), "青松街道办事处"),
        ("三群", None, "青松街道办事处"),
    ]


def test_a_file_without_a_register_makes_an_error_workbook_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名,金额\n", encoding="utf-8")
    registers.write_errors(tmp_path / "错误.xlsx", tmp_path / "a.csv")
    page = openpyxl.load_workbook(tmp_path / "错误.xlsx").active
    assert page is not None
    assert page["A2"].value == "没有认出任何一张台账"


def test_no_heading_stands_for_two_columns_of_one_register() -> None:
    for room in ROOMS.values():
        names = [name for column in room.columns for name in column.names]
        assert len(names) == len(set(names))
