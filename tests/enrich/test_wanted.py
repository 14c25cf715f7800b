"""What is asked for, promoted, counted or handed over, told by plain phrases."""

import polars as pl
import pytest

from qingqun.enrich.wanted import counts_heads, hands_over, promotes_account, promotes_app, wants_data


def one(fact: object, text: str) -> bool:
    assert callable(fact)
    found: bool = fact(pl.Series([text])).item()
    return found


@pytest.mark.parametrize(
    "text", ["请各社区今天下午3点前报送统计表", "各村把垃圾桶数量统计一下,下午报给我", "请填写附件表格,下班前交到民政办"]
)
def test_data_is_asked_for(text: str) -> None:
    assert one(wants_data, text)


@pytest.mark.parametrize("text", ["请下午5点前报送参会人员名单", "请今天把门前积雪扫干净", "台账检查定在下午三点", "收到请回执,下午统计"])
def test_who_comes_and_what_is_done_is_no_data(text: str) -> None:
    assert not one(wants_data, text)


@pytest.mark.parametrize(
    "text",
    ["陈姐,名单发您邮箱了,请查收", "张主任,各社区的汇总表已经发给您了,请审阅", "小李,你要的台账我传你了", "@王会计 报销单放您桌上了"],
)
def test_what_is_handed_to_one_person_is_told(text: str) -> None:
    assert one(hands_over, text)


@pytest.mark.parametrize(
    "text",
    ["各社区,名单发到群里了,请查收", "张主任,请各科室明天交表,模板发您了", "陈姐,明天上午把名单发我", "大家,表格发你们邮箱了,务必今天填好"],
)
def test_what_is_asked_of_others_is_not_handed_over(text: str) -> None:
    assert not one(hands_over, text)


def test_an_application_and_an_account_are_told_apart() -> None:
    follow, install = "请全体干部关注街道公众号并转发朋友圈", "请大家今天下载反诈app并注册"
    assert (one(promotes_account, follow), one(promotes_app, follow)) == (True, False)
    assert (one(promotes_account, install), one(promotes_app, install)) == (False, True)


def test_a_number_for_each_is_told_from_a_number_of_all() -> None:
    assert one(counts_heads, "转发朋友圈,每人不少于3次")
    assert one(counts_heads, "每个社区至少转发20条")
    assert not one(counts_heads, "公众号已有3万人关注")
    assert not one(counts_heads, "每人一份盒饭")
