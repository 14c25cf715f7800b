"""What stands around a notice and may come and go, and the lists in it: closing lines, lead-ins, addresses, the order of members."""

import json
from pathlib import Path

import polars as pl
import pytest

from qingqun.enrich.repeats import cluster, compare
from qingqun.enrich.repeats.closing import closes

DATA = Path(__file__).parents[1] / "data/repeats"
SETS = ("fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth")
PAIRS = [json.loads(line) for name in SETS for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
NOTICE = "各车间：今日16:30在东库门前做灭火器实操，每班派5人。"
BODY = "双11预售10月24日晚上8点开始，客服两班倒，请假须提前三天找主管。"
CLOSINGS = """
大家互相说一声 老人们互相提醒一下哈 麻烦各社区转到店里 请互相转告 各镇农业中心辛苦了 谢谢乡亲们 大家注意防暑 新春快乐 路上小心
家里老人没微信的帮忙带个话 麻烦各组长转到各自群里 有劳各位了 兄弟们注意保暖 大家多多支持 提前祝同志们中秋快乐 给大家拜个早年
天热多喝水 请姐妹们合理安排时间 请广而告之 平安度过台风天 生意兴隆 辛苦各位河长 感谢各位志愿者的付出 别跑错了
"""
ORDERS = """
没收齐的不要报 热水器请关掉 下雨就改到礼堂 麻烦各组长带队来 辛苦各班组长清点人数 辛苦各位班主任列名单 餐盒当天收回 大家把水管包好
自带手套 违停的拖走 不交的通报 初五也不开 兄弟们注意查看闸门 麻烦家长转到体育场 过期停保 请班主任通知家长 请转告李主任 辛苦各位派人
注意携带身份证 请勿转发 祝贺三班获奖 天热停课 谢谢各位不要来 请转发并上报 麻烦各店关门 各车间主任签字 报街道应急办
"""
LISTED = [
    ("请下游群众、放牧人员、采砂船只于7:30前撤离。", "请下游群众、采砂船只、放牧人员于7:30前撤离。"),
    ("发现漏水、漏电、异响的立即报修。", "发现漏电、异响、漏水的，立即报修。"),
    ("请各组把铁锹、编织袋、雨衣备好，今晚集合。", "请各组把编织袋、雨衣、铁锹备好，今晚集合。"),
    ("成人每位15元，儿童每位8元，现场购票。", "儿童每位8元，成人每位15元，现场购票。"),
    ("通知以下人员：1.65岁以上老人；2.糖尿病患者；3.孕妇。明天体检。", "通知以下人员：1.孕妇；2.65岁以上老人；3.糖尿病患者。明天体检。"),
    ("请在电话机旁张贴新号码，并告知保洁。", "请将新号码张贴在电话机旁，并告知保洁。"),
    ("截至5月29日晚上八点，未登记的默认去年尺码。", "截至5月29日（星期五）20:00，未登记的默认去年尺码。"),
]
PAIRED = [
    ("李工、王工带一队、二队进山。", "王工、李工带一队、二队进山。"),
    ("蓝桶、灰桶放一楼、二楼，按对应摆。", "灰桶、蓝桶放一楼、二楼，按对应摆。"),
    ("小区设一号岗、二号岗，由老周、老吴值守。", "小区设二号岗、一号岗，由老周、老吴值守。"),
    ("甲、乙、丙三个点长分别为老周、老吴、老郑。", "乙、甲、丙三个点长分别为老周、老吴、老郑。"),
    ("请带身份证、合同登记表到窗口。", "请带合同、身份证登记表到窗口。"),
    ("不带手机、水杯进场。", "不带水杯、带手机进场。"),
    ("先查东库、西库，再查南库，明天完成。", "先查东库、南库，再查西库，明天完成。"),
    ("三个村各留两人，21点前报名单。", "三个村共留两人，21点前报名单。"),
    ("请在三楼存放图纸，在四楼存放模型。", "请将模型存放在三楼，将图纸存放在四楼。"),
]


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["truth"] != "same"], ids=lambda pair: pair["id"])
def test_a_changed_fact_is_another_notice(pair: dict[str, str]) -> None:
    assert compare(pair["a"], pair["b"]).verdict != "same"
    assert compare(pair["b"], pair["a"]).verdict != "same"


def test_nearly_every_copy_is_known() -> None:
    again = [pair for pair in PAIRS if pair["truth"] == "same"]
    missed = [pair["id"] for pair in again if compare(pair["a"], pair["b"]).verdict != "same"]
    assert len(missed) <= 0.02 * len(again), missed


@pytest.mark.parametrize("closing", CLOSINGS.split())
def test_a_closing_changes_nothing(closing: str) -> None:
    assert closes(closing)
    for signed in ("", "。", "！安环部", "，石门村委", "\n——安环部"):
        assert compare(NOTICE, NOTICE + closing + signed).verdict == "same"


@pytest.mark.parametrize("order", ORDERS.split())
def test_an_order_at_the_end_is_another_notice(order: str) -> None:
    assert compare(NOTICE, NOTICE + order).verdict != "same"
    assert compare(NOTICE, NOTICE + "大家辛苦了，" + order).verdict != "same"


def test_closings_that_call_other_groups_differ() -> None:
    assert compare(NOTICE + "请业主互相提醒。", NOTICE + "请退休人员互相提醒。").verdict != "same"
    assert compare(NOTICE + "请大家互相提醒。", NOTICE + "谢谢大家").verdict == "same"


@pytest.mark.parametrize(
    "head", ["急！", "紧急转发！", "家长们注意啦📣", "各位：", "【转妇联通知】", "【学生处转】", "@楼组长 ", "转县防办：", "看过来："]
)
def test_a_lead_in_changes_nothing(head: str) -> None:
    assert compare(BODY, head + BODY).verdict == "same"
    assert cluster(pl.Series([BODY, head + BODY])).n_unique() == 1


@pytest.mark.parametrize("head", ["【演练】", "解除！", "更正：", "取消：", "@张主任 ", "未参训人员："])
def test_a_head_that_says_something_is_kept(head: str) -> None:
    assert compare(BODY, head + BODY).verdict != "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [("营销部：", "各位小伙伴，"), ("全体教职工：", "各位老师好，"), ("各村文书：", "各位文书，"), ("各处室：", "各位主任：")],
)
def test_a_general_address_calls_the_same_people(one: str, two: str) -> None:
    assert compare(one + BODY, two + BODY).verdict == compare(two + BODY, one + BODY).verdict == "same"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("营销部：", "客服部："),
        ("各村：", "各社区："),
        ("各位家长，", "各位老师，"),
        ("全体教职工：", "各位家长好，"),
        ("流动党员：", "各位党员，"),
        ("各处室：", "各位家长，"),
        ("一车间：", "各位同事，"),
    ],
)
def test_other_people_get_another_notice(one: str, two: str) -> None:
    assert compare(one + BODY, two + BODY).verdict != "same"
    assert compare(two + BODY, one + BODY).verdict != "same"


@pytest.mark.parametrize(("a", "b"), LISTED)
def test_members_change_places_and_objects_go_before_verbs(a: str, b: str) -> None:
    assert compare(a, b).verdict == compare(b, a).verdict == "same"


@pytest.mark.parametrize(("a", "b"), PAIRED)
def test_an_order_that_ties_two_lists_is_a_fact(a: str, b: str) -> None:
    assert compare(a, b).verdict != "same"
    assert compare(b, a).verdict != "same"
