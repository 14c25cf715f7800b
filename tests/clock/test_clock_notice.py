"""Notices as published, against the shipped tables; and notices nobody can read."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qingqun.clock import notice
from qingqun.clock.calendar import shipped
from qingqun.clock.errors import NoticeError
from qingqun.clock.table import Standing

NOTICES = Path(__file__).parents[1] / "data" / "clock" / "notices"
YEARS = [2007, 2008, 2014, 2016, 2017, 2019, 2020, 2023, 2024, 2025, 2026]


def text(name: str) -> str:
    return (NOTICES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_a_notice_gives_the_shipped_table(year: int) -> None:
    found = notice.parse(text(str(year)))
    if (NOTICES / f"{year}-change.txt").exists():
        found = notice.parse(text(f"{year}-change"), base=found)
    assert found.year == year
    assert found.standing is Standing.OFFICIAL
    assert found.days == shipped().tables[year].days


def test_half_width_signs_spaces_and_one_long_line_read_the_same() -> None:
    given_text = text("2026").replace("，", ",").replace("（", "(").replace("）", ")").replace("月", " 月 ").replace("\n", "")
    body = given_text[given_text.index("一、") : given_text.index("节假日期间")]
    assert notice.parse(body, year=2026).days == shipped().tables[2026].days


@pytest.mark.parametrize(
    "written",
    [
        "一、元旦：1月1至3日放假，共3天。1月4日上班。",
        "1. 元旦：1月1日星期四至1月3日星期六放\n假调休，共\n3天。\n1月4日（周日）\n上班。",
        "（一）元旦：2026年1月1、2、3日放假；2026年1月4日（星期天）上班",
        "一、元旦：1月1日至3日放假，1月4日上班。\n其中，1月1日为法定节假日。\n鼓励安排职工在1月5日休息。",
        "元旦：1月1日～3日放假。1月4日（周日）照常上班。\n国务院办公厅\n2025年11月4日",
    ],
)
def test_other_hands_write_the_same_days_otherwise(written: str) -> None:
    assert [(day.day, named.off) for day, named in notice.parse(written, year=2026).days.items()] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
    ]


def test_december_without_a_year_is_the_december_before_new_year() -> None:
    found = notice.parse("一、元旦：12月31日（周六）至1月2日（周一）放假调休，共3天。", year=2023)
    assert [str(day) for day in found.days] == ["2022-12-31", "2023-01-01", "2023-01-02"]


def test_a_later_notice_adds_a_holiday_to_the_year_so_far() -> None:
    base = notice.parse("劳动节：5月1日放假，与周末连休。", year=2015)
    later = "纪念日：9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。"
    found = notice.parse(later, base=base, paper="gov.cn")
    assert [(day.day, named.off) for day, named in found.days.items()] == [(1, True), (3, True), (4, True), (5, True), (6, False)]
    assert found.papers == ("gov.cn",)


@pytest.mark.parametrize(
    ("given_text", "line", "reason"),
    [
        ("一、元旦：1月1日放假", 0, "哪一年"),
        ("2026年部分节假日安排\n请各单位周知", 0, "没有找到"),
        ("2026年部分节假日安排\n一、元旦：放假三天", 2, "没有写日期"),
        ("2026年部分节假日安排\n一、元旦：1月1日（周五）放假", 2, "不是周五"),
        ("2026年部分节假日安排\n一、元旦：1月1日至3日放假，共4天", 2, "写着 4 天"),
        ("2026年部分节假日安排\n\n一、春节：2月30日放假", 3, "没有 2 月 30 日"),
        ("2026年部分节假日安排\n一、春节：15日放假", 2, "没有写月份"),
        ("2026年部分节假日安排\n一、春节：2月23日至15日放假", 2, "起止"),
        ("2026年部分节假日安排\n一、春节：2028年2月23日放假", 2, "不在 2026 年"),
        ("2026年部分节假日安排\n一、元旦：1月1日放假。1月4日开工。", 2, "放假还是上班"),
        ("2026年部分节假日安排\n一、元旦：1月1日放假。\n1月4日（周日）", 3, "放假还是上班"),
        ("2026年部分节假日安排\n一、元旦：9月1日放假。", 2, "不含 1 月 1 日"),
        ("2026年部分节假日安排\n一、元旦：1月1日放假。1月4（周日）上班。", 2, "不完整"),
        ("2026年部分节假日安排\n一、中秋节：9月25日放假。1月10日（周六）上班。", 2, "相隔太远"),
        ("2026年部分节假日安排\n一、元旦：1月1日放假1月4日上班", 2, "混在一句"),
        ("2026年部分节假日安排\n一、元旦：1月1日放假。1月5日上班", 2, "不是周末"),
        ("2026年部分节假日安排\n一、元旦：1月1日放假\n二、春节：1月1日放假", 3, "已经写在"),
        ("2026年部分节假日安排\n1月1日放假", 2, "哪个节日"),
        ("关于延长2020年春节假期的通知\n一、延长2020年春节假期至2月2日，2月3日起正常上班。", 2, "无法延长"),
        ("一" * 20_001, 0, "过长"),
    ],
)
def test_a_notice_that_cannot_be_read_names_line_and_reason(given_text: str, line: int, reason: str) -> None:
    with pytest.raises(NoticeError, match=reason) as refused:
        notice.parse(given_text)
    assert refused.value.line == line


@given(st.text("一二、元旦春节:：0129月日年至—()（）周六,，。放假上班共天\n", max_size=120))
@example("一、元旦：²月1日放假")
@example("一、元旦:00月00日放假")
@example("一、元旦:0000年1月1日放假")
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_table_or_an_error_of_ours(scribble: str) -> None:
    with suppress(NoticeError):
        assert notice.parse(scribble, year=2026).days
