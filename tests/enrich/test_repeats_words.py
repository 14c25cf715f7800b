"""The lists of words that may stand for one another: broad, and no line holds two words that change a fact."""

import json
from pathlib import Path

import pytest

from qingqun.enrich.repeats import compare
from qingqun.enrich.repeats.retold.lexicon import told
from qingqun.enrich.repeats.retold.words.acts import ACTS
from qingqun.enrich.repeats.retold.words.daily import DAILY
from qingqun.enrich.repeats.retold.words.daytime import DAYTIME
from qingqun.enrich.repeats.retold.words.goods import GOODS
from qingqun.enrich.repeats.retold.words.manner import MANNER
from qingqun.enrich.repeats.retold.words.office import OFFICE
from qingqun.enrich.repeats.retold.words.people import PEOPLE
from qingqun.enrich.repeats.retold.words.polite import CORE, POLITE
from qingqun.enrich.repeats.retold.words.settings import SETTINGS
from qingqun.enrich.repeats.retold.words.small import SMALL
from qingqun.enrich.repeats.retold.words.spare import SPARE
from qingqun.enrich.repeats.retold.words.things import THINGS

DATA = Path(__file__).parents[1] / "data/repeats"
LINES = [line for words in (ACTS, DAILY, OFFICE, DAYTIME, THINGS, GOODS, PEOPLE, SETTINGS, SMALL, MANNER) for line in words.splitlines()]
APART = """
延用 改用|每户 每人|前 起|前 后|或 和|上午 下午|早上 晚上|可以 必须|可以 不得|至少 至多|以上 以下|以内 以外|全部 部分|原件 复印件|纸质版 电子版|线上 线下|网上 现场
开放 关闭|增加 减少|发放 领取|收取 退还|暂停 恢复|停止 恢复|取消 举行|提前 推迟|延期 提前|进入 离开|东侧 西侧|左侧 右侧|上面 下面|里面 外面|室内 室外|已交 未交
需要 不用|免费 收费|自愿 必须|新版 旧版|首班车 末班车|医生 护士|班主任 家长|党员 团员|组长 组员|业主 租户|学生 老师|店主 顾客|驾驶员 乘客|原价 折扣
安全通道 安全出口|身份证 户口本|毕业证 学位证|普通话 外语|血压 血糖|蓝色 黄色|一楼 二楼|本周 下周|今年 去年|上月 本月|今天 明天|白天 夜间|停水 停电|供水 供电
登记 注销|安装 拆除|打开 关闭|集合 解散|出发 返回|报到 离校|入园 离园|通过 退回|同意 反对|录取 淘汰|购买 出售|借出 归还|签收 拒收|允许 禁止|单向 双向|佩戴 摘下
口头 书面|公章 签名|现金 刷卡|男 女|老人 孩子|城镇 农村|机动车 行人|货车 客车|预警 解除|预约 取消预约|试用 正式|临时 永久|初一 初二|小学 中学|门诊 住院|食堂 宿舍
""".replace("\n", "|").strip("|")
OPPOSITE = [tuple(pair.split()) for pair in APART.split("|")]
AGAIN = [
    ("3月8日前请各科室把排查表交到办公室。", "各科室请于3月8日前将排查表交办公室。"),
    ("请各企业在9月10日前登录平台填报报表。", "各企业统计员好！报表请于9月10日前登录平台填报。"),
    ("截止25日17:00，请各村上报名册。", "请各村25日17点前上报名册。"),
    ("8月31日报到，全县中小学9月1日开学。", "全县中小学9月1日开学，8月31日报到。"),
    ("请勿在三楼逗留，听从指挥，从东侧绕道。", "请不要在三楼停留，听从指挥，从东侧绕行。"),
    ("周五2点在校门口集合，请班主任带队。", "周五下午2点在校门口集合，请班主任带队。"),
    ("3号锅炉明天检修，蒸汽停供8小时。", "明天3号锅炉检修，蒸汽停供8小时。"),
    ("今天下午开展安全检查，检查内容：灭火器、电线。", "今天下午进行安全检查，内容：电线、灭火器。"),
]
CHANGED = [
    ("王主任为李书记代班，周五上午。", "李书记为王主任代班，周五上午。"),
    ("从南面开始，由上往下拆，禁止抛物。", "从南面开始，由下往上拆，禁止抛物。"),
    ("报名，周五前领取器材。", "周五前报名，领取器材。"),
    ("请带毕业证、体检表原件报到。", "请带体检表、毕业证原件报到。"),
    ("各位同事，明天实行新的考勤方式，指纹机停用。", "各位同事，明天停止实行新的考勤方式：指纹机停用。"),
    ("3月5日报名的人员请到三楼。", "报名的人员3月5日请到三楼。"),
    ("王庄组带测温枪，李庄组带登记表。", "登记表王庄组带，测温枪李庄组带。"),
    ("请今天下班前来领。", "请今天下班后来领。"),
    ("带手机不带电脑，周五交。", "带电脑不带手机，周五交。"),
    ("本次调研不听汇报、不看展板，直接进户。", "本次调研不看汇报、不听展板，直接进户。"),
    ("确认6月8日—6月15日（周末除外），带毕业证。", "确认6月8日—6月15日，带毕业证。"),
    ("各班每天晨检、午检，缺课的报校医室。", "各班每天晨检，缺课的报校医室。"),
]


def _pairs(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("pair", [p for p in _pairs("seventh") if p["truth"] != "same"], ids=lambda pair: pair["id"])
def test_no_changed_fact_of_a_second_clerk_is_the_same(pair: dict[str, str]) -> None:
    assert compare(pair["a"], pair["b"]).verdict != "same"
    assert compare(pair["b"], pair["a"]).verdict != "same"


def test_most_notices_that_a_second_clerk_sends_again_are_known() -> None:
    again = [pair for pair in _pairs("seventh")[2::4] + _pairs("eighth") + _pairs("ninth") + _pairs("tenth") if pair["truth"] == "same"]
    assert sum(compare(pair["a"], pair["b"]).verdict == "same" for pair in again) >= 0.6 * len(again)


def test_a_notice_copied_from_group_to_group_is_known() -> None:
    again = [pair for pair in _pairs("eleventh") + _pairs("twelfth") + _pairs("thirteenth") if pair["truth"] == "same"]
    missed = [pair["id"] for pair in again if compare(pair["a"], pair["b"]).verdict != "same"]
    assert len(missed) <= 0.06 * len(again), missed


@pytest.mark.parametrize(
    "pair", [p for p in _pairs("eleventh") + _pairs("twelfth") + _pairs("thirteenth") if p["truth"] != "same"], ids=lambda pair: pair["id"]
)
def test_a_changed_fact_in_a_copy_is_another_notice(pair: dict[str, str]) -> None:
    assert compare(pair["a"], pair["b"]).verdict != "same"
    assert compare(pair["b"], pair["a"]).verdict != "same"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("为切实做好秋粮收储工作，请各站10月8日前检修烘干机。", "为切实做好防汛排涝工作，请各站10月8日前检修烘干机。"),
        ("为退休职工发放慰问品，请各科室周五前到工会领取。", "请各科室周五前到工会领取。"),
        ("因台风影响，请各泊位15:00前停止装卸，人员撤到二号库。", "请各泊位15:00前停止装卸，人员撤到二号库。"),
        ("关于取消消防演练的通知\n各楼层：9月3日下午3点在大厅集合，听从引导员指挥。", "各楼层：9月3日下午3点在大厅集合，听从引导员指挥。"),
        ("关于新生儿医保登记的通知\n请各村于9月3日前把名单交到民政窗口。", "请各村于9月3日前把名单交到民政窗口。"),
        ("明天8:30体检，空腹。找王主任", "明天8:30体检，空腹。"),
        ("明天8:30体检，空腹。\n王主任", "明天8:30体检，空腹。\n李主任"),
        ("为3月12日植树做准备，请各班周三前上报人数和工具。", "请各班周三前上报人数和工具。"),
    ],
)
def test_an_opening_goes_only_where_it_is_missing_and_names_no_fact(a: str, b: str) -> None:
    assert compare(a, b).verdict != "same"
    assert compare(b, a).verdict != "same"


@pytest.mark.parametrize(("one", "two"), OPPOSITE)
def test_no_line_holds_two_words_that_change_a_fact(one: str, two: str) -> None:
    assert not [line for line in LINES if {one, two} <= set(line.split())]
    assert not told(one, two)


def test_the_lists_are_broad() -> None:
    assert sum(len(line.split()) > 1 for line in LINES) >= 1000


def test_what_may_go_denies_and_limits_nothing() -> None:
    keeps = set("不未没无勿非免禁停仅只限除")
    assert not [word for word in SPARE.split() if set(word) & keeps]
    assert not [word for word in (POLITE + CORE).split() if len(word) == 1 and word in keeps]


@pytest.mark.parametrize(("a", "b"), AGAIN)
def test_phrases_and_words_of_another_clerk_are_the_same_notice(a: str, b: str) -> None:
    assert compare(a, b).verdict == "same"
    assert compare(b, a).verdict == "same"


@pytest.mark.parametrize(("a", "b"), CHANGED)
def test_another_companion_is_another_notice(a: str, b: str) -> None:
    assert compare(a, b).verdict != "same"
    assert compare(b, a).verdict != "same"
