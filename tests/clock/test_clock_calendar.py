"""Every day of twenty years, blocks, and years nobody has published."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from qingqun.clock import table
from qingqun.clock.calendar import TABLES, Block, blocks, shipped
from qingqun.clock.errors import ClockFileError
from qingqun.clock.table import Named, Standing

DAYS = [date(2007, 1, 1) + timedelta(days=number) for number in range(7305)]


def test_every_day_of_2007_to_2026_is_as_chinesecalendar_has_it() -> None:
    assert DAYS[-1] == date(2026, 12, 31)
    assert [day for day in DAYS if shipped().works(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_of_2007_to_2026_is_as_its_table_or_else_its_weekday_says() -> None:
    tables = [table.read((TABLES / f"{year}.json").read_bytes(), f"{year}") for year in range(2007, 2027)]
    off = {day: named.off for one in tables for day, named in one.days.items()}
    assert [day for day in DAYS if shipped().works(day) != (not off.get(day, day.weekday() > 4))] == []


def test_no_two_tables_speak_of_the_same_day() -> None:
    assert sum(len(one.days) for one in shipped().tables.values()) == len(shipped().days)


def test_published_years_are_official_and_cite_their_notice() -> None:
    assert all(shipped().standing(year) is Standing.OFFICIAL and shipped().tables[year].papers for year in range(2007, 2027))


@pytest.mark.parametrize("year", [1999, 2006, 2027, 2028, 2100])
def test_other_years_are_unknown(year: int) -> None:
    assert shipped().standing(year) is Standing.UNKNOWN


def test_2027_rests_on_its_derived_blocks_and_on_every_weekend() -> None:
    year = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    weekdays_off = [day for day in year if day.weekday() < 5 and not shipped().works(day)]
    assert not any(shipped().works(day) for day in year if day.weekday() > 4)
    assert len(weekdays_off) == 1 + 6 + 1 + 3 + 1 + 1 + 5
    assert not shipped().works(date(2027, 10, 1))


def test_a_year_without_any_table_keeps_the_fixed_days_of_the_law_and_nothing_else() -> None:
    off = [date(2029, 1, 1) + timedelta(days=number) for number in range(365)]
    off = [day for day in off if day.weekday() < 5 and not shipped().works(day)]
    assert off == [date(2029, 1, 1), date(2029, 5, 1), date(2029, 5, 2), date(2029, 10, 1), date(2029, 10, 2), date(2029, 10, 3)]
    assert blocks(2029)[1] == Block("劳动节", date(2029, 5, 1), date(2029, 5, 2))


def test_blocks_come_in_order_with_first_and_last_day() -> None:
    assert blocks(2026)[0] == ("元旦", date(2026, 1, 1), date(2026, 1, 3))
    assert blocks(2026)[-1] == ("国庆节", date(2026, 10, 1), date(2026, 10, 7))
    assert [block.name for block in blocks(2026)] == ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]


def test_a_block_holds_the_sunday_between_its_days_and_may_begin_in_december() -> None:
    assert Block("清明节", date(2014, 4, 5), date(2014, 4, 7)) in blocks(2014)
    assert blocks(2019)[0] == ("元旦", date(2018, 12, 30), date(2019, 1, 1))


def test_a_later_table_may_rename_a_december_day() -> None:
    notice = table.Table(2027, Standing.OFFICIAL, {date(2026, 12, 31): Named("元旦", off=True)}, ("notice",))
    entered = shipped().entered([notice])
    assert not entered.works(date(2026, 12, 31))
    assert entered.standing(2027) is Standing.OFFICIAL
    assert shipped().works(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("[", ""),
        ("[]", ""),
        ("[" * 100_000, ""),
        ('{"year": "2027"}', "year"),
        ('{"year": 2027, "papers": [], "days": []}', "days"),
        ('{"year": 2027, "standing": "sure", "days": []}', "standing"),
        ('{"year": 2027, "standing": "official", "days": []}', "papers"),
        ('{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01"}]}', "days.1"),
        ('{"year": 2027, "days": [{"name": "元旦", "date": "2027-02-30", "isOffDay": true}]}', "days.1.date"),
        ('{"year": 2027, "days": [{"name": "元旦", "date": "2028-01-01", "isOffDay": true}]}', "days.1"),
        ('{"year": 2027, "days": [{"name": "春节", "date": "2027-02-20", "isOffDay": false}]}', "days"),
        (" " * (table.LARGEST + 1), ""),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_file_and_key(content: str, key: str) -> None:
    with pytest.raises(ClockFileError, match="坏表") as refused:
        table.read(content.encode(), "坏表.json")
    assert refused.value.key == key
