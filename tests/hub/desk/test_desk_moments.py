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


@pytest.fixture
def night(desk: SimpleNamespace) -> SimpleNamespace:
    more_people(desk)
    desk.clock.at = beijing("2026-11-23 23:15")
    return desk


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("明天下午2点半在三楼召开党员大会。", "11月24日（周二）下午2点半在三楼召开党员大会。"),
        ("昨天的会议纪要请查收。", "11月22日（周日）的会议纪要请查收。"),
        ("今晚8点和后天上午停水。", "11月23日（周一）晚8点和11月25日（周三）上午停水。"),
        ("刚才接上级通知，明天起停水。", "11月23日（周一）接上级通知，11月24日（周二）起停水。"),
        ("今明两天有雨。", "11月23日（周一）、11月24日（周二）有雨。"),
    ],
)
def test_a_day_that_readers_take_for_another_becomes_its_date_by_one_tap(night: SimpleNamespace, text: str, dated: str) -> None:
    draft = begun(night, text=text)
    page = preview(night, draft)
    assert "10 人要到 11月24日（周二）08:30 才收到提醒，会看成另一天" in page
    assert "没有发现问题" not in page
    draft.refresh_from_db()
    assert draft.text == text
    after = preview(night, draft, act="take:days")
    draft.refresh_from_db()
    assert draft.text == dated
    assert "会看成另一天" not in after
    preview(night, draft, act="back")
    draft.refresh_from_db()
    assert draft.text == text


@pytest.mark.parametrize(
    "text", ["今天（11月23日）的台账已收齐。", "周五开会。", "下周三开会。", "每天下午5点前更新台账。", "11月24日（明天）下午停水。"]
)
def test_a_day_that_says_the_same_tomorrow_is_left_alone(night: SimpleNamespace, text: str) -> None:
    assert "会看成另一天" not in preview(night, begun(night, text=text))


def test_a_week_is_another_one_for_who_reads_it_on_monday(night: SimpleNamespace) -> None:
    night.clock.at = beijing("2026-11-22 20:00")
    draft = begun(night, text="下周三下午开会。")
    assert "会看成另一天" in preview(night, draft)
    preview(night, draft, act="take:days")
    draft.refresh_from_db()
    assert draft.text == "11月25日（周三）下午开会。"


def test_in_working_time_today_is_today(desk: SimpleNamespace) -> None:
    more_people(desk)
    assert "会看成另一天" not in preview(desk, begun(desk, text="今天下午5点前报送统计表。"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请今天下午3点前报送统计表。", "正文写的“今天下午3点前”（11月23日（周一）15:00）已经过了"),
        ("11月24日上午9:00前报送台账。", "10 人收到提醒以后，离正文写的“11月24日上午9:00前”"),
        ("请11月24日上午8点前报送台账。", "最早 11月24日（周二）08:30 才响"),
    ],
)
def test_a_deadline_of_the_text_that_nobody_can_keep_is_put_off_by_one_tap(night: SimpleNamespace, text: str, said: str) -> None:
    draft = begun(night, text=text, deadline="")
    page = preview(night, draft)
    assert said in page
    assert "08:31" not in page
    preview(night, draft, act="take:moved" if "take:moved" in page else "take:overtime")
    draft.refresh_from_db()
    assert "11月24日（周二）17:30前报送" in draft.text
    assert "没有发现问题" in preview(night, draft)


def test_everything_taken_leaves_nothing_that_has_a_lawful_wording(night: SimpleNamespace) -> None:
    draft = begun(night, text="请各网格员拍照发到群里，今晚务必完成入户走访，收到请回复。")
    page = preview(night, draft)
    shown = page.partition("全部采用以后是这样")[2].partition("全部采用建议的改法")[0]
    assert "11月24日（周二）17:30前" in shown
    assert "没有发现问题" in preview(night, draft, act="take:every")


def test_what_has_no_lawful_wording_is_said_at_the_button(night: SimpleNamespace) -> None:
    draft = begun(night, text="请周六到岗加班，收到请回复，拍照发到群里。")
    page = preview(night, draft)
    assert "这些没有现成的改法，采用以后还在，要您自己改：安排在休息日、节假日工作" in page.partition("全部采用建议的改法")[0]
    assert "没有现成的改法，要您自己改。" in preview(night, draft, act="take:every")
