"""What is not read is told in a sentence that names the file, the line and what to do; private chats are only counted."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun import intake
from qingqun.intake.admit import admit
from qingqun.intake.kinds import kind_of, real_id, system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.refusal import examples, named, nothing
from qingqun.intake.stated import Stated
from qingqun.intake.strange import reason
from qingqun.intake.table import messages_frame
from qingqun.intake.walk import walk
from qingqun.words import PROBLEMS, Kind, Message

Load = Callable[..., intake.Loaded]


def problems(*rows: tuple[str, int, str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=PROBLEMS, orient="row")


def test_a_problem_names_its_line_once() -> None:
    assert named("a.csv", 7, "第 7 行的时间看不懂。") == "a.csv：第 7 行的时间看不懂。"
    assert named("a.csv", 7, "没有填写“群名称”") == "a.csv 第 7 行：没有填写“群名称”"
    assert named("a.csv", 7, "第 17 行重复") == "a.csv 第 7 行：第 17 行重复"
    assert named("a.csv", 0, "空文件") == "a.csv：空文件"


def test_of_a_hundred_rows_wrong_alike_one_is_shown() -> None:
    many = problems(*(("a.csv", n, "bad_time", f"第 {n} 行的时间看不懂。") for n in range(2, 102)), ("a.csv", 1, "no_header", "表头"))
    assert examples(many) == ["a.csv：第 2 行的时间看不懂。", "a.csv 第 1 行：表头"]
    assert len(examples(many, shown=1)) == 1


def test_who_talks_to_whom_is_told_to_nobody() -> None:
    private = problems(("a.txt", 1, "private_chat", "单聊 小李 → 张主任：不导入私人聊天"), ("a.txt", 2, "private_chat", "单聊 小李"))
    assert examples(private) == []
    assert nothing(private).startswith("没有读到一条消息。一对一聊天 2 条，按规定不读入")
    assert not [name for name in ("小李", "张主任") if name in nothing(private)]


def test_where_nothing_was_read_the_reason_is_given_and_the_rest_counted() -> None:
    assert nothing(problems()) == "没有读到一条消息"
    said = nothing(problems(*((f"{n}.txt", 0, "empty_file", "空文件。") for n in range(5))))
    assert said.startswith("没有读到一条消息。0.txt：空文件")
    assert said.endswith("（共 5 处没有读入）")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04....xl/workbook.xml", "这是表格"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "这是表格"),
        (b"PK\x03\x04....word/document.xml", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式的 Office"),
        (b"PK\x03\x04....chat.txt", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"SQLite format 3\0", "数据库，不解密"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xef\xbb\xbf  <html>", "网页"),
        (b"abc\0def", "不是文字文件"),
        (b" \r\n\t", "只有空白"),
        (b'\xef\xbb\xbf{"a":1}', "JSON"),
        ("姓名,内容\n".encode(), "表头"),
        ("请各村报送\n".encode("gb18030"), "没有一行像"),
        ("请各村报送\n".encode("utf-16"), "没有一行像"),
    ],
)
def test_a_strange_file_is_told_what_it_is_and_what_to_bring_instead(head: bytes, what: str) -> None:
    said = reason(head)
    assert what in said
    assert ("--register" in said) == ("这是表格" in said)
    assert ("解压" in said) == ("压缩包" in said)
    assert "各村" not in said  # nothing of what somebody said is quoted


def test_what_is_no_readable_file_is_a_problem_by_name(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "没有").mkdir()
    (tmp_path / "有").mkdir()
    (tmp_path / "有" / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "有" / "~$a.xlsx").write_text("x", encoding="utf-8")
    (tmp_path / "有" / ".DS_Store").write_text("x", encoding="utf-8")
    files, lost = walk([tmp_path / "空.txt", tmp_path / "没有", tmp_path / "有", tmp_path / "有", tmp_path / "不在.txt"])
    assert [file.name for file in files] == ["a.txt"]
    assert sorted((one.file, one.code) for one in lost) == [("不在.txt", "no_file"), ("没有", "empty_folder"), ("空.txt", "empty_file")]


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "大.txt").write_text("小李 2026-07-03 10:00\n好\n", encoding="utf-8")
    monkeypatch.setattr("qingqun.intake.walk.MAX_FILE", 5)
    files, (lost,) = walk([tmp_path / "大.txt"])
    assert files == []
    assert lost.code == "too_large"


def test_an_exact_file_name_goes_before_a_glob_and_a_glob_before_the_default() -> None:
    stated = Stated({"*.txt": "乙群", "a.txt": "甲群", "b*": "*"}, default_group="丙群")
    assert [stated.group_of(name) for name in ("a.txt", "c.txt", "b组.csv", "x.csv")] == ["甲群", "乙群", "b组", "丙群"]
    assert Stated().group_of("a.txt") is None
    assert Stated({"[": "甲"}).group_of("[") == "甲"  # what is no glob is a name


def made(chat: str, group: str | None, name: str = "小李", kind: str = "text") -> Message:
    return Message(
        "wechat",
        chat,
        None,
        group,
        None,
        1_783_040_000_000,
        "s",
        None,
        name,
        None,
        kind,
        "好",
        [],
        False,
        None,
        [],
        False,
        "a.txt",
        3,
        "paste",
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["group", "private", "unknown"]),
            st.sampled_from([None, "", " ", "甲群", "{peer}{file}"]),
            st.sampled_from(["小李", "{sender}", "张\n主任"]),
            st.sampled_from(["text", "system"]),
        )
    )
)
def test_every_message_is_admitted_or_refused_and_only_groups_with_a_name_are_admitted(
    rows: list[tuple[str, str | None, str, str]],
) -> None:
    table = messages_frame([made(*row) for row in rows])
    admitted, refused = admit(table)
    assert admitted.height + refused.height == len(rows)
    assert admitted.height == sum(chat == "group" and bool((group or "").strip()) for chat, group, *_ in rows)
    assert set(refused["code"]) <= {"private_chat", "group_unknown"}
    assert all(refused["reason"].str.len_chars() > 0)


@pytest.mark.parametrize(
    ("text", "kind", "files"),
    [
        ("[图片]", Kind.IMAGE, []),
        ("[文件] 名单.xlsx", Kind.FILE, ["名单.xlsx"]),
        ("[文件]：../../名单.xlsx", Kind.FILE, []),
        ("[图片]请看第三项", Kind.TEXT, []),
        ("[图片]\n请看", Kind.IMAGE, []),
        ("[通知]请各村报送", Kind.TEXT, []),
        ("[", Kind.TEXT, []),
        ("", Kind.TEXT, []),
        ("请看[图片]", Kind.TEXT, []),
    ],
)
def test_a_placeholder_tells_the_kind_only_where_nothing_else_is_said(text: str, kind: str, files: list[str]) -> None:
    assert kind_of(text) == (kind, files)


def test_a_recall_is_known_by_the_words_of_the_client_and_not_by_ones_that_speak_of_it() -> None:
    assert system_kind("小李撤回了一条消息") == Kind.RECALL
    assert system_kind("群主撤回了成员“外人”的一条消息") == Kind.RECALL
    assert system_kind("小李邀请外人加入了群聊") == Kind.SYSTEM


@pytest.mark.parametrize("filler", ["", " ", "0", "000", "-0", "9.21E+18", "9e18", "1.0", "-1.5E+3"])
def test_what_a_spreadsheet_or_an_exporter_filled_in_is_no_id(filler: str) -> None:
    assert real_id(filler) is None


def test_a_name_that_cannot_be_printed_is_still_told(tmp_path: Path) -> None:
    try:
        (path := tmp_path / "群\udcff.txt").write_text("x", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system takes no such name")
    assert Opened(path).name == "群?.txt"


def test_text_with_control_characters_is_kept_but_for_what_no_text_holds(text: Load) -> None:
    loaded = text("小李 2026-07-03 10:00\n甲\x00乙\x1b[31m\n", default_group="群")
    assert loaded.messages["text"].to_list() == ["甲乙\x1b[31m"]
