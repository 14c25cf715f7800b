"""A text that sets a moment before people would hear of it, or on a day off, gets a warning with what to do."""

from types import SimpleNamespace

import pytest
from desk_help import begun, more_people, preview
from hub_help import beijing


@pytest.fixture
def saturday(desk: SimpleNamespace) -> SimpleNamespace:
    more_people(desk)
    desk.clock.at = beijing("2026-03-14 20:30")
    return desk


def test_what_begins_before_people_are_rung_is_said(saturday: SimpleNamespace) -> None:
    page = preview(saturday, begun(saturday, text="周日上午9点入户走访困难户，请各社区组织人员参加。"))
    assert "“周日上午9点”" in page
    assert "还没有收到提醒" in page
    assert "只叫值班的人" in page
    assert "是休息日，等于要加班" in page
    assert "没有发现问题" not in page


def test_a_deadline_in_the_text_is_such_a_moment(saturday: SimpleNamespace) -> None:
    assert "还没有收到提醒" in preview(saturday, begun(saturday, text="请各社区周一上午8点前报送统计表。"))


@pytest.mark.parametrize("text", ["请各社区于周五下班前报送一季度统计表。", "每周日晚8点前更新台账。", "昨天上午9点召开了会议。"])
def test_a_moment_that_people_hear_of_in_time_is_none(saturday: SimpleNamespace, text: str) -> None:
    assert "还没有收到提醒" not in preview(saturday, begun(saturday, text=text))


def test_work_ordered_on_a_day_off_is_said_though_all_hear_of_it(desk: SimpleNamespace) -> None:
    more_people(desk)
    page = preview(desk, begun(desk, text="请各社区周六上午9点到岗整理档案。"))
    assert "是休息日，等于要加班" in page
    assert "还没有收到提醒" not in page
