"""Registers as offices really keep them: titles, merged headers, totals, a sheet per unit, dates of all kinds."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from qingqun.intake import registers
from qingqun.intake.registers import vocabulary
from qingqun.intake.registers.days import find_day, read_day
from qingqun.words import ACCOUNTS, GROUPS, PROBLEMS

HEADER: list[object] = ["序号", "群名称", "平台", "群主", "建群时间"]
OLD = Path(__file__).parents[2] / "data" / "registers" / "old.xls"


def book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


def csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def one(path: Path, header: str, row: str) -> dict[str, object]:
    """The only group of a register of one row."""
    loaded = registers.load([csv(path / "一.csv", f"{header}\n{row}\n")])
    assert loaded.groups.height == 1, loaded.problems
    return loaded.groups.row(0, named=True)


def codes(loaded: registers.Registers) -> list[tuple[int, str]]:
    return [(line, code) for _file, line, code, _reason in loaded.problems.iter_rows()]


def test_tables_have_the_schemas_of_the_house_even_when_empty() -> None:
    loaded = registers.load([])
    assert (loaded.groups.schema, loaded.accounts.schema, loaded.problems.schema) == (GROUPS, ACCOUNTS, PROBLEMS)


def test_title_lines_totals_and_signatures_are_no_groups(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["青松街道办事处2026年工作群清理统计表"],
        ["填表时间：2026年7月"],
        HEADER,
        [1, "综合群", "微信", "张主任", "2026.7.3"],
        HEADER,
        ["二、社区"],
        [2, "网格群", "QQ", "小李", "2026年7月"],
        [3],
        [4, "无"],
        ["合  计", "2个"],
        ["注：以上为截至6月底的数据"],
        ["填表人：小李", None, "审核人：张主任"],
    ]
    loaded = registers.load([book(tmp_path / "台账.xlsx", 表=rows)])
    assert loaded.groups.select("name", "unit", "line").rows() == [("综合群", "青松街道办事处", 4), ("网格群", "青松街道办事处", 7)]
    assert loaded.problems.is_empty()


def test_a_header_of_two_merged_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("东社区")
        page.merge_range("A1:G1", "工作群台账")
        page.merge_range("A2:A3", "序号")
        page.merge_range("B2:C2", "群基本情况")
        page.merge_range("D2:F2", "群主")
        page.merge_range("G2:G3", "所属科室")
        page.write_row("B3", ["微信工作群名称", "成员数", "姓名", "职务", "联系电话"])
        page.write_row("A4", [1, "综合群", "35人", "张 三", "主任", 13800000000.0])
        page.write_row("A5", [2, "网格群", 12.0, "李四", "科员", 13800000001.0])
        page.merge_range("G4:G5", "党政办")
    groups = registers.load([path]).groups
    assert groups.select("name", "members", "owner", "owner_office", "unit").rows() == [
        ("综合群", 35, "张三", "东社区党政办主任", "东社区"),
        ("网格群", 12, "李四", "东社区党政办科员", "东社区"),
    ]
    assert "1380000000" not in str(groups.rows())


def test_two_header_lines_without_merged_cells_and_a_unit_written_once(tmp_path: Path) -> None:
    text = "单位,群信息,,群主,\n,群名称,平台,姓名,职务\n东社区,综合群,微信,张主任,主任\n,网格群,钉钉,小李,\n西社区,综合群,微信,外人,\n"
    groups = registers.load([csv(tmp_path / "a.csv", text)]).groups
    assert groups.select("unit", "name", "owner", "line").rows() == [
        ("东社区", "综合群", "张主任", 3),
        ("东社区", "网格群", "小李", 4),
        ("西社区", "综合群", "外人", 5),
    ]


@pytest.mark.parametrize(
    ("sheet", "lines", "unit"),
    [
        ("Sheet1", [["填报单位：青松街道办事处"]], "青松街道办事处"),
        ("Sheet1", [["填报单位（盖章）：", "青松街道办事处", "填报时间：2026年7月"]], "青松街道办事处"),
        ("Sheet1", [["填报单位：", None, "填报时间：2026年7月"]], None),
        ("西社区", [["青松街道办事处工作群台账"]], "西社区"),
        ("Sheet1", [["附件2：2026年度第二小学微信工作群清查登记表"]], "第二小学"),
        ("Sheet1", [["工作群台账"]], None),
    ],
)
def test_a_sheet_says_whose_it_is(tmp_path: Path, sheet: str, lines: list[Sequence[object]], unit: str | None) -> None:
    rows: list[Sequence[object]] = [*lines, HEADER, [1, "综合群", "微信", "小李", ""]]
    path = book(tmp_path / "a.xlsx", **{sheet: rows})
    assert registers.load([path]).groups["unit"].to_list() == [unit]


def test_both_kinds_of_register_in_one_workbook(tmp_path: Path) -> None:
    accounts: list[list[object]] = [
        ["序号", "主办单位", "账号名称", "平台", "开通时间", "最后更新时间", "粉丝数"],
        [1, "东社区", "东社区发布", "微信公众号", 46206, "2026/7/3 8:30", 10],
    ]
    path = book(
        tmp_path / "a.xlsx", 东社区=[HEADER, [1, "综合群", "微信", "小李", 46206]], 政务新媒体=accounts, 填写说明=[["怎样填"]], Sheet3=[]
    )
    loaded = registers.load([path])
    assert loaded.groups.select("name", "created", "file").rows() == [("综合群", date(2026, 7, 3), "a.xlsx[东社区]")]
    assert loaded.accounts[:, :8].rows() == [("wechat", None, "东社区发布", "东社区", None, date(2026, 7, 3), date(2026, 7, 3), None)]
    assert loaded.problems.is_empty()


def test_an_old_workbook_loads() -> None:
    assert registers.load([OLD]).groups.select("name", "platform", "members", "created").rows() == [
        ("综合群", "wechat", 35, date(2026, 7, 3)),
        ("防汛专班群", "zhezhengding", 12, date(2026, 7, 1)),
    ]


def test_bad_rows_are_reported_by_row_and_reason_and_the_others_load(tmp_path: Path) -> None:
    text = """群名称,平台,群主,建群时间,计划解散时间,群成员人数,群号
一群,微信,小李,2026-07-03,,35,
,微信,小李,2026-07-03,,35,
三群,微信,小李,2026.2.30,,35,
四群,微信,小李,2026-07-03,2026-07-01,35,
一群,微信,小李,,,,
六群,传书,小李,,,许多,9.1E+18
"""
    loaded = registers.load([csv(tmp_path / "a.csv", text)])
    assert loaded.groups["name"].to_list() == ["一群", "六群"]
    assert loaded.groups.row(1, named=True) | {"platform": None, "members": None, "group_id": None} == loaded.groups.row(1, named=True)
    assert codes(loaded) == [
        (3, "no_name"),
        (4, "bad_date"),
        (5, "end_before_start"),
        (6, "duplicate"),
        (7, "unknown_platform"),
        (7, "rounded_id"),
        (7, "bad_count"),
    ]
    assert loaded.problems["reason"][1] == "“建群时间”的日期无法识别：2026.2.30"
    assert loaded.problems["reason"][3] == "与第 2 行重复"


def test_the_same_group_in_two_files_is_reported_with_the_other_file(tmp_path: Path) -> None:
    text = "群名称,平台,群号\n综合群,QQ,12345\n"
    loaded = registers.load([csv(tmp_path / "a.csv", text), csv(tmp_path / "b.csv", text)])
    assert loaded.problems["reason"].to_list() == ["与 a.csv 第 2 行重复"]


def test_groups_of_one_name_with_other_owners_are_different_groups(tmp_path: Path) -> None:
    loaded = registers.load([csv(tmp_path / "a.csv", "群名称,平台,群主\n工作群,微信,小李\n工作群,微信,外人\n")])
    assert (loaded.groups.height, loaded.problems.height) == (2, 0)


def test_a_sheet_that_is_no_register_is_a_problem(tmp_path: Path) -> None:
    loaded = registers.load([book(tmp_path / "a.xlsx", 工资=[["姓名", "金额"], ["小李", 1]]), tmp_path / "没有.xlsx"])
    assert loaded.problems.select("file", "line", "code").rows() == [("a.xlsx[工资]", 0, "unknown_sheet"), ("没有.xlsx", 0, "unreadable")]


def test_a_text_file_renamed_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_text("今天天气很好\n", encoding="utf-8")
    assert codes(registers.load([tmp_path / "台账.xlsx"])) == [(0, "not_a_table")]


def test_telephone_numbers_are_never_kept(tmp_path: Path) -> None:
    header = "群名称,平台,群主,职务,管理员,联系电话,填表人"
    group = one(tmp_path, header, "综合群,微信,张主任13912345678,主任(0571-88888888),小李（13812345678）、外人,13712345678,王某")
    assert (group["owner"], group["owner_office"], group["managers"]) == ("张主任", "主任", ["小李", "外人"])
    assert not any(word in str(group) for word in ("139", "138", "137", "0571", "王某"))


def test_a_post_behind_the_name_is_the_office(tmp_path: Path) -> None:
    group = one(tmp_path, "单位,群名称,平台,群主", "民政局,低保群,微信,张三（副局长）")
    assert (group["owner"], group["owner_office"]) == ("张三", "民政局副局长")


def test_a_column_of_measures_tells_of_a_dissolved_group(tmp_path: Path) -> None:
    group = one(tmp_path, "群名称,平台,活跃情况,清理措施", "防汛群,微信,2026.6.1,已于2026年7月5日解散")
    assert (group["disbanded"], group["last_active"]) == (date(2026, 7, 5), date(2026, 6, 1))
    assert one(tmp_path, "群名称,平台,活跃情况,清理措施", "防汛群,微信,活跃,拟于2026年7月5日解散")["disbanded"] is None


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("群名称,平台,群性质", "甲群,微信,单位全员群", "main"),
        ("群名称,平台,群性质", "甲群,微信,综合", "main"),
        ("群名称,平台,群性质", "甲群,微信,科室", "department"),
        ("群名称,平台,群性质", "甲群,微信,条线业务", "topic"),
        ("群名称,平台,类型", "甲群,微信,临时", "special-task"),
        ("群名称,类型,群主", "甲群,专项,小李", "special-task"),
        ("群名称,平台,是否专项/临时", "甲群,微信,是", "special-task"),
        ("群名称,平台,是否专项/临时", "甲群,微信,否", None),
        ("群名称,平台,群主", "三年级二班家长群,微信,小李", "parents"),
        ("群名称,平台,群性质", "甲群,微信,居民", "public"),
        ("群名称,平台,群主", "甲群,微信,小李", None),
    ],
)
def test_the_kind_of_a_group_is_read_or_left_unknown(tmp_path: Path, header: str, row: str, kind: str | None) -> None:
    assert one(tmp_path, header, row)["kind"] == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("微信", "wechat"), ("企业微信", "wecom"), ("企微群", "wecom"), ("ＱＱ群", "qq"), ("钉钉", "dingtalk"), ("浙政钉", "zhezhengding"),
        ("飞书", "feishu"), ("微信视频号", "wechat-channels"), ("微信/QQ", None), ("传书", None), ("wechat", "wechat"),
    ],
)  # fmt: skip
def test_platforms_are_known_by_the_words_offices_use(text: str, code: str | None) -> None:
    assert vocabulary.platform(text) == code


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026.7.3", date(2026, 7, 3)), ("2026/07/03", date(2026, 7, 3)), ("2026年7月3日", date(2026, 7, 3)), ("20260703", date(2026, 7, 3)),
        ("２０２６－７－３", date(2026, 7, 3)), ("2026-07-03 08:30:00", date(2026, 7, 3)), ("2026-07-03T16:30:00Z", date(2026, 7, 4)),
        ("26.7.3", date(2026, 7, 3)), ("约2026年7月", date(2026, 7, 1)), ("2026年", date(2026, 1, 1)), ("46206", date(2026, 7, 3)),
        (46206.0, date(2026, 7, 3)), (20260703.0, date(2026, 7, 3)), (2026.7, date(2026, 7, 1)), (2026.12, date(2026, 12, 1)), (2026.1, None),
        (date(2026, 7, 3), date(2026, 7, 3)), (datetime.fromisoformat("2026-07-03T23:59:00"), date(2026, 7, 3)),
        ("2026.2.30", None), ("2026.13", None), ("活跃", None), (True, None), (None, None), (float("inf"), None), (float("nan"), None), (1e300, None), (12, None),
    ],
)  # fmt: skip
def test_days_are_read_as_offices_write_them(value: object, day: date | None) -> None:
    assert read_day(value) == day  # type: ignore[arg-type]


def test_a_month_as_an_end_is_its_last_day() -> None:
    assert (read_day("2026年2月", end=True), read_day("2026年底", end=True)) == (date(2026, 2, 28), date(2026, 12, 31))
    assert find_day("拟于 2026年7月5日 前解散") == date(2026, 7, 5)


def test_any_order_of_files_gives_the_same_groups(tmp_path: Path) -> None:
    first, second = (
        csv(tmp_path / "a.csv", "群名称,平台,群主\n一群,微信,小李\n"),
        csv(tmp_path / "b.csv", "群名称,平台,群主\n二群,QQ,外人\n"),
    )
    forward, backward = registers.load([first, second]).groups, registers.load([second, first]).groups
    assert forward.sort("name").equals(backward.sort("name"))
    assert isinstance(forward, pl.DataFrame)
