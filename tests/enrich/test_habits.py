"""What only long chats show: papers of two years, weeks of nights; and silence where the chats have holes."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from qingqun.enrich.groups import groups
from qingqun.words import GROUPS, MEMBERSHIPS, Group

ON = date(2026, 3, 13)
Row = dict[str, object]


def group(name: str, unit: str | None = "城关镇", line: int = 1, disbanded: date | None = None) -> Group:
    return Group(
        "wechat", None, name, unit, None, None, [], None, "main", None, date(2020, 1, line), None, disbanded, None, "台账.xlsx", line
    )


def message(days_ago: int, copy: int, name: str = "甲群", more: Row | None = None) -> Row:
    at = datetime(2026, 3, 13, 2, tzinfo=UTC) - timedelta(days=days_ago)
    row: Row = {
        "platform": "wechat", "group_id": None, "group_name": name, "sent_at": at, "kind": "text", "sender_name": "小李", "text": "【通知】定于明天上午召开工作例会",
        "file": "a.txt", "line": 1, "copy_no": copy, "is_publishing": True, "is_emergency": False, "grade": "work",
    }  # fmt: skip
    return {**row, **(more or {})}


def facts(rows: list[Row], *register: Group) -> dict[str, Row]:
    talk = pl.DataFrame(rows, schema_overrides={"group_id": pl.String, "sent_at": pl.Datetime("ms", "UTC"), "copy_no": pl.Int64})
    found = groups(pl.DataFrame(register, schema=GROUPS, orient="row"), talk, MEMBERSHIPS.to_frame(), ON)
    return {row["name"]: row for row in found.iter_rows(named=True)}


def years(before: int, now: int, name: str = "甲群", start: int = 0) -> list[Row]:
    """Give so many different papers spread over the year before last, and over the last."""
    old = [message(365 + 364 * n // before, start + n, name) for n in range(before)]
    return old + [message(364 * n // now, start + 1000 + n, name) for n in range(now)]


def test_the_papers_of_two_years_are_compared() -> None:
    found = facts(years(12, 18), group("甲群"))["甲群"]
    assert (found["papers_before"], found["papers_percent"]) == (12, 150)


def test_the_same_paper_in_several_groups_of_a_unit_counts_once_and_stands_with_the_oldest() -> None:
    rows = [*years(12, 12), message(3, 1000, "乙群"), message(4, 1001, "乙群")]
    found = facts(rows, group("甲群"), group("乙群", line=2))
    assert found["甲群"]["papers_percent"] == 100
    assert found["乙群"]["papers_percent"] is None


def test_a_disbanded_group_still_counts_for_the_year_it_was_used() -> None:
    rows = years(12, 12, "旧群") + years(12, 12, "甲群", start=5000)
    found = facts(rows, group("旧群", disbanded=date(2026, 1, 1)), group("甲群", line=2))
    assert (found["甲群"]["papers_before"], found["旧群"]["papers_before"]) == (24, None)


@pytest.mark.parametrize("hole", range(8))
def test_a_quarter_without_a_line_leaves_nothing_known(hole: int) -> None:
    quarters = (hole * 365 + 3) // 4, ((hole + 1) * 365 + 3) // 4
    rows = [one for one in years(24, 24) if not quarters[0] <= (ON - one["sent_at"].date()).days < quarters[1]]  # type: ignore[attr-defined]
    assert facts(rows, group("甲群"))["甲群"]["papers_percent"] is None


def test_groups_without_a_unit_and_chats_without_facts_say_nothing() -> None:
    assert facts(years(12, 18), group("甲群", unit=None))["甲群"]["papers_percent"] is None
    bare = [{name: value for name, value in one.items() if name != "grade"} for one in years(12, 18)]
    assert facts(bare, group("甲群"))["甲群"]["offhours_weeks"] is None


def test_weeks_count_in_a_row_and_twice_a_week() -> None:
    late: Row = {"grade": "after"}
    three = [message(7 * week + day, week, more=late) for week in range(3) for day in (1, 2)]
    assert facts(three, group("甲群"))["甲群"]["offhours_weeks"] == 3
    gap = [*three, *(message(7 * week + day, week, more=late) for week in range(4, 6) for day in (1, 2))]
    assert facts(gap, group("甲群"))["甲群"]["offhours_weeks"] == 3
    once = [message(7 * week + 1, week, more=late) for week in range(9)]
    assert facts(once, group("甲群"))["甲群"]["offhours_weeks"] is None


def test_emergencies_lunch_and_talk_are_no_night_work() -> None:
    changes: list[Row] = [{"grade": "after", "is_emergency": True}, {"grade": "lunch"}, {"grade": "after", "is_publishing": False}]
    for more in changes:
        rows = [message(7 * week + day, week, more=more) for week in range(5) for day in (1, 2)]
        assert facts(rows, group("甲群"))["甲群"]["offhours_weeks"] is None


def test_what_is_later_than_the_inspection_is_left_out() -> None:
    rows = [*years(12, 12), *(message(-n, 9000 + n) for n in range(1, 20))]
    assert facts(rows, group("甲群"))["甲群"]["papers_percent"] == 100
