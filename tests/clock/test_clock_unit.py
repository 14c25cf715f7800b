"""Units' files: the ones published notices give, and every way to write one wrongly."""

from datetime import date, datetime
from pathlib import Path

import pytest

from qingqun.clock import BEIJING, moment, region, unit
from qingqun.clock.errors import ClockFileError
from qingqun.clock.grade import Grade
from qingqun.clock.hours import Hours
from qingqun.clock.table import Standing

UNITS = Path(__file__).parents[1] / "data" / "clock" / "units"
SEASON = '[[season]]\nhours = ["08:30-12:00", "14:30-17:30"]\n'


def at(text: str, hours: Hours) -> Grade:
    return moment.answer(moment.parse(text), hours).grade


@pytest.mark.parametrize(
    ("name", "text", "grade"),
    [
        ("quanzhou", "2026-06-01 17:45", "work"),
        ("quanzhou", "2026-10-08 17:45", "after"),
        ("quanzhou", "2026-12-31 14:45", "work"),
        ("quanzhou", "2026-06-02 21:59", "work"),
        ("quanzhou", "2026-06-02 22:00", "night"),
        ("quanzhou", "2026-06-03 20:00", "after"),
        ("quanzhou", "2026-05-05 20:00", "holiday"),
        ("xiangtan", "2026-06-30 14:45", "work"),
        ("xiangtan", "2026-07-01 14:45", "lunch"),
        ("chongqing", "2026-05-06 12:15", "work"),
        ("chongqing", "2026-03-09 12:15", "lunch"),
        ("fuzhou", "2026-09-30 17:59", "work"),
        ("pingxiang", "2026-01-05 13:30", "work"),
        ("province", "2026-05-06 14:59", "lunch"),
        ("xinjiang", "2026-03-09 19:59", "work"),
        ("xinjiang", "2026-03-09 09:00", "after"),
        ("lhasa", "2026-02-26 10:00", "holiday"),
        ("lhasa", "2026-02-28 10:00", "work"),
        ("ward", "2026-03-09 23:30", "work"),
        ("ward", "2026-03-10 07:59", "work"),
        ("ward", "2026-10-01 23:30", "work"),
        ("ward", "2026-10-02 12:00", "holiday"),
        ("ward", "2026-03-14 12:00", "work"),
        ("ward", "2026-03-14 18:00", "rest_day"),
    ],
)
def test_a_unit_works_as_its_notice_says(name: str, text: str, grade: str) -> None:
    assert at(text, unit.load(UNITS / f"{name}.toml")) == grade


def test_hours_nobody_set_are_marked_as_the_products() -> None:
    assert Hours.default().product_default
    assert unit.load(UNITS / "chongqing.toml").product_default
    assert not unit.load(UNITS / "xiangtan.toml").product_default


def test_an_entered_year_is_provisional_and_the_shipped_calendar_is_untouched() -> None:
    found = unit.load(UNITS / "entered.toml")
    assert moment.answer(moment.parse("2027-02-08 10:00"), found).year is Standing.PROVISIONAL
    assert Hours.default().calendar.standing(2027) is Standing.UNKNOWN


def test_a_notice_pasted_beside_the_unit_makes_its_year_official(tmp_path: Path) -> None:
    (tmp_path / "2027.txt").write_text("2027年部分节假日安排\n一、元旦：1月1日放假，与周末连休。", encoding="utf-8")
    (tmp_path / "u.toml").write_text(f'name = "小李的单位"\ncalendars = ["2027.txt"]\n{SEASON}', encoding="utf-8")
    found = unit.load(tmp_path / "u.toml")
    assert found.calendar.standing(2027) is Standing.OFFICIAL
    assert found.calendar.works(date(2027, 10, 1))


def test_guangxi_works_another_saturday_than_the_country() -> None:
    calendar = Hours.default().calendar.overlaid(region.load(region.REGIONS / "guangxi.toml").days)
    assert [calendar.works(date(2017, 4, day)) for day in (1, 8)] == [False, True]
    assert [Hours.default().calendar.works(date(2017, 4, day)) for day in (1, 8)] == [True, False]
    assert ("壮族三月三", date(2017, 3, 30), date(2017, 4, 1)) in calendar.blocks(2017)


def test_hours_are_frozen_and_equal_by_value() -> None:
    assert unit.load(UNITS / "ward.toml") == unit.load(UNITS / "ward.toml")
    assert hash(unit.load(UNITS / "lhasa.toml")) == hash(unit.load(UNITS / "lhasa.toml"))
    with pytest.raises(AttributeError):
        Hours.default().name = "外人"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("content", "key", "reason"),
    [
        ("name = ", "", "不是 TOML"),
        ("a = " + "[" * 20_000, "", "不是 TOML"),
        ("#" * 300_000, "", "过大"),
        (SEASON, "name", "不能缺少"),
        ('name = "单位"\nlunch = true', "lunch", "没有这一项"),
        ('name = "单位"\nseason = 1', "season", "写作"),
        ('name = "单位"\n[[season]]\nhours = []', "season.1.hours", "不能缺少"),
        ('name = "单位"\n[[season]]\nhours = "08:30-17:30"', "season.1.hours", "列表"),
        ('name = "单位"\n[[season]]\nhours = ["8点到12点"]', "season.1.hours", "应写成"),
        ('name = "单位"\n[[season]]\nhours = ["08:30-25:00"]', "season.1.hours", "钟点"),
        ('name = "单位"\n[[season]]\nhours = ["12:00-08:30"]', "season.1.hours", "晚于"),
        ('name = "单位"\n[[season]]\nhours = ["08:30-12:00", "11:00-17:30"]', "season.1.hours", "重叠"),
        ('name = "单位"\n[[season]]\nfrom = "06-01"\nhours = ["08:30-12:00"]', "season.1.to", "一起"),
        ('name = "单位"\n[[season]]\nfrom = "06-31"\nto = "09-30"\nhours = ["08:30-12:00"]', "season.1.from", "月和日"),
        (f'name = "单位"\n{SEASON}{SEASON}', "season.2.from", "第 1 季都含 01-01"),
        ('name = "单位"\n[[evening]]\ndays = ["周八"]\nhours = "19:00-20:00"', "evening.1.days", "周八"),
        ('name = "单位"\n[[evening]]\nhours = "19:00-20:00"', "evening.1.days", "不能缺少"),
        ('name = "单位"\n[[shift]]\ndays = ["每天"]\nhours = "20:00-08:00"\nholidays = "是"', "shift.1.holidays", "true"),
        ('name = "单位"\nregion = "atlantis"', "region", "guangxi、lhasa"),
        ('name = "单位"\ncalendars = ["没有.json"]', "calendars", "没有.json"),
    ],
)
def test_a_wrong_unit_file_is_refused_with_file_key_and_reason(content: str, key: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "单位.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ClockFileError, match=reason) as refused:
        unit.load(tmp_path / "单位.toml")
    assert (refused.value.file, refused.value.key) == ("单位.toml", key)


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClockFileError, match="读不了"):
        unit.load(tmp_path / "没有.toml")
    (tmp_path / "gbk.toml").write_bytes('name = "单位"'.encode("gbk"))
    with pytest.raises(ClockFileError, match="UTF-8"):
        unit.load(tmp_path / "gbk.toml")


@pytest.mark.parametrize(
    ("year", "standing", "reason"), [(2026, "provisional", "2026 年不能以 provisional"), (2027, "unknown", "2027 年不能以 unknown")]
)
def test_an_entered_year_may_not_weaken_a_published_one(year: int, standing: str, reason: str, tmp_path: Path) -> None:
    row = f'{{"name": "元旦", "date": "{year}-01-01", "isOffDay": true}}'
    (tmp_path / "y.json").write_text(f'{{"year": {year}, "standing": "{standing}", "days": [{row}]}}', encoding="utf-8")
    (tmp_path / "u.toml").write_text('name = "单位"\ncalendars = ["y.json"]', encoding="utf-8")
    with pytest.raises(ClockFileError, match=reason):
        unit.load(tmp_path / "u.toml")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('name = "某地"', "off"),
        ('name = "某地"\n[[off]]\nname = "节"\ndays = ["2026-01-01"]', "off.1.days"),
        ('name = "某地"\n[[off]]\nname = "节"\ndays = [2026-01-05]\n[[work]]\nname = "节"\ndays = [2026-01-05]', "work.1.days"),
        ('name = "某地"\n[[off]]\ndays = [2026-01-05]', "off.1.name"),
    ],
)
def test_a_wrong_region_file_is_refused(content: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "某地.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ClockFileError) as refused:
        region.load(tmp_path / "某地.toml")
    assert refused.value.key == key


def test_a_region_of_ones_own_stands_beside_the_unit(tmp_path: Path) -> None:
    (tmp_path / "某地.toml").write_text('name = "某地"\n[[off]]\nname = "火把节"\ndays = [2026-08-06]', encoding="utf-8")
    (tmp_path / "u.toml").write_text(f'name = "单位"\nregion = "某地.toml"\n{SEASON}', encoding="utf-8")
    found = unit.load(tmp_path / "u.toml")
    assert moment.answer(datetime(2026, 8, 6, 10, tzinfo=BEIJING), found).grade is Grade.HOLIDAY
