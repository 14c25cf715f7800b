"""The same notice in other words: listed words may stand for one another, phrases may move; nothing that changes a fact may."""

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.repeats import cluster, compare
from qingqun.enrich.repeats.retold.lexicon import told
from qingqun.enrich.repeats.retold.words.acts import ACTS
from qingqun.enrich.repeats.retold.words.daily import DAILY
from qingqun.enrich.repeats.retold.words.small import SMALL
from qingqun.enrich.repeats.retold.words.spare import SPARE
from qingqun.enrich.repeats.retold.words.things import THINGS

DATA = Path(__file__).parents[1] / "data/repeats"
PAIRS = [json.loads(line) for name in ("fifth", "sixth") for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
DENIES = set("不未没无勿非免别禁")

AGAIN = [
    ("请安排一人周三到物资库领劳保鞋，凭领用单。", "请派1人周三去物资库领取劳保鞋，凭领用单。"),
    ("因台风影响，明天全区中小学停课一天。", "受台风影响，全区中小学明天停课1天。"),
    ("新版处方笺已到，请到药剂科库房领取。旧版用完为止。", "处方笺新版已到，请到药剂科库房领取。旧版用完为止。"),
    ("重症病人由医务科协调转床，护士长备好氧气瓶。", "医务科协调重症病人转床，护士长准备好氧气瓶。"),
    ("今晚22点至次日6点升级，请提前告知客户。", "今晚22:00—6:00升级，请提前告诉客户。"),
    ("党费收缴截止25日，交现金的找组织委员。", "党费收缴25号截止，交现金的请找组织委员。"),
    ("每人补助200元，请各村报名单，不超过3人。", "补助200元/人，请各村报名单，3人以内。"),
    ("5月1日至5月3日闭馆，5月4日开放，请相互转告。", "5月1日—3日闭馆，4日开放，请互相转告。"),
    ("第三季度申报期延长至10月27日，请抓紧办理。", "三季度申报期延至10月27日，请尽快办理。"),
    ("会议号482 115 903，请提前10分钟进入，张主任主持。", "会议号：482-115-903，请提前十分钟进入，张主任主持。"),
    ("11月15日前缴清取暖费的享受98折，不收现金。", "11月15日前缴清取暖费的可享受9.8折，不收现金。"),
    ("【水务】因抢修，今晚东环路沿线停水，请储水。", "因抢修，今晚东环路沿线停水，请储水。【水务】"),
    ("请各单位周五前报送隐患台账，由小李汇总。", "请各单位周五前报送隐患台账，由小李汇总，望高度重视、抓好落实。"),
]
CHANGED = [
    ("请王建设通知李长河明早带车到仓库。", "请李长河通知王建设明早带车到仓库。"),
    ("请护士长备好氧气瓶，医务科协调转床。", "请医务科备好氧气瓶，护士长协调转床。"),
    ("今天园区检修，上午停电。", "上午园区检修，今天停电。"),
    ("体育馆12月1日至12月15日闭馆。", "体育馆12月15日至12月1日闭馆。"),
    ("外来车辆必须登记后方可进入。", "外来车辆可以登记后方可进入。"),
    ("每周五上午集中清理。", "每周五下午集中清理。"),
    ("只刷卡，收现金的窗口在一楼。", "可刷卡，收现金的窗口在一楼。"),
    ("材料不规范的退回重报，周五截止。", "材料不的退回重报，周五截止。"),
    ("全区中小学、幼儿园明天停课。", "全区小学、幼儿园明天停课。"),
    ("请带电脑到会，材料会上发。", "请不带电脑到会，材料会上发。"),
    ("【演练】请从东楼梯下楼，到广场集合点名。", "请从东楼梯下楼，到广场集合点名。"),
    ("食堂今晚只供应面食，不供应炒菜。", "食堂今晚只供应炒菜，不供应面食。"),
    ("王庄组带测温枪，李庄组带登记表。", "王庄组带登记表，李庄组带测温枪。"),
    ("请还没报名的来三楼，已报名的不用来。", "请已报名的来三楼，还没报名的不用来。"),
    ("感谢支持，以上安排不变。", "感谢支持，以上安排作废。"),
    ("小李周一值班，小王周二值班。", "周一小王值班，周二小李值班。"),
    ("限3人以内，周五报小李。", "限3人以上，周五报小李。"),
    ("检修期间照明、使用暂停，请备手电。", "检修期间照明暂停，请备手电。"),
    ("请王庄、统筹、李庄三组到场。", "请王庄、李庄三组到场。"),
    ("上午12点前交表。", "下午12点前交表。"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']} {pair['truth']}")
def test_no_changed_fact_is_told_away(pair: dict[str, str]) -> None:
    assert compare(pair["a"], pair["b"]).verdict == compare(pair["b"], pair["a"]).verdict
    assert pair["truth"] == "same" or compare(pair["a"], pair["b"]).verdict != "same"


def test_copies_by_a_free_hand_are_known_more_often_than_the_lists_alone_would() -> None:
    again = [pair for pair in PAIRS if pair["truth"] == "same"]
    assert sum(compare(pair["a"], pair["b"]).verdict == "same" for pair in again) >= 0.35 * len(again)


@pytest.mark.parametrize(("a", "b"), AGAIN)
def test_other_words_and_another_order_are_the_same_notice(a: str, b: str) -> None:
    assert compare(a, b).verdict == "same"
    assert compare(b, a).verdict == "same"


@pytest.mark.parametrize(("a", "b"), CHANGED)
def test_what_changes_a_fact_is_another_notice(a: str, b: str) -> None:
    assert compare(a, b).verdict != "same"
    assert compare(b, a).verdict != "same"


def test_copies_in_other_words_share_a_number() -> None:
    numbers = cluster(pl.Series([text for pair in AGAIN[:4] for text in pair])).to_list()
    assert [numbers[n] == numbers[n + 1] for n in range(0, 8, 2)] == [True] * 4


def test_a_form_filled_in_many_times_is_not_compared_forever() -> None:
    places = [f"{one}{two}村" for one in "王李张刘陈杨赵黄" for two in "家店庄沟桥湾"]
    texts = [f"请{place}明天上午9点到镇政府开防汛会，带台账。" for place in places]
    assert len(set(cluster(pl.Series(texts)).to_list())) == len(texts)


def test_no_line_holds_a_word_and_its_denial() -> None:
    for line in (ACTS + DAILY + THINGS + SMALL).splitlines():
        words = set(line.split())
        denied = {word[1:] for word in words if word[0] in DENIES} | {word[2:] for word in words if word[:2] in ("不要", "不得", "没有")}
        assert not words & (denied - {""}), line


def test_nothing_that_denies_may_go() -> None:
    assert not any(set(word) & DENIES for word in SPARE.split() if word != "特别")


@given(st.sampled_from(SPARE.split()), st.sampled_from(SPARE.split()))
@settings(max_examples=60, deadline=None)
def test_what_may_go_may_not_stand_for_something_else(one: str, two: str) -> None:
    assert told(one, "")
    assert told(one, two) == told(two, one)
