"""The same notice again? Pairs written by a fresh hand, and what must stay bounded or apart."""

import json
from pathlib import Path

import polars as pl
import pytest

from qingqun.enrich.repeats import cluster, compare
from qingqun.enrich.repeats.align import aligned
from qingqun.enrich.repeats.tokens import read

PAIRS = [json.loads(line) for line in (Path(__file__).parents[1] / "data/repeats/third.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']} {pair['truth']}")
def test_no_changed_fact_is_called_the_same(pair: dict[str, str]) -> None:
    found = compare(pair["a"], pair["b"])
    assert found == compare(pair["a"], pair["b"])
    assert pair["truth"] == "same" or found.verdict != "same"
    numbers = cluster(pl.Series([pair["a"], pair["b"]]))
    assert pair["truth"] == "same" or numbers[0] != numbers[1]


def test_most_sendings_again_are_the_same() -> None:
    again = [pair for pair in PAIRS if pair["truth"] == "same"]
    assert sum(compare(pair["a"], pair["b"]).verdict == "same" for pair in again) >= 0.75 * len(again)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("门诊周二、四、六上午开诊，请转告居民。", "门诊周二、周四、周六上午开诊，请转告居民。"),
        ("14日、15日到技能中心练操作，小李带队。", "14、15日到技能中心练操作，小李带队。"),
        ("请乘1号、2号电梯，货梯停用。", "请乘1、2号电梯，货梯停用。"),
        ("承诺书一店一份，张主任20号收。", "承诺书每店一份，张主任20日收。"),
        ("【食堂】因设备检修，食堂今晚只供应面食，明早恢复。", "因设备检修，食堂今晚只供应面食，明早恢复。"),
        ("预计今晚20:00至次日6:00停水，请储水。", "预计今晚8点至次日6:00停水，请储水。"),
        ("商户门前不占道、不堆物、不晾晒，街长每天巡两次。", "商户门前不堆物、不晾晒、不占道，街长每天巡两次。"),
    ],
)
def test_shorthand_and_headings_are_read(a: str, b: str) -> None:
    assert compare(a, b).verdict == "same"
    assert compare(b, a).verdict == "same"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("【演练】请三楼人员沿东楼梯撤离，到广场集合清点人数。", "请三楼人员沿东楼梯撤离，到广场集合清点人数。"),
        ("【更正】请各村明天上午报防汛台账到安监站张主任处。", "请各村明天上午报防汛台账到安监站张主任处。"),
        ("党员：明天上午到村部参加义务植树，自带铁锹和手套。", "明天上午到村部参加义务植树，自带铁锹和手套。"),
        ("群名片请改为“单位+姓名”，周五前改完。", "群名片请改为“姓名+单位”，周五前改完。"),
        ("请带毕业证、体检表原件报到。", "请带体检表、毕业证原件报到。"),
        ("发错了，以此为准：请各村明天上午报台账到安监站。", "请各村明天上午报台账到安监站。"),
        ("请各村明天上午报台账。请勿转发。", "请各村明天上午报台账。"),
        ("请各村明天上午报台账。找小李领表。", "请各村明天上午报台账。"),
        ("值班周二、四，周六轮空。", "值班周二、五，周六轮空。"),
    ],
)
def test_what_a_heading_or_a_list_says_more_is_kept(a: str, b: str) -> None:
    assert compare(a, b).verdict != "same"
    assert compare(b, a).verdict != "same"


@pytest.mark.parametrize(
    ("a", "b"), [("收到" * 9000, "收到" * 8000 + "好的"), ("请各村上报。" * 3000, "请各村不报。" * 3000), ("1" * 20000, "2" * 20000)]
)
def test_a_long_text_is_one_difference_rather_than_a_long_wait(a: str, b: str) -> None:
    assert len(compare(a, b).differs) <= 3


def test_beyond_the_limit_only_the_same_words_are_the_same() -> None:
    text = "请各村明天上报台账。" * 5000
    assert compare(text, "\n" + text).verdict == "same"
    assert compare(text, text.replace("明天", "后天", 1)).verdict == "related"


def test_differences_stand_where_the_clauses_differ() -> None:
    one, two = (
        read(f"请各村{day}前报台账，" + "地点不变，" * 50 + f"找{name}。").tokens for day, name in (("3月1日", "小李"), ("3月2日", "小王"))
    )
    assert [(a1 - a0, b1 - b0) for a0, a1, b0, b1 in aligned(one, two)] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    "tail",
    ["有问题随时联系我", "不清楚的私聊我。", "请转告家人", "收到的回个话", "祝好", "打扰了", "如已完成请忽略", "请大家务必抓紧落实到位！"],
)
def test_a_last_sentence_of_courtesy_changes_nothing(tail: str) -> None:
    text = "请各村3月5日前报防汛台账，交安监站张主任。"
    assert compare(text, text + tail).verdict == "same"


@pytest.mark.parametrize("head", ["重要的事再说一遍：", "补发：", "亲，", "麻烦大家看一下：", "刚才没发全，", "今天再强调一遍，"])
def test_a_lead_in_changes_nothing(head: str) -> None:
    text = "请各村3月5日前报防汛台账，交安监站张主任。"
    assert compare(text, head + text).verdict == "same"
    assert cluster(pl.Series([text, head + text])).n_unique() == 1
