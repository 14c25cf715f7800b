"""To whom does a text speak?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.enrich.audience import Reach, addressees, assigned

PEOPLE = ("李敏", "王芳", "秦梦洁", "钟柏林")


def said(text: str) -> list[tuple[str, Reach]]:
    return [(one.words, one.reach) for one in addressees(text, PEOPLE)]


@pytest.mark.parametrize(
    ("text", "words", "reach"),
    [
        ("请各社区于3月12日17:00前将值班表报应急办。", "各社区", Reach.UNITS),
        ("【转】各村（社区）务必于今晚12点前上报", "各村(社区)", Reach.UNITS),
        ("驻区各单位：请做好防汛准备", "驻区各单位", Reach.UNITS),
        ("今天下班前各科室把表交齐", "各科室", Reach.UNITS),
        ("各社区书记：明天上午9点到三楼开会", "各社区书记", Reach.ROLE),
        ("各科室负责人请于周五前报送总结", "各科室负责人", Reach.ROLE),
        ("请全体班主任放学后到会议室", "全体班主任", Reach.ROLE),
        ("请网格员今天下午5点前把电话问清", "网格员", Reach.ROLE),
        ("请三社区明天上午8:10前提供6篇", "三社区", Reach.UNIT),
        ("初三年级全体教师：明天监考", "初三年级全体教师", Reach.UNIT),
        ("请王主任把关", "王主任", Reach.PERSON),
        ("李敏，你把昨天的表发我", "李敏", Reach.PERSON),
        ("请财务室王芳对接", "王芳", Reach.PERSON),
        ("小李：下午来一趟", "小李", Reach.PERSON),
        ("请全体同志于16:00前报送", "全体同志", Reach.EVERYONE),
        ("请大家都看一下", "大家", Reach.EVERYONE),
        ("底数请各位马上发我", "各位", Reach.EVERYONE),
        ("各位同事：明天停水", "各位同事", Reach.GREETING),
        ("请相关同志准时参加", "相关同志", Reach.SOME),
        ("没交的抓紧", "没交的", Reach.SOME),
    ],
)
def test_one_addressee_is_read_with_how_far_it_reaches(text: str, words: str, reach: Reach) -> None:
    assert said(text) == [(words, reach)]


def test_a_list_is_read_to_its_end() -> None:
    assert [words for words, _reach in said("请三里社区、五里社区和七里社区于9月3日前报送")] == ["三里社区", "五里社区", "七里社区"]
    assert said("汇编正在定稿，李敏、钟柏林马上把各自那部分发来") == [("李敏", Reach.PERSON), ("钟柏林", Reach.PERSON)]


def test_a_post_bound_to_a_unit_names_both() -> None:
    (one,) = addressees("请一年级班主任放学后留一下")
    assert (one.reach, one.head, one.unit) == (Reach.ROLE, "班主任", "一年级")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请今日17:00前核对东塔社区的35户名单",
        "已通知各社区，请放心",
        "请督促各社区完成",
        "请组织全体党员观看",
        "请到党群服务中心领取",
        "请假条交给谁",
        "地点还是综治中心，请互相转告",
        "办公室在街道大会议室",
        "桂园社区网格调整：原8网格拆成两个",
        "每个社区不超过3条",
        "辛苦各位",
        "教务处：选修课调剂结果已导入系统",
        "结果告诉李敏",
    ],
)
def test_what_a_text_is_about_is_not_whom_it_addresses(text: str) -> None:
    assert said(text) == []


def test_whoever_is_given_something_to_do_is_told_from_whoever_is_named() -> None:
    assert assigned("超期的7件由李敏盯", "李敏")
    assert assigned("王芳负责核对账号", "王芳")
    assert not assigned("联系人李敏，电话8328", "李敏")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["请", "各", "全体", "社区", "书记", "，", "：", "李敏", "、", "\n", "前", "9月3日", "😀", "的", "@", "a"]),
        max_size=12,
    )
)
def test_every_addressee_stands_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert all(one.words in text.replace("，", ",").replace("：", ":") or one.words in text for one in addressees(text, PEOPLE))


@pytest.mark.parametrize(
    ("text", "words", "reach"),
    [
        ("请班主任组织家长参加", "班主任", Reach.ROLE),
        ("三里社区：请今晚报数", "三里社区", Reach.UNIT),
        ("各标段：请看附件", "各标段", Reach.UNITS),
        ("同事们，讲座开始了", "同事们", Reach.GREETING),
        ("班主任把证书打包交德育处", "班主任", Reach.ROLE),
        ("活动要求全员参加", "全员", Reach.EVERYONE),
    ],
)
def test_uncommon_forms_of_address_are_known_by_their_make(text: str, words: str, reach: Reach) -> None:
    assert said(text) == [(words, reach)]


@pytest.mark.parametrize(
    "text", ["窗口人员不得要求群众先下载", "选民登记各带两名工作人员", "各自把材料带来", "是镇长要看", "请每个家庭动员亲友"]
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert [words for words, reach in said(text) if reach in {Reach.ROLE, Reach.PERSON}] == []
