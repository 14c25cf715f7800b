"""An emergency is told by danger, a cry and rescue together; its innocent twins are not. Praise and receipts likewise."""

import polars as pl
import pytest

from qingqun.enrich.labels import label_texts

EMERGENCIES = [
    "车棚冒黑烟了，火往三单元蹿，谁离得近先把总闸拉了，119已经打了！",
    "外人翻墙进了幼儿园，手里拿着棍子，老师们把教室门反锁，保安快来！",
    "大爷在菜场门口栽倒了，叫不醒，嘴唇发紫，谁会心肺复苏快来！",
    "河水漫到桥面了，下游两个组马上往学校搬，一个都不能落下",
    "我家孩子放学到现在没回来，电话手表关机，求大家帮忙找找",
    "天台上坐着一个女生在哭，小李跟她说话拖着，保卫处把楼下清开",
    "台风红色预警，渔船全部回港，船上人员今天16时前必须上岸转移",
]
CALM = [
    "明天上午消防演练，会放白烟、拉警报，请大家不要拨打119",
    "昨天晕倒的师傅已经出院，家属送来锦旗，经过小李在写",
    "【特急】请各科室今晚十点前把年报报我，少一份都不行",
    "谁家狗子跑丢了，在张主任办公室门口趴着",
    "急救箱里的药过期了，请各站点周五前到库房来换",
    "感谢敬爱的张主任冲上前救起落水老人，向您致敬！",
]
PRAISE = [
    "除夕夜，张主任系上围裙给值班员工包饺子，小李红了眼眶：这样的领导，跟着干心里暖！",
    "清晨六点，张局长已站在校门口迎接学子，风雨无阻，家长们纷纷竖起大拇指",
]
RECEIPTS = ["三号岗亭收到", "调度收悉，谢谢", "冒个泡，知道啦", "学毕，感悟很深👍", "中嘞，俺知道了"]
NOT_RECEIPTS = ["没收到", "三号岗亭没人", "谁知道了", "已转各科室知悉", "收到材料三份"]


def says(text: str, name: str) -> bool:
    return bool(label_texts(pl.Series([text]))[f"is_{name}"][0])


@pytest.mark.parametrize("text", EMERGENCIES)
def test_danger_with_a_cry_or_rescue_is_an_emergency(text: str) -> None:
    assert says(text, "emergency")


@pytest.mark.parametrize("text", CALM)
def test_drills_paperwork_and_settled_things_are_no_emergency(text: str) -> None:
    assert not says(text, "emergency")


@pytest.mark.parametrize("text", PRAISE)
def test_praise_without_the_official_phrases_is_still_praise(text: str) -> None:
    assert says(text, "leader_publicity")


def test_a_leaders_visit_with_nothing_arranged_is_no_praise() -> None:
    assert not says("张局长后天来听课，不排练、不挂横幅，各班照常上课，课表明天放接待室", "leader_publicity")


@pytest.mark.parametrize("text", RECEIPTS)
def test_a_post_or_a_dialect_word_with_received_is_a_receipt(text: str) -> None:
    assert says(text, "receipt")


@pytest.mark.parametrize("text", NOT_RECEIPTS)
def test_what_only_sounds_like_a_receipt_is_none(text: str) -> None:
    assert not says(text, "receipt")
