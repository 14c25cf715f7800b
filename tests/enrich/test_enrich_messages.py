"""Messages to facts: what is labelled, when, and by when something is due."""

import polars as pl
import pytest

from qingqun.clock.hours import Hours
from qingqun.enrich import enrich
from qingqun.judge.play import tables
from qingqun.judge.scene import parse


def facts(scene: str) -> pl.DataFrame:
    return enrich(tables(parse(scene))["messages"], Hours.default())


def test_a_machines_line_carries_no_label() -> None:
    found = facts("周三 10:00 工作群 系统: [系统] 请各村报送统计表,收到请回复")
    assert not found.select(pl.selectors.matches("^(is|has)_")).row(0).count(True)


def test_a_files_name_is_read() -> None:
    scene = tables(parse("周三 10:00 工作群 小李: [文件] 附件"))["messages"]
    named = scene.with_columns(attachments=pl.Series([["绝密★启用前 方案.pdf"]]))
    assert enrich(named, Hours.default())["has_secret_mark"].to_list() == [True]
    assert enrich(scene, Hours.default())["has_secret_mark"].to_list() == [False]


def test_groups_and_senders_are_told_apart_by_platform_and_id_before_name() -> None:
    scene = tables(parse("周三 10:00 工作群 小李: 早\n周三 10:01 工作群 小李: 早\n周三 10:02 工作群 小李: 早"))["messages"]
    mixed = scene.with_columns(
        platform=pl.Series(["wechat", "qq", "qq"]), sender_id=pl.Series([None, "1", "2"]), group_id=pl.Series([None, "9", "9"])
    )
    found = enrich(mixed, Hours.default())
    assert found["group_no"].to_list() == [0, 1, 1]
    assert found["sender_no"].to_list() == [0, 1, 2]


@pytest.mark.parametrize(
    ("line", "seconds", "before"),
    [
        ("周三 17:15 工作群 镇办: 请各村今晚八点前报送统计表", 9_900, True),
        ("周三 17:15 工作群 镇办: 请各村明天上午十点前报送统计表", 60_300, False),
        ("周三 20:00 工作群 镇办: 请各村明天上午七点前报送统计表", 39_600, True),
        ("周三 06:30 工作群 镇办: 请各村今天上午八点前报送统计表", 5_400, True),
        ("周三 06:30 工作群 镇办: 请各村今天下午五点前报送统计表", 37_800, False),
        ("周六 10:00 工作群 镇办: 请各村周日晚上十点前报送统计表", 129_600, True),
        ("周三 10:00 工作群 镇办: 请各村做好防火工作", None, None),
    ],
)
def test_a_deadline_is_compared_with_the_next_workday(line: str, seconds: int | None, before: bool | None) -> None:
    found = facts(line)
    assert found["seconds_to_deadline"].to_list() == [seconds]
    assert found["due_before_next_workday"].to_list() == [before]


def test_what_was_due_before_it_was_sent_is_not_due() -> None:
    found = facts("周三 10:00 工作群 镇办: 请各村于3月6日前报送统计表")
    assert found["seconds_to_deadline"].fill_null(1).ge(0).all()


@pytest.mark.parametrize(
    ("text", "at_once"),
    [
        ("请各村看到通知后立即回复收到", True),
        ("请大家5分钟内回复收到", True),
        ("看到请秒回,收到请回复", True),
        ("请各村立即组织排查,收到请回复,有问题随时联系", False),
        ("县里又要数,低保户的底数请各村马上发我", True),
        ("就差东村没回了,现在就回“已知”,收到请回复", True),
        ("东村的名单现在就核,核完立刻报小李", True),
        ("发现安全隐患要第一时间上报", False),
        ("发现有人溺水要立即报警", False),
        ("收到请回复", False),
        ("马上下雨了,大家带伞", False),
    ],
)
def test_haste_counts_where_an_answer_is_demanded(text: str, at_once: bool) -> None:
    assert facts(f"周三 10:00 工作群 镇办: {text}")["wants_at_once"].to_list() == [at_once]


def test_the_order_is_that_of_time_then_of_the_file() -> None:
    found = facts("周三 10:05 工作群 小李: 乙\n周三 10:00 工作群 小李: 甲\n周三 10:05 工作群 小李: 丙")
    assert found["text"].to_list() == ["甲", "乙", "丙"]
