"""Photos as proof, pressed promotion and counted promotion in words the usual lists do not have; and their innocent twins."""

import polars as pl
import pytest

from qingqun.enrich.labels import label_texts

ASKED = [
    ("photo_proof", "巡河的同志走到一处拍一处，桥墩和人同框，没图的按没去算，天黑前传到巡河群"),
    ("photo_proof", "答完题把满分那页截下来交给支部小李，今晚我挨个对"),
    ("photo_proof", "入户宣传光报数字没用，以图为凭，一户一图"),
    ("photo_proof", "铲雪的点位还有三处没补图，八点前补上"),
    ("forced_promotion", "咱镇舞蹈队参加市里评选，8号，全家老少都投，一票别浪费"),
    ("forced_promotion", "各班把校庆链接转到三个以上的家长群，转完的报一声"),
    ("forced_promotion", "即日起干部职工微信头像一律换成创城标识，月底前不得改回"),
    ("forced_promotion", "“邻里通”没绑的住户，楼长今晚挨家帮着绑好"),
    ("assessed_promotion", "“邻里通”激活情况：东区81%、西区64%、南区22%，月底低于60%的扣季度绩效"),
    ("assessed_promotion", "转发一次记0.5分，原创视频一条2分，抖音积分年底折进评优"),
    ("assessed_promotion", "视频号涨粉周榜：一店212、二店96、三店7，三店垫底，店长会上说明"),
]
INNOCENT = [
    ("photo_proof", "车间的阀门漏水了，拍一张铭牌给我看看型号"),
    ("photo_proof", "从今天起入户不再拍照留痕，照片一律不用传"),
    ("photo_proof", "照片墙要用的活动照，家长有就传两张，没有就算了"),
    ("forced_promotion", "毕业生评优用民主投票，纸条也行，结果交学工办"),
    ("forced_promotion", "有居民问扫码点餐是不是必须的，怎么答复好"),
    ("forced_promotion", "网传转发十个群领疫苗的消息是假的，别转"),
    ("assessed_promotion", "垃圾分类检查得分：东区92、西区88、南区75，南区扣2分"),
    ("assessed_promotion", "停止一切以注册量、转发量为指标的内部考核，旧文件即日废止"),
]


def holds(name: str, text: str) -> bool:
    return bool(label_texts(pl.Series([text]))[f"is_{name}"][0])


@pytest.mark.parametrize(("name", "text"), ASKED)
def test_pressure_in_other_words_is_told(name: str, text: str) -> None:
    assert holds(name, text)


@pytest.mark.parametrize(("name", "text"), INNOCENT)
def test_its_innocent_twin_is_not(name: str, text: str) -> None:
    assert not holds(name, text)
