"""The mail export and pasted text."""

from collections.abc import Callable
from datetime import date

import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]

MAIL = 'Dear:\n\n       微信群"青山群"的聊天记录如下:\n\n'
DAY = "—————  2026-7-3  —————\n\n\n"


@pytest.mark.parametrize(
    "head", ['微信群"青山群"的聊天记录如下:', "微信群“青山群”的聊天记录如下：", "       微信群「青山群」的聊天记录如下:"]
)
@pytest.mark.parametrize("day", ["2026-7-3", "2026-07-03", "2026年7月3日"])
@pytest.mark.parametrize("gap", [" ", "  "])
def test_mails_differ_in_quotes_padding_and_spaces(text: Load, head: str, day: str, gap: str) -> None:
    loaded = text(f"Dear:\n\n{head}\n\n—————  {day}  —————\n\n\n小李{gap}08:05\n\n收到\n\n\n发自我的 iPhone\n")
    assert loaded.messages.select("group_name", "sender_name", "text", "precision").rows() == [("青山群", "小李", "收到", "min")]


def test_a_private_mail_is_refused(text: Load) -> None:
    loaded = text(f"Dear:\n\n       我和外人的聊天记录如下:\n\n{DAY}外人  21:46\n\n在吗\n", default_group="青山")
    assert loaded.problems["code"].to_list() == ["private_chat"]


def test_several_mails_in_one_file_are_kept_apart(text: Load) -> None:
    said = f"{DAY}小李  21:46\n\n收到\n\n\n发自我的 iPhone\n\n"
    loaded = text(MAIL + said + MAIL.replace("青山群", "柳溪群") + said)
    assert loaded.messages.select("group_name", "text").rows() == [("青山群", "收到"), ("柳溪群", "收到")]


def test_a_mail_without_a_day_says_so(text: Load) -> None:
    assert text(f"{MAIL}小李  21:46\n\n收到\n").problems["code"].to_list() == ["no_date"]


@pytest.mark.parametrize(
    "header",
    [
        "小李 2026-07-03 21:46:05",
        "小李 2026/07/03 9:46 PM",
        "小李(2026-07-03 21:46)",
        "小李 2026年07月03日 21:46",
        "小李 2026年7月3日 下午9:46",
        "小李(z00012345)\t2026-07-03 21:46:05",
        "2026-07-03 21:46:05 小李",
        "【LV2 群友】小李 2026-07-03 21:46:05  ",
    ],
)
def test_every_form_of_paste_is_read(text: Load, header: str) -> None:
    loaded = text(f"{header}\n收到\n\n{header}\n好的\n", default_group="青山")
    assert loaded.messages.select("sender_name", "text").rows() == [("小李", "收到"), ("小李", "好的")]
    assert loaded.messages["sent_at"].dt.strftime("%F %H:%M").to_list() == ["2026-07-03 13:46"] * 2


@pytest.mark.parametrize(
    "line", ["会议时间 2026-07-10 14:30", "会议时间 14:30", "截止 2026年7月10日 18:00", "会议时间 2026-07-10 14:30:00"]
)
def test_words_that_look_like_a_header_stay_words(text: Load, line: str) -> None:
    loaded = text(f"张主任 2026-07-03 21:46:05\n通知\n{line}\n\n小李 2026-07-03 21:46:40\n收到\n", default_group="青山")
    assert loaded.messages["text"].to_list() == [f"通知\n{line}", "收到"]


def test_a_clock_that_goes_back_has_passed_midnight(text: Load) -> None:
    loaded = text("小李 23:59:00\n一\n\n张主任 8:00:00\n二\n\n小李 7:59:58\n三\n", default_group="青山", day=date(2026, 7, 3))
    assert sorted(loaded.messages["sent_at"].dt.strftime("%d %T").to_list()) == ["03 15:59:00", "03 23:59:58", "04 00:00:00"]


def test_date_lines_set_the_day(text: Load) -> None:
    loaded = text("2026-07-03\n小李 21:46:05\n一\n\n—— 2026年7月4日 星期六 ——\n小李 8:00:00\n二\n", default_group="青山")
    assert loaded.messages["sent_at"].dt.strftime("%d %T").to_list() == ["03 13:46:05", "04 00:00:00"]


def test_text_before_the_first_header_is_named(text: Load) -> None:
    loaded = text("以下是群里的话\n\n小李 2026-07-03 21:46:05\n收到\n", default_group="青山")
    assert loaded.problems.select("line", "code").rows() == [(1, "no_header")]
    assert loaded.messages.height == 1


def test_a_system_line_of_wechatmsg_is_a_system_message(text: Load) -> None:
    loaded = text("2026-07-03 21:46:05 小李\n收到\n\n2026-07-03 21:46:40 小李撤回了一条消息\n\n", default_group="青山")
    assert loaded.messages["kind"].to_list() == ["text", "recall"]
