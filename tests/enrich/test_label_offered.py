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
