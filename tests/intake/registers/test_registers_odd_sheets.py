"""Sheets as they come back from thirty offices: every row is a group, a problem, or a line that is none by rule; nothing vanishes."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake import registers

HEADER = ["群名称", "平台", "群主", "建群时间", "人数"]


def csv(folder: Path, text: str, name: str = "台账.csv", encoding: str = "utf-8") -> registers.Registers:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return registers.load([path])


def book(folder: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    path = folder / "台账.xlsx"
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    for row in rows:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    workbook.save(path)
    return path


def groups(loaded: registers.Registers, *fields: str) -> list[tuple[object, ...]]:
    return loaded.groups.select(fields or ("name",)).rows()


def wrong(loaded: registers.Registers) -> list[tuple[int, str]]:
    return loaded.problems.select("line", "code").rows()


def test_a_group_whose_name_begins_with_example_is_a_group(tmp_path: Path) -> None:
    loaded = csv(
        tmp_path, "群名称,平台,群主\n示例小学家长群,微信,小李\n示例,微信,张某\n示例：防汛群,微信,张某\n（示例）,QQ,张某\n二群,QQ,外人\n"
    )
    assert groups(loaded) == [("示例小学家长群",), ("二群",)]
    assert loaded.problems.is_empty()


def test_a_group_whose_name_begins_with_total_is_a_group(tmp_path: Path) -> None:
    rows = "".join(f"{name},微信,小李\n" for name in ("合计工作群", "总数据群", "说明会群", "填表群", "一、二年级家长群"))
    assert len(groups(csv(tmp_path, f"群名称,平台,群主\n{rows}合计,5,\n合计：5 个,,\n填表人：张某,,\n说明：以上为全部,,\n"))) == 5


@pytest.mark.parametrize("zero", ["0", "00", "0.0", " 0 "])
def test_a_nought_in_the_column_of_ids_makes_no_two_groups_one(tmp_path: Path, zero: str) -> None:
    loaded = csv(tmp_path, f"群名称,平台,群号\n一群,QQ,{zero.strip() and zero}\n二群,QQ,{zero}\n")
    assert groups(loaded, "name", "group_id")[0][0] == "一群"
    assert loaded.groups.height == 2
    assert wrong(loaded) == []


def test_a_number_that_excel_has_rounded_is_no_id_and_says_so(tmp_path: Path) -> None:
    loaded = csv(tmp_path, "群名称,平台,群号\n一群,QQ,1.23457E+11\n二群,QQ,'0123456\n三群,QQ,123456\n")
    assert groups(loaded, "group_id") == [(None,), ("0123456",), ("123456",)]
    assert wrong(loaded) == [(2, "rounded_id")]


def test_a_cell_of_days_that_a_formula_filled_with_nothing_is_refused_by_row(tmp_path: Path) -> None:
    empty, day = datetime(1900, 1, 1), datetime(2026, 3, 2)  # noqa: DTZ001  a cell has no zone
    loaded = registers.load([book(tmp_path, [HEADER, ["一群", "微信", "小李", empty, 5], ["二群", "微信", "小李", day, 5]])])
    assert groups(loaded, "name", "created") == [("二群", date(2026, 3, 2))]
    assert wrong(loaded) == [(2, "bad_date")]


def test_a_formula_without_a_result_is_an_empty_cell_and_one_as_text_is_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "台账.xlsx", {"strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ['=HYPERLINK("http://x","群")', "微信", "小李", "2026-01-01", 5])
        page.write_row(2, 1, ["微信", "外人", "2026-01-01", 5])
        page.write_formula(2, 0, "=A2", None, "")
    loaded = registers.load([tmp_path / "台账.xlsx"])
    assert groups(loaded) == [('=HYPERLINK("http://x","群")',)]
    assert wrong(loaded) == [(3, "no_name")]


def test_what_a_register_brings_as_a_formula_goes_out_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("群名称,平台,群主,建群时间\n=1+1,微信,@SUM(A1),2026.2.30\n-2+3,微信,+外人,2026-01-01\n", encoding="utf-8")
    registers.write_errors(tmp_path / "错误.xlsx", path)
    registers.write_registers(tmp_path / "台账.xlsx", registers.load([path]).groups)
    for name in ("错误.xlsx", "台账.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert not [part for part in archive.namelist() if b"<f>" in archive.read(part)], name
    assert [row[0] for row in groups(registers.load([tmp_path / "台账.xlsx"]))] == ["-2+3"]


def test_names_with_line_ends_and_padding_are_on_one_line(tmp_path: Path) -> None:
    loaded = registers.load([book(tmp_path, [HEADER, ["一\n群\u3000 ", "微信", "张 三\n李四（主任）13800138000", "2026-01-01", "约35人"]])])
    assert groups(loaded, "name", "owner", "members") == [("一 群", "张三", 35)]


@pytest.mark.parametrize("count", ["-5", "三十五", "3.5", "1e9", "True", "35-40"])
def test_a_size_that_is_no_number_is_left_open_and_told(tmp_path: Path, count: str) -> None:
    loaded = csv(tmp_path, f"群名称,平台,人数\n一群,微信,{count}\n")
    assert groups(loaded, "members") == [(None,)]
    assert wrong(loaded) == [(2, "bad_count")]


def test_of_two_columns_of_one_heading_the_first_counts(tmp_path: Path) -> None:
    assert groups(csv(tmp_path, "群名称,平台,群主,群名称\n一群,微信,小李,别名\n"), "name") == [("一群",)]


def test_a_unit_merged_over_its_groups_is_the_unit_of_each(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["单位", *HEADER],
        ["民政局", "一群", "微信", "小李", None, 5],
        [None, "二群", "微信", "小李", None, 6],
        ["司法局", "三群", "QQ", "外人", None, 7],
    ]
    loaded = registers.load([book(tmp_path, rows, ["A2:A3"])])
    assert groups(loaded, "name", "unit") == [("一群", "民政局"), ("二群", "民政局"), ("三群", "司法局")]


def test_a_heading_merged_across_the_sheet_between_rows_is_no_group(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEADER,
        ["一、机关", *[None] * 4],
        ["一群", "微信", "小李", None, 5],
        ["社区部分", *[None] * 4],
        ["二群", "QQ", "外人", None, 6],
    ]
    loaded = registers.load([book(tmp_path, rows, ["A2:E2", "A4:E4"])])
    assert groups(loaded, "name", "line") == [("一群", 3), ("二群", 5)]
    assert loaded.problems.is_empty()


def test_a_header_printed_again_on_every_page_is_no_group(tmp_path: Path) -> None:
    loaded = csv(tmp_path, "群名称,平台,群主\n一群,微信,小李\n群名称,平台,群主\n二群,QQ,外人\n")
    assert groups(loaded, "name", "line") == [("一群", 2), ("二群", 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_encodings_and_line_ends_change_nothing(tmp_path: Path, encoding: str, end: str) -> None:
    loaded = csv(tmp_path, f"群名称,平台,群主{end}一群𠮷,微信,小李{end}二群,QQ,外人{end}", encoding=encoding)
    assert groups(loaded, "name", "line") == [("一群𠮷", 2), ("二群", 3)]


@pytest.mark.parametrize("text", ["", "\n\n", "群名称,平台,群主\n", "群名称,平台,群主\n,,\n,,\n"])
def test_a_sheet_without_a_row_is_no_group_and_no_crash(tmp_path: Path, text: str) -> None:
    loaded = csv(tmp_path, text)
    assert loaded.groups.is_empty()
    assert loaded.accounts.is_empty()


def test_a_file_that_cannot_be_read_says_why_and_the_others_load(tmp_path: Path) -> None:
    bomb, good, cut = tmp_path / "弹.xlsx", tmp_path / "好.csv", tmp_path / "断.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    good.write_text("群名称,平台,群主\n一群,微信,小李\n", encoding="utf-8")
    cut.write_bytes(bomb.read_bytes()[:200])
    loaded = registers.load([bomb, good, cut, tmp_path / "没有.xlsx", tmp_path])
    assert groups(loaded) == [("一群",)]
    assert loaded.problems.select("file", "code").rows()[:2] == [("弹.xlsx", "zip_bomb"), ("断.xlsx", "damaged")]
    assert {problem.file for problem in loaded.barren} == {"弹.xlsx", "断.xlsx", "没有.xlsx", tmp_path.name}


CELLS = st.sampled_from(
    [
        None,
        "",
        "无",
        "一群",
        "二群",
        "示例",
        "合计",
        "微信",
        "哪里",
        "小李",
        "2026-03-02",
        "2026.2.30",
        "昨天",
        "35",
        "多",
        "0",
        1.5,
        True,
        "@SUM(A1)",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=5, max_size=6), max_size=10))
def test_every_row_is_one_group_or_has_a_fatal_problem_or_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    path = book(tmp_path_factory.mktemp("odd"), [HEADER, *rows])
    loaded = registers.load([path])
    lines = loaded.groups["line"].to_list()
    assert len(lines) == len(set(lines))
    fatal = set(loaded.problems.filter(loaded.problems["code"].is_in(["no_name", "bad_date", "duplicate", "end_before_start"]))["line"])
    assert not fatal & set(lines)
    for number, row in enumerate(rows, 2):
        said = [str(cell) for cell in row if cell is not None and cell != ""]
        alone = len(set(said)) == 1 and (len(said) > 2 or row[0] == "无")  # a heading between rows; 无 for a unit without groups
        ruled = not any(cell is not None and cell != "" for cell in row[:5]) or said[0] in {"示例", "合计"} or alone
        assert (number in {*lines, *fatal}) != ruled


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=8))
def test_the_error_workbook_read_again_finds_the_same_groups_and_the_same_faults(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    folder = tmp_path_factory.mktemp("errors")
    path = book(folder, [["青松街道办事处工作群台账"], HEADER, *rows])
    before = registers.load([path])
    registers.write_errors(folder / "错误.xlsx", path)
    after = registers.load([folder / "错误.xlsx"])
    assert after.groups.drop("file").equals(before.groups.drop("file"))
    assert after.problems.drop("file").equals(before.problems.drop("file"))
