"""Text of a chat window and of QQ: every line that is written stands in a message, in a header or in a problem; nothing is dropped."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import intake
from qingqun.intake.talk import style_of
from qingqun.intake.times import ZONE

Load = Callable[..., intake.Loaded]
GRANT = intake.Grant("张主任", "群组减负核查", "街道办公会议纪要", datetime(2026, 7, 5, tzinfo=UTC))
START = datetime(2026, 7, 3, 9, 0, 5, tzinfo=ZONE)
NAMES = st.sampled_from(["张主任", "小李", "外人", "三里社区 小李", "Tom O'Neil", "李(丽)"])
LINES = st.sampled_from(
    ["收到", "请各村报送统计表", "会议 14 点半", "一、安全", "[图片]", "=1+1", "http://a.cn/b?c=1", "周五", "2026", "……", "@小李 请看"]
)
TALK = st.lists(st.tuples(NAMES, st.lists(LINES, min_size=1, max_size=3)), min_size=1, max_size=6)


def read(folder: Path, text: str, name: str = "a.txt") -> intake.Loaded:
    (folder / name).write_text(text, encoding="utf-8")
    return intake.load([folder / name], GRANT, intake.Stated(default_group="镇工作群", day=date(2026, 7, 3)))


FORMS = [
    "{name} {at:%Y-%m-%d %H:%M:%S}",
    "{at:%Y/%m/%d %H:%M:%S} {name}",
    "{name}（{at:%Y-%m-%d %H:%M:%S}）",
    "{name} {at:%Y年%m月%d日 %H:%M:%S}",
]


@pytest.mark.parametrize("form", FORMS)
@given(chat=TALK)
@settings(max_examples=12, deadline=None)
def test_a_chat_pasted_in_any_form_is_read_back_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, form: str, chat: list[tuple[str, list[str]]]
) -> None:
    text = "".join(
        form.format(name=name, at=START + timedelta(minutes=n)) + "\n" + "\n".join(said) + "\n\n" for n, (name, said) in enumerate(chat)
    )
    loaded = read(tmp_path_factory.mktemp("paste"), text)
    assert loaded.problems.is_empty()
    assert loaded.messages["text"].to_list() == ["\n".join(said) for _name, said in chat]
    assert loaded.messages["sent_at"].to_list() == [START + timedelta(minutes=n) for n in range(len(chat))]
    assert [name.partition("(")[0].strip() for name in loaded.messages["sender_name"]] == [
        name.partition("(")[0].strip() for name, _said in chat
    ]


@given(chat=TALK)
@settings(max_examples=20, deadline=None)
def test_a_qq_export_is_read_back_with_who_what_and_when(
    tmp_path_factory: pytest.TempPathFactory, chat: list[tuple[str, list[str]]]
) -> None:
    rule = "=" * 64
    head = f"消息记录（此消息记录为文本格式，不支持重新导入）\n\n{rule}\n消息分组:我的群聊\n{rule}\n消息对象:镇工作群\n{rule}\n\n"
    text = "".join(
        f"{START + timedelta(seconds=n):%Y-%m-%d %H:%M:%S} {name}({10_000 + n})\n" + "\n".join(said) + "\n\n"
        for n, (name, said) in enumerate(chat)
    )
    loaded = read(tmp_path_factory.mktemp("qq"), head + text)
    assert loaded.problems.is_empty()
    assert loaded.messages["text"].to_list() == ["\n".join(said) for _name, said in chat]
    assert loaded.messages["sender_id"].to_list() == [str(10_000 + n) for n in range(len(chat))]
    assert set(loaded.messages["group_name"]) == {"镇工作群"}


def test_a_day_that_does_not_exist_is_a_problem_and_the_messages_around_it_are_read(text: Load) -> None:
    said = "小李 2026-02-28 10:00:00\n一\n小李 2026-02-30 10:00:00\n二\n小李 2026-03-01 10:00:00\n三\n"
    loaded = text(said, default_group="群")
    assert loaded.messages["text"].to_list() == ["一", "三"]
    assert loaded.problems.select("line", "code").rows() == [(3, "bad_time")]


def test_a_twelve_hour_clock_after_midnight_is_the_night_and_not_the_noon(text: Load) -> None:
    loaded = text("小李 2026/7/3 晚上11:30\n一\n小李 2026/7/4 晚上12:10\n二\n小李 2026/7/4 晚上1:20\n三\n", default_group="群")
    assert [f"{at.astimezone(ZONE):%d %H:%M}" for at in loaded.messages["sent_at"]] == ["03 23:30", "04 00:10", "04 01:20"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["windows", "old mac", "unix"])
def test_encodings_and_line_ends_leave_every_message_whole(text: Load, encoding: str, end: str) -> None:
    said = "张主任 2026-07-03 09:00:00\n请各村报送𠮷\n第二行\n小李 2026-07-03 09:01:00\n收到\n".replace("\n", end)
    loaded = text(said, "a.txt", encoding, default_group="群")
    assert loaded.messages["text"].to_list() == ["请各村报送𠮷\n第二行", "收到"]
    assert loaded.messages["line"].to_list() == [1, 4]


def test_words_before_the_first_header_are_one_problem_and_no_message(text: Load) -> None:
    loaded = text("第一行\n第二行\n小李 2026-07-03 09:00:00\n好\n小李 2026-07-03 09:01:00\n行\n", default_group="群")
    assert loaded.messages["text"].to_list() == ["好", "行"]
    assert loaded.problems.select("line", "code").rows() == [(1, "no_header")]


def test_a_message_of_nothing_is_kept_as_one_of_another_kind(text: Load) -> None:
    loaded = text("小李 2026-07-03 09:00:00\n\n外人 2026-07-03 09:01:00\n好\n", default_group="群")
    assert loaded.messages.select("sender_name", "kind", "text").rows() == [("小李", "other", ""), ("外人", "text", "好")]


def test_no_line_is_a_header_where_nobody_speaks() -> None:
    assert style_of([]) is None
    assert style_of(["会议室", "2026-07-03", "10:00", "长" * 200 + " 2026-07-03 10:00"]) is None


def test_a_thousand_messages_in_one_second_are_a_thousand(text: Load) -> None:
    loaded = text("".join("小李 2026-07-03 09:00:00\n收到\n" for _ in range(1000)), default_group="群")
    assert loaded.messages.height == 1000
    assert loaded.messages["line"].n_unique() == 1000
