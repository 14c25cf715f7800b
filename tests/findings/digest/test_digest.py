"""One clerk's digest: what is asked, by when, with every message accounted for."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from qingqun.clock.hours import Hours
from qingqun.findings.digest import Digest, digest, ics, page, text
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


def made(*messages: Message, now: datetime = WEDNESDAY + timedelta(hours=3), since: datetime | None = None) -> Digest:
    table = pl.DataFrame(list(messages), schema=MESSAGES, orient="row").sort("sent_at")
    return digest(table, "小李", hours=Hours.default(), now=now, since=since)


def events(found: Digest) -> list[Event]:
    return [part for part in Calendar.from_ical(ics.write(found)).walk("VEVENT") if isinstance(part, Event)]


def test_a_notice_in_three_groups_is_one_item() -> None:
    found = made(message(NOTICE), message("【转发】" + NOTICE, "社区群", minutes=5), message(NOTICE + "[抱拳]", "应急群", minutes=9))
    (item,) = found.must_do
    assert (item.copies, len(item.groups)) == (3, 3)
    assert item.deadline == datetime(2026, 3, 12, 17, 0, tzinfo=ZONE)
    assert found.burden.repeats == 2


def test_a_moved_deadline_is_another_item_and_shows_what_changed() -> None:
    found = made(message(NOTICE), message(LATER, minutes=30))
    assert len(found.must_do) == 2
    (change,) = found.must_do[1].changes
    assert change.earlier_at == WEDNESDAY
    assert ("12" in change.before[0], "13" in change.after[0]) == (True, True)


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
    assert found.must_do == ()


def test_a_message_that_names_me_is_never_folded() -> None:
    found = made(message("@小李 请把上次的表格发我。"))
    (item,) = found.must_do
    assert item.why == "消息里@了你"


def test_what_is_overdue_comes_last_and_stays_out_of_the_calendar() -> None:
    later = "请各社区于3月20日12:00前报送演练方案。"
    found = made(message(NOTICE), message(later, minutes=1), now=datetime(2026, 3, 13, 9, 0, tzinfo=ZONE))
    assert [item.overdue for item in found.must_do] == [False, True]
    assert [event.end for event in events(found)] == [datetime(2026, 3, 20, 4, 0, tzinfo=UTC)]


def test_the_same_notice_keeps_its_calendar_id_on_every_run() -> None:
    (first,), (again,) = events(made(message(NOTICE))), events(made(message(NOTICE)))
    assert first.uid == again.uid


def test_earlier_messages_can_be_left_out() -> None:
    assert made(message(NOTICE), since=WEDNESDAY + timedelta(hours=1)).total == 0


def test_an_unknown_name_is_said() -> None:
    assert "没有见到" in text.write(made(message(NOTICE)))


def test_the_page_shows_hostile_text_as_text_and_fetches_nothing() -> None:
    html = page.write(made(message("请各社区于3月12日17:00前报送<script>alert(1)</script>台账 http://evil.example/x")))
    assert "<script>" not in html
    assert "src=" not in html
    assert "href=" not in html


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
