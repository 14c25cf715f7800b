"""The register of apps: what each column means, what is no app, and that what is written is read back."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake import registers
from qingqun.intake.registers.rooms import ROOMS
from qingqun.words import APPS, GROUPS, App

HEAD = "主办单位,应用名称,使用对象,层级,使用层级,功能,建设方式,备案号,上线时间,投诉功能,活跃率,责任人\n"


def csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def row(tmp_path: Path, cells: str) -> dict[str, object]:
    return registers.load([csv(tmp_path / "应用.csv", HEAD + cells + "\n东区,别的,干部,县,县,,自建,1,2020-01-01,有,1%,小李\n")]).apps.row(
        0, named=True
    )


def test_an_app_is_read_with_all_its_columns(tmp_path: Path) -> None:
    read = row(tmp_path, "青松区民政局,青松通,干部职工,县级,到村,打卡、填报,上级统建,未备案,2024年5月,无,35%,张主任13800000000")
    assert (read["unit"], read["name"], read["audience"], read["level"], read["reach"]) == ("青松区民政局", "青松通", "staff", 4, 6)
    assert (read["functions"], read["own"], read["filing"], read["online"]) == ("打卡、填报", False, "未备案", date(2024, 5, 1))
    assert (read["complaints"], read["active_percent"], read["owner"]) == (False, 35, "张主任")


def test_an_empty_cell_says_none_and_a_column_that_nobody_fills_says_nothing(tmp_path: Path) -> None:
    both = registers.load([csv(tmp_path / "a.csv", "主办单位,应用名称,备案号,立项\n东区,甲,123,\n东区,乙,,\n")]).apps
    assert both["filing"].to_list() == ["123", ""]
    assert both["approval"].to_list() == [None, None]


@pytest.mark.parametrize(("cell", "percent"), [("35", 35), ("35.9%", 35), ("0%", 0), ("一般", None), ("135", None)])
def test_shares(cell: str, percent: int | None, tmp_path: Path) -> None:
    assert row(tmp_path, f"东区,甲,干部,县,县,,,,,,{cell},")["active_percent"] == percent


def test_a_share_that_excel_keeps_as_a_fraction(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (["主办单位", "应用名称", "活跃率"], ["东区", "甲", 0.35]):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "a.xlsx")
    assert registers.load([tmp_path / "a.xlsx"]).apps["active_percent"].to_list() == [35]


@pytest.mark.parametrize(
    ("said", "audience"), [("基层干部", "staff"), ("办事群众", "public"), ("群众、网格员", None), ("全部", None), ("", None)]
)
def test_for_whom(said: str, audience: str | None, tmp_path: Path) -> None:
    assert row(tmp_path, f"东区,甲,{said},县,县,,,,,,,")["audience"] == audience


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("东区,,干部,县,县,打卡,,,,,,", "no_name"),
        ("东区,甲,干部,县,县,,,,明天,,,", "bad_date"),
        ("东区,甲,干部,一级,县,,,,,,,", "unknown_level"),
        ("东区,甲,全部,县,县,,,,,,,", "unknown_audience"),
        ("东区,甲,干部,县,县,,,,,,很高,", "bad_percent"),
        ("东区,甲,干部,县,县,,,,,,,\n东区,甲,干部,县,县,,,,,,,", "duplicate"),
    ],
)
def test_what_is_wrong_is_said(cells: str, code: str, tmp_path: Path) -> None:
    assert code in registers.load([csv(tmp_path / "a.csv", HEAD + cells + "\n")]).problems["code"].to_list()


def test_accounts_and_apps_in_one_workbook_stay_apart(tmp_path: Path) -> None:
    registers.write_template(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for sheet, heading in (("工作群台账", "群名称"), ("公众账号台账", "账号名称"), ("政务应用台账", "应用名称")):
        columns = [cell.value for cell in book[sheet][3]]
        book[sheet].cell(5, columns.index(heading) + 1).value = sheet
    book.save(tmp_path / "a.xlsx")
    read = registers.load([tmp_path / "a.xlsx"])
    assert [table["name"].to_list() for table in read[:3]] == [["工作群台账"], ["公众账号台账"], ["政务应用台账"]]


@st.composite
def an_app(draw: st.DrawFn) -> App:
    words, answer, rank = st.sampled_from(["=1+1", "打卡、填报", "无"]), st.none() | st.booleans(), st.none() | st.integers(1, 6)
    days = st.none() | st.dates(date(2026, 1, 1), date(2029, 12, 31))
    return App(
        name=draw(st.sampled_from(["青松通", "网格 3 号", "@填报"])),
        unit="东社区",
        user_unit=draw(st.none() | st.just("西社区")),
        level=draw(rank),
        reach=draw(rank),
        audience=draw(st.sampled_from([None, "staff", "public"])),
        form=draw(st.none() | st.just("小程序")),
        functions=draw(st.none() | st.just("打卡、填报")),
        purpose=None,
        special_basis=draw(words),
        own=draw(answer),
        approval=draw(words),
        filing=draw(words),
        online=draw(st.none() | st.dates(date(2009, 1, 1), date(2025, 12, 31))),
        closed=draw(days),
        entry=draw(words),
        complaints=draw(answer),
        usable=draw(answer),
        active_percent=draw(st.none() | st.integers(0, 100)),
        security=draw(words),
        owner="小李",
        checked=draw(days),
        file="",
        line=0,
    )


@given(st.lists(an_app(), max_size=6, unique_by=ROOMS["apps"].same))
@settings(max_examples=20, deadline=None)
def test_apps_written_in_the_layout_of_the_template_are_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[App]) -> None:
    path = tmp_path_factory.mktemp("apps") / "台账.xlsx"
    table = pl.DataFrame(rows, schema=APPS, orient="row")
    registers.write_registers(path, GROUPS.to_frame(), apps=table)
    loaded = registers.load([path])
    assert loaded.apps.drop("file", "line").equals(table.drop("file", "line"))
    assert loaded.problems.is_empty()


def test_the_error_workbook_names_what_is_wrong_with_an_app(tmp_path: Path) -> None:
    source = csv(tmp_path / "a.csv", HEAD + "东区,甲,干部,县,县,,,,明天,,,\n")
    registers.write_errors(tmp_path / "错误.xlsx", source)
    page = openpyxl.load_workbook(tmp_path / "错误.xlsx").active
    assert page is not None
    assert page.cell(2, 13).value == "“上线时间”的日期无法识别：明天"
