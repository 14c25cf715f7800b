"""One clerk's digest: what is asked, by when, with every message accounted for."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from qingqun.clock.hours import Hours
from qingqun.findings.digest import PARTS, Claim, Digest, Reader, digest, ics, page, text
from qingqun.findings.digest.reader import people
from qingqun.words import MESSAGES, Chat, Kind, Message

ZONE = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 3, 11, 9, 0, tzinfo=ZONE)
NOTICE = "请各社区于3月12日17:00前将防汛值班表报应急办。"
LATER = "请各社区于3月13日17:00前将防汛值班表报应急办。"


def message(words: str, group: str = "街道工作群", sender: str = "张主任", minutes: int = 0, kind: Kind = Kind.TEXT) -> Message:
    at = int((WEDNESDAY + timedelta(minutes=minutes)).timestamp() * 1000)
    mentions = [w[1:] for w in words.split() if w.startswith("@")]
    return Message(
        platform="wechat", chat=Chat.GROUP, group_id=group, group_name=group, message_id=None, sent_at=at, precision="s",
        sender_id=sender, sender_name=sender, sender_card=None, kind=kind, text=words, mentions=mentions, mention_all="@所有人" in words,
        reply_to=None, attachments=[], recalled=False, file="a.txt", line=minutes + 1, source="qq_txt",
    )  # fmt: skip


NOON = WEDNESDAY + timedelta(hours=3)
CLERK = Reader(("小李",), units=("三里社区",), roles=("网格员",))


def made(*messages: Message, now: datetime = NOON, since: datetime | None = None, me: str | Reader = CLERK) -> Digest:
    table = pl.DataFrame(list(messages), schema=MESSAGES, orient="row").sort("sent_at")
    return digest(table, me, hours=Hours.default(), now=now, since=since)


def events(found: Digest) -> list[Event]:
    return [part for part in Calendar.from_ical(ics.write(found)).walk("VEVENT") if isinstance(part, Event)]


def test_a_notice_in_three_groups_is_one_item() -> None:
    found = made(message(NOTICE), message("【转发】" + NOTICE, "社区群", minutes=5), message(NOTICE + "[抱拳]", "应急群", minutes=9))
    (item,) = found.must_do
    assert (item.copies, len(item.groups)) == (3, 3)
    assert item.deadline == datetime(2026, 3, 12, 17, 0, tzinfo=ZONE)
    assert found.burden.repeats == 2


def test_a_moved_deadline_takes_the_place_of_the_earlier_and_shows_what_changed() -> None:
    found = made(message(NOTICE), message(LATER, minutes=30))
    (item,), (gone,) = found.must_do, found.replaced
    assert (item.text, gone.text) == (LATER, NOTICE)
    (change,) = item.changes
    assert (change.earlier_at, change.replaces) == (WEDNESDAY, True)
    assert "日期 3月12日 → 3月13日" in text.write(found)


def test_receipts_chatter_pictures_and_my_own_words_are_folded_and_counted() -> None:
    found = made(
        message(NOTICE),
        message("收到", sender="外人", minutes=1),
        message("收到", sender="小李", minutes=2),
        message("[图片]", minutes=3, kind=Kind.IMAGE),
        message("中午一起吃面不", sender="外人", minutes=4),
        message("小王撤回了一条消息", minutes=5, kind=Kind.RECALL),
    )
    assert found.folded == {"receipts": 1, "talk": 1, "wordless": 1, "system": 1, "own": 1}
    assert found.counted() == found.total == 6


def test_a_message_to_somebody_else_by_name_asks_nothing_of_me() -> None:
    found = made(message("@小王 请今天下班前把表格报给我。"))
    (item,) = found.others
    assert item.why == "消息里@的是 小王"


def test_a_message_that_names_me_is_never_folded() -> None:
    found = made(message("@小李 请把上次的表格发我。"))
    (item,) = found.must_do
    assert item.why == "消息里@了你"


@pytest.mark.parametrize(
    ("words", "part", "why"),
    [
        ("请三里社区于3月12日17:00前报送值班表。", "must_do", "发给三里社区，你填了三里社区"),
        ("请各社区于3月12日17:00前报送值班表。", "must_do", "发给各社区，你填了三里社区"),
        ("请各位网格员于3月12日17:00前报送值班表。", "must_do", "发给各位网格员，你是网格员"),
        ("请全体同志于3月12日17:00前报送值班表。", "must_do", "发给全体（“全体同志”）"),
        ("@所有人 3月12日17:00前报送值班表。", "must_do", "@了所有人"),
        ("请小李于3月12日17:00前报送值班表。", "must_do", "点名找你（“小李”）"),
        ("请3月12日17:00前报送值班表。", "perhaps", "你在这个群里，没有写明给谁"),
        ("请各支部于3月12日17:00前报送值班表。", "perhaps", "发给各支部，没有说明你在不在内"),
        ("请相关同志于3月12日17:00前报送值班表。", "perhaps", "发给“相关同志”，没有写明是谁"),
        ("请五里社区于3月12日17:00前报送值班表，数据问小李。", "perhaps", "文中提到你；发给五里社区"),
        ("请五里社区于3月12日17:00前报送值班表。", "others", "发给五里社区"),
        ("请各科室于3月12日17:00前报送值班表。", "others", "发给各科室"),
        ("请各社区书记于3月12日17:00前报送值班表。", "others", "发给各社区书记"),
        ("请全体班主任于3月12日17:00前报送值班表。", "others", "发给全体班主任"),
        ("请王主任于3月12日17:00前报送值班表。", "others", "找的是王主任"),
    ],
)
def test_whom_a_notice_addresses_decides_where_it_stands(words: str, part: str, why: str) -> None:
    (item,) = getattr(made(message(words)), part)
    assert item.why == why


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("演练脚本改了集合点，请各社区以新版为准。", ("请办理",)),
        ("会议通知：3月12日15:00在三楼开会，各社区各来一人。", ("要求到场",)),
        ("区里又要数，底数请各位马上发我。", ("要求马上办",)),
    ],
)
def test_what_is_asked_without_a_deadline_is_asked_all_the_same(words: str, asks: tuple[str, ...]) -> None:
    (item,) = made(message(words)).must_do
    assert item.asks == asks


def test_what_is_left_to_everybody_is_only_to_know() -> None:
    assert made(message("@所有人 周末书画展自愿参加，不参加没有任何影响。")).must_do == ()


@pytest.mark.parametrize(
    "words", ["请各社区于3月12日17:00前报送值班表。", "请五里社区于3月12日17:00前报送。", "请各位网格员于3月12日17:00前报送。"]
)
def test_whoever_tells_no_unit_and_no_post_has_what_may_be_theirs_in_sight(words: str) -> None:
    found = made(message(words), me="小李")
    assert len(found.perhaps) == 1
    assert "--unit-name" in text.write(found)


def test_the_unit_is_read_off_my_own_card() -> None:
    found = made(message("好的", sender="三里社区 小李"), message(NOTICE, minutes=1), me="小李")
    assert found.must_do[0].why == "发给各社区，你的群名片写着三里社区"


def test_a_unit_or_a_post_on_a_card_is_nobodys_name() -> None:
    said = [message("好的", sender=card) for card in ("外人-三里社区", "五里社区 网格员 王芳", "张主任", "平安是福")]
    assert people(pl.DataFrame(said, schema=MESSAGES, orient="row")) == {"外人", "王芳", "平安是福"}


def test_a_nickname_is_me_too() -> None:
    found = made(message("@李姐 请今天下班前把表格报给我。"), me=Reader(("李敏", "李姐")))
    assert found.must_do[0].claim is Claim.NAMED


def test_an_answer_given_is_no_longer_asked() -> None:
    asked = message("@所有人 明天停水，请回复收到。")
    assert made(asked).must_do[0].asks == ("要求回复收到",)
    assert made(asked, message("收到", sender="小李", minutes=2)).must_do == ()


def test_what_is_overdue_is_folded_at_the_end_and_stays_out_of_the_calendar() -> None:
    later = "请各社区于3月20日12:00前报送演练方案。"
    found = made(message(NOTICE), message(later, minutes=1), now=datetime(2026, 3, 13, 9, 0, tzinfo=ZONE))
    assert ([item.text for item in found.must_do], [item.text for item in found.past]) == ([later], [NOTICE])
    assert [event.end for event in events(found)] == [datetime(2026, 3, 20, 4, 0, tzinfo=UTC)]


def test_the_same_notice_keeps_its_calendar_id_whatever_copies_come_after() -> None:
    (first,), (again,) = events(made(message(NOTICE))), events(made(message(NOTICE), message("【转】" + NOTICE + "🌹", "乙群", minutes=9)))
    assert first["uid"] == again["uid"]


def test_a_deadline_without_an_hour_is_a_whole_day_and_none_has_an_alarm() -> None:
    found = made(message("请各社区于3月12日前报送名单。"))
    (event,) = events(found)
    assert event.start == date(2026, 3, 12)
    assert b"VALARM" not in ics.write(found)
    assert "3月12日（周四）当天" in text.write(found)


def test_what_is_perhaps_mine_is_tentative_in_the_calendar() -> None:
    (event,) = events(made(message("请3月12日17:00前报送值班表。")))
    assert event["status"] == "TENTATIVE"


def test_the_calendar_keeps_to_the_form() -> None:
    raw = ics.write(made(message(NOTICE + "联系人外人，" * 30)))
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert {b"DTSTAMP:20260311T040000Z", b"BEGIN:VEVENT"} <= set(lines)


def test_earlier_messages_can_be_left_out() -> None:
    assert made(message(NOTICE), since=WEDNESDAY + timedelta(hours=1)).total == 0


def test_an_unknown_name_is_said() -> None:
    assert "没有见到" in text.write(made(message(NOTICE)))


def test_the_page_shows_hostile_text_as_text_and_fetches_nothing() -> None:
    html = page.write(made(message("请各社区于3月12日17:00前报送<script>alert(1)</script>台账 http://evil.example/x")))
    assert "<script>" not in html
    assert "src=" not in html
    assert set(re.findall(r'href="(.)', html)) <= {"#"}


@given(st.text(max_size=400))
def test_a_long_text_unfolds_and_loses_nothing(words: str) -> None:
    head, rest = page.cut(words)
    assert head + rest == words
    assert len(head) <= 180


def test_the_page_tells_what_when_and_who_and_keeps_within_a_phone() -> None:
    html = page.write(made(message(NOTICE)))
    assert all(
        part in html
        for part in ("3月12日（周四）17:00前", "明天", "<b>张主任</b>", "发给各社区，你填了三里社区", "overflow-wrap: anywhere")
    )


def test_a_digest_in_english_keeps_chinese_to_quotes_and_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGQUN_LANG", "en")
    found = made(message(NOTICE), message(LATER, minutes=3))
    html, lines = page.write(found), text.write(found, whole=True)
    assert '<html lang="en">' in html
    assert "by Fri 13 Mar 17:00" in html
    assert "day 3月12日 → 3月13日" in lines
    bare = [line for line in lines.splitlines() if not re.search("请各社区|张主任|小李|三里社区|→", line)]
    assert re.findall("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", "".join(bare)) == []


def test_an_empty_export_gives_an_empty_digest() -> None:
    found = made()
    assert (found.total, found.must_do, found.counted()) == (0, (), 0)
    assert page.write(found)


WORDS = st.sampled_from(
    [
        NOTICE,
        LATER,
        "收到",
        "好的谢谢",
        "[图片]",
        "今晚吃啥",
        "@小李 请看一下",
        "@所有人 收到请回复",
        "",
        "【急】北门起火，请值班人员立即到岗！",
        "请五里社区于3月12日17:00前报送值班表。",
        "请3月11日11:00前报送值班表。",
        "请各科室于3月10日17:00前报送值班表。",
        "3月12日停水，请各社区告知居民。",
    ]
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            WORDS, st.sampled_from(["甲群", "乙群"]), st.sampled_from(["张主任", "小李", "外人"]), st.sampled_from([Kind.TEXT, Kind.IMAGE])
        )
    )
)
def test_every_message_is_counted_exactly_once(chat: list[tuple[str, str, str, Kind]]) -> None:
    found = made(*(message(words, group, sender, n, kind) for n, (words, group, sender, kind) in enumerate(chat)))
    assert found.counted() == found.total == len(chat)
    assert len({id(item) for item in found.items()}) == sum(len(getattr(found, part)) for part in PARTS)
    assert not any(item.overdue and not item.emergency for item in (*found.must_do, *found.perhaps, *found.to_know))
