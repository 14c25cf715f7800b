"""Whoever is named as not having handed in has it to do; what is over is over; 请知悉 asks for no answer; a warning comes first."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from qingqun.clock.hours import Hours
from qingqun.enrich.owing import behind, owes
from qingqun.findings.digest import Digest, Reader, digest, ics, page, text
from qingqun.words import MESSAGES, Chat, Kind, Message

SENT = datetime(2026, 9, 14, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WEEK_LATER = SENT + timedelta(days=7)
LI = Reader(("李强",), units=("南浦社区",))
MEETING = "请各社区明天上午9点半到街道三楼会议室参加防汛工作会议，请准时参加。"


def read(*words: str, now: datetime = WEEK_LATER, me: Reader = LI) -> Digest:
    rows = [
        Message(
            platform="wechat", chat=Chat.GROUP, group_id="g", group_name="街道工作群", message_id=None,
            sent_at=int((SENT + timedelta(minutes=n)).timestamp() * 1000), precision="s", sender_id=None, sender_name="张主任",
            sender_card=None, kind=Kind.TEXT, text=one, mentions=[], mention_all=False, reply_to=None, attachments=[], recalled=False,
            file="a.txt", line=n + 1, source="qq_txt",
        )
        for n, one in enumerate(words)
    ]  # fmt: skip
    return digest(pl.DataFrame(rows, schema=MESSAGES, orient="row"), me, hours=Hours.default(), now=now)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("截至目前，南浦社区李强、桂园社区郑爽还没有报送低保台账，请抓紧。", "点到你的名，说你还没有办"),
        ("截至目前，桂园社区郑爽、南浦社区李强还没有报送低保台账，请抓紧。", "点到你的名，说你还没有办"),
        ("未报送的同志：桂园社区郑爽、南浦社区李强", "点到你的名，说你还没有办"),
        ("南浦社区还没有报送安全生产台账，请抓紧。", "点到南浦社区，说还没有办"),
        ("南浦社区、桂园社区至今未反馈，请抓紧。", "点到南浦社区，说还没有办"),
        ("未报送的社区：桂园社区、南浦社区", "点到南浦社区，说还没有办"),
        ("南浦社区的垃圾分类台账还没交", "点到南浦社区，说还没有办"),
        ("别的社区都报了，就差南浦社区。", "点到南浦社区，说还没有办"),
    ],
)
def test_whoever_is_named_or_whose_unit_is_named_as_not_having_handed_in_has_it_to_do(words: str, why: str) -> None:
    (item,) = read(words).must_do
    assert (item.why, item.asks) == (why, ("请办理",))


@pytest.mark.parametrize(
    "words",
    [
        "南浦社区没有发现安全隐患。",
        "南浦社区未发生积水，请继续巡查。",
        "除南浦社区外，桂园社区还没有报送。",
        "南浦社区没有报名的居民，桂园社区有三位。",
        "还差南浦社区居民的签字表，桂园社区去收。",
    ],
)
def test_a_unit_that_found_nothing_or_is_excepted_owes_nothing(words: str) -> None:
    assert not behind(words, ["南浦社区"])


def test_a_colleague_who_owes_is_not_me() -> None:
    assert not owes("桂园社区郑爽还没有报送低保台账。", ["李强"])
    assert not behind("南浦社区郑爽还没有报送低保台账。", ["南浦社区"])


def test_a_meeting_that_is_over_goes_to_what_is_over_with_its_day() -> None:
    found = read(MEETING)
    (item,) = found.past
    assert found.must_do == ()
    assert item.held == datetime(2026, 9, 15, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert "[已过 9月15日（周二）09:30；要求到场]" in text.write(found, whole=True)
    assert "已过 9月15日（周二）09:30" in page.write(found)


def test_a_meeting_still_to_come_stands_with_when_it_begins_before_what_has_no_time() -> None:
    found = read("各社区请把演练脚本改好。", MEETING, now=SENT + timedelta(hours=2))
    assert [bool(item.held) for item in found.must_do] == [True, False]
    assert "[9月15日（周二）09:30开始；要求到场]" in text.write(found)
    assert b"VEVENT" not in ics.write(found)  # a meeting is no deadline


@pytest.mark.parametrize(
    "words",
    [
        "9月15日起每天值守，请各社区参加巡查并做好演练。",
        "请各社区参加全区防汛演练。",
        "截至9月15日，南浦社区还没有报送会议回执，请抓紧。",
    ],
)
def test_what_goes_on_or_names_no_time_or_is_still_owed_is_not_over(words: str) -> None:
    assert [item.text for item in read(words).must_do] == [words]


def test_to_know_is_no_demand_for_an_answer() -> None:
    found = read("关于中秋放假的通知已发，请各社区知悉。", "请各社区知悉并回复收到。")
    assert [item.asks for item in found.must_do] == [("要求回复收到",)]
    assert [item.asks for item in found.to_know] == [()]
    assert found.burden.reply_demands == 1


ALERT = "市气象台发布暴雨红色预警信号，预计未来3小时雨量将达100毫米以上，请注意防范。"


def test_a_red_warning_stands_before_everything_that_is_due() -> None:
    due = "请各社区今天17:30前报送用电安全清单。"
    found = read("【紧急】桂花路起火，请各社区值班人员16:30前全部到场。", due, ALERT, now=SENT + timedelta(hours=1))
    assert [item.emergency for item in found.must_do] == [True, True, False]
    assert found.must_do[2].text == due


@pytest.mark.parametrize(
    "words", ["暴雨红色预警已解除，请各社区知悉。", "请各社区参加暴雨红色预警应急演练。", "请各社区学习红色预警处置流程。"]
)
def test_a_warning_lifted_or_practised_is_none(words: str) -> None:
    assert not any(item.emergency for item in read(words, now=SENT + timedelta(hours=1)).items())
