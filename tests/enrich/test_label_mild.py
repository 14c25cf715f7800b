"""What is only offered presses nobody; what calls itself free and counts all the same does."""

import polars as pl
import pytest

from qingqun.enrich.labels import label_texts

TITLE = "关于关注公众号的通知\n"


def forced(text: str) -> bool:
    return bool(label_texts(pl.Series([text]))["is_forced_promotion"][0])


@pytest.mark.parametrize(
    "text",
    [
        "有需要的可以关注“东塔发布”公众号。",
        "有需要的可以关注“东塔发布”公众号，完全自愿。",
        "有需要的可以关注“东塔发布”公众号。自愿参加，不作考核依据。",
        "愿意的可以关注“东塔发布”公众号，不强求。",
    ],
)
def test_an_offer_under_an_official_title_stays_an_offer(text: str) -> None:
    assert not forced(TITLE + text)


@pytest.mark.parametrize(
    "text",
    [
        "请全体人员今天内关注“东塔发布”公众号并转发朋友圈。",
        "说是自愿关注公众号，没关注的明天在群里点名。",
        "自愿关注公众号，但每人都要截图发群里，关注率低于90%的社区通报。",
    ],
)
def test_what_counts_or_names_is_no_offer(text: str) -> None:
    assert forced(TITLE + text)


def test_a_column_without_any_promotion_is_read_as_before() -> None:
    assert not label_texts(pl.Series(["收到", "明天九点开会", "", None]))["is_forced_promotion"].any()


def answers(text: str) -> bool:
    return bool(label_texts(pl.Series([text]))["is_reply_demand"][0])


@pytest.mark.parametrize(
    "text", ["关于中秋放假的通知已发，请各社区知悉。", "防汛预案已更新，请各社区知悉并遵照执行。", "办公地点已搬到三楼，请大家周知"]
)
def test_what_is_to_be_known_asks_for_no_answer(text: str) -> None:
    assert not answers(text)


@pytest.mark.parametrize(
    "text",
    [
        "关于放假的通知已发，请各社区知悉并回复收到。",
        "新的着装规定发群文件了，大家看完每人报个名字加“知悉”",
        "培训安排请各科室按“科室+知晓”依次跟帖，缺一个我就等一个",
    ],
)
def test_a_sign_of_having_read_it_is_an_answer(text: str) -> None:
    assert answers(text)
