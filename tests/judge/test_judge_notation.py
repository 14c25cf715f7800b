"""The notation of scenes, its errors, and the text that explains a rule."""

from datetime import UTC, date, datetime

import pytest

from qingqun.judge import NoSuchRuleError, explain, find
from qingqun.judge.scene import SceneError, parse
from qingqun.words import Clause, Confidence, GroupKind, Kind, Strength


def test_a_message_line_gives_day_time_group_sender_and_text() -> None:
    scene = parse("! 周三 22:10 工作群 张主任: 请报送:统计表")
    (message,) = scene.messages
    assert datetime.fromtimestamp(message.sent_at / 1000, UTC) == datetime(2026, 3, 11, 14, 10, tzinfo=UTC)
    assert (message.group_name, message.sender_name, message.text) == ("工作群", "张主任", "请报送:统计表")
    assert scene.marked == {1}


def test_a_line_may_carry_a_date_and_seconds_and_a_full_width_colon() -> None:
    (message,) = parse("2026-10-10 8:00:05 工作群 小李:好").messages
    assert datetime.fromtimestamp(message.sent_at / 1000, UTC) == datetime(2026, 10, 10, 0, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("[图片]", Kind.IMAGE, "[图片]"),
        ("[文件] 台账.xlsx", Kind.FILE, "台账.xlsx"),
        ("[系统]", Kind.SYSTEM, "[系统]"),
        ("[强]", Kind.TEXT, "[强]"),
        ("图片]", Kind.TEXT, "图片]"),
    ],
)
def test_a_word_in_brackets_is_a_kind(said: str, kind: Kind, text: str) -> None:
    (message,) = parse(f"周一 10:00 工作群 小李: {said}").messages
    assert (message.kind, message.text) == (kind, text)


def test_a_group_line_gives_the_register_and_its_members() -> None:
    scene = parse("群 防汛群 | 城关镇 | 专项 | 2025-05-01 | 2025-10-15 | | 张主任 | 小李 外人")
    (group,) = scene.groups
    assert (group.name, group.unit, group.kind, group.owner) == ("防汛群", "城关镇", GroupKind.SPECIAL_TASK, "张主任")
    assert (group.created, group.task_ends, group.last_active) == (date(2025, 5, 1), date(2025, 10, 15), None)
    assert [member.person_name for member in scene.memberships] == ["小李", "外人"]


def test_an_account_line_gives_the_register() -> None:
    (account,) = parse("! 账号 城关发布 | 城关镇 | 微信 | 2018-03-01 | 2026-03-10").accounts
    assert (account.name, account.platform, account.last_post, account.closed) == ("城关发布", "微信", date(2026, 3, 10), None)


@pytest.mark.parametrize(
    "line",
    ["周三 工作群 小李: 好", "周三 10:00 工作群 没有冒号", "群 | 城关镇", "群 甲 | 乙 | 什么", "群 甲 | 乙 | 专项 | 昨天", "账号 | 城关镇"],
)
def test_a_line_that_cannot_be_read_is_an_error(line: str) -> None:
    with pytest.raises(SceneError):
        parse(line)


def test_explaining_a_rule_shows_numbers_scene_and_clause() -> None:
    clause = Clause(
        "X-9", "flooding", "《办法》", "全国", "2024", "不得刷屏", "第三条", Strength.HARD, Confidence.VERIFIED, "来源", {"messages": 6}
    )
    text = explain("flooding", [clause])
    assert text.startswith("flooding 刷屏\n")
    assert "messages = 5 条 X-9 原文为 6 条" in text
    assert "seconds = 5 分钟 （产品默认）" in text
    assert "X-9 全国 《办法》 第三条" in text
    assert all(line in text for line in find("flooding").scene.splitlines())


def test_a_rule_without_a_clause_says_so() -> None:
    assert "没有找到条款" in explain("shaming")


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(NoSuchRuleError):
        explain("nonsense")
