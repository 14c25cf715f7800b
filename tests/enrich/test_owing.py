"""Whoever is named as owing something has it to do; a fire elsewhere is not the first of my tasks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.clock.hours import Hours
from qingqun.enrich.owing import called, owes
from qingqun.findings.digest import Digest, Reader, digest, page
from qingqun.words import MESSAGES, Chat, Kind, Message

NINE = datetime(2026, 3, 11, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRE = "东塔社区5号楼三单元着火，浓烟往上走，值班人员和物业马上到场疏散，119已经在路上！"


def said(words: str, group: str = "街道工作群", sender: str = "张主任") -> Message:
    return Message(
        platform="wechat", chat=Chat.GROUP, group_id=group, group_name=group, message_id=None, sent_at=int(NINE.timestamp() * 1000),
        precision="s", sender_id=sender, sender_name=sender, sender_card=None, kind=Kind.TEXT, text=words, mentions=[], mention_all=False,
        reply_to=None, attachments=[], recalled=False, file="a.txt", line=1, source="qq_txt",
    )  # fmt: skip


def text_of(words: str) -> str:
    return page.write(read(words, "小李"))


def read(words: str, me: str | Reader, group: str = "街道工作群") -> Digest:
    table = pl.DataFrame([said(words, group)], schema=MESSAGES, orient="row")
    return digest(table, me, hours=Hours.default(), now=NINE + timedelta(hours=1))


@pytest.mark.parametrize("me", ["李四", "赵一"])
def test_whoever_is_named_as_not_having_reported_has_it_to_do(me: str) -> None:
    found = read("赵一、李四还没有上报，点名批评，请马上报", me)
    (item,) = found.must_do
    assert item.why == "点到你的名，说你还没有办"
    assert found.known


@pytest.mark.parametrize(
    "words",
    [
        "未上报的有：赵一、李四，请抓紧",
        "还没交表的同志：赵一、李四、王五，请今天下班前交",
        "截至目前还差李四没交，请尽快",
        "李四、赵一至今未报，通报批评",
        "未交人员：赵一，王五，李四",
        "李四、赵一两位同志今天还没打卡",
        "缺席人员：赵一、李四",
        "李四同志迟迟不报",
    ],
)
def test_one_who_owes_is_met_in_any_list(words: str) -> None:
    assert owes(words, ["李四"])


@pytest.mark.parametrize(
    "words",
    [
        "李四已上报，其他人没有上报",
        "李四没有问题",
        "除李四外都没有报",
        "王五还没有报，李四已经报了",
        "报名找李四，未报名的抓紧",
        "没有李四的名单",
    ],
)
def test_one_who_is_only_spoken_of_owes_nothing(words: str) -> None:
    assert not owes(words, ["李四"])


@pytest.mark.parametrize(
    "words", ["麻烦王五、李四今天下班前来领台账", "请赵一主任、李四同志于3月12日17:00前报表", "王五、李四：请今天下班前报表"]
)
def test_one_who_is_called_on_behind_a_stranger_has_it_to_do(words: str) -> None:
    (item,) = read(words, "李四").must_do
    assert item.why.startswith("点名找你")


def test_asking_somebody_to_find_me_calls_on_the_other() -> None:
    assert not called("请王五今天下班前报表，数据问李四", ["李四"])
    assert not called("请王五联系李四", ["李四"])


@given(st.text(alphabet="赵一李四没有未报的、，：请还差名单 \n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_text_without_my_name_names_me(words: str) -> None:
    assert not owes(words, ["王五"])
    assert not called(words, ["王五"])


def test_a_fire_in_another_community_is_seen_first_among_what_is_perhaps_mine() -> None:
    mine = Reader(("小李",), units=("桂园社区",))
    found = read(FIRE, mine, "东塔社区防汛群")
    (item,) = found.perhaps
    assert item.emergency
    assert item.why == "说的是东塔社区，没有写明给谁"


@pytest.mark.parametrize("units", [("东塔社区",), ("云溪街道",), ()])
def test_a_fire_at_home_or_nobody_knows_where_stays_on_top(units: tuple[str, ...]) -> None:
    (item,) = read(FIRE, Reader(("小李",), units=units), "东塔社区防汛群").must_do
    assert item.emergency


def test_pictures_at_the_ends_are_ornament_and_within_the_text_they_stay() -> None:
    shown = text_of("📢 ⚠️请各社区于3月12日17:00前报表，报完打✅，谢谢👍配合。🙏🌹")
    assert ">请各社区于3月12日17:00前报表，报完打✅，谢谢👍配合。<" in shown
