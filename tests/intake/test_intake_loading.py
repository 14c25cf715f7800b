from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from qingqun import intake
from qingqun.words import GROUPS, MEMBERSHIPS, MESSAGES, PROBLEMS

Load = Callable[..., intake.Loaded]
PASTE = "小李 2026-07-03 21:46:05\n收到\n"


def _codes(loaded: intake.Loaded) -> list[str]:
    return loaded.problems["code"].to_list()


def test_tables_have_the_schemas_of_the_house(sample: Load) -> None:
    loaded = sample("chatlab.jsonl")
    assert loaded.messages.schema == MESSAGES
    assert loaded.memberships.schema == MEMBERSHIPS
    assert loaded.groups.schema == GROUPS
    assert loaded.problems.schema == PROBLEMS


def test_the_same_messages_in_two_formats_are_loaded_once(read: Load) -> None:
    loaded = read("chatlab.json", "chatlab.jsonl")
    assert loaded.messages.height == 5
    assert [file.admitted for file in loaded.files] == [5, 5]
    assert loaded.groups.height == 1


def test_a_copy_under_another_name_adds_nothing(read: Load, data: Path, tmp_path: Path) -> None:
    (tmp_path / "副本.txt").write_bytes((data / "qq.txt").read_bytes())
    assert read("qq.txt", tmp_path).messages.height == 6


def test_messages_come_by_time(read: Load) -> None:
    loaded = read("wecom_archive.jsonl", "chatlab.jsonl")
    assert loaded.messages["sent_at"].is_sorted()


def test_who_spoke_is_a_member(read: Load) -> None:
    members = read("qq.txt").memberships
    assert dict(members.select("person_name", "role").rows()) == {"张晓": "owner", "李强": "admin", "王敏": None}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\xff\xd8\x91" * 300, "unknown_format"),
        (b"<html></html>", "unknown_format"),
        ("今天开会。".encode(), "unknown_format"),
    ],
)
def test_a_file_that_is_no_export_is_one_problem(text: Load, content: bytes, code: str) -> None:
    loaded = text(content)
    assert _codes(loaded) == [code]
    assert loaded.messages.is_empty()


def test_missing_files_and_empty_folders_are_problems(read: Load, tmp_path: Path) -> None:
    assert _codes(read(tmp_path / "没有.txt", tmp_path)) == ["no_file", "empty_folder"]


def test_a_name_that_no_system_takes_is_a_problem(read: Load) -> None:
    assert _codes(read("x" * 5000)) in (["unreadable"], ["no_file"])


def test_a_folder_is_walked_without_the_traces_of_office_programs(read: Load, tmp_path: Path) -> None:
    for name in (".DS_Store", "~$台账.xlsx", "一月/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PASTE, encoding="utf-8")
    loaded = read(tmp_path, stated=intake.Stated(default_group="青山"))
    assert [file.name for file in loaded.files] == ["a.txt"]


def test_a_paste_without_a_stated_group_is_refused_by_name(text: Load) -> None:
    loaded = text(PASTE)
    assert _codes(loaded) == ["group_unknown"]
    assert "小李" in loaded.problems["reason"][0]
    assert "a.txt" in loaded.problems["reason"][0]


@pytest.mark.parametrize("stated", [{"groups": {"a.txt": "青山"}}, {"groups": {"*.txt": "青山"}}, {"default_group": "青山"}])
def test_the_user_states_the_group(text: Load, stated: dict[str, object]) -> None:
    loaded = text(PASTE, platform="wechat", **stated)
    assert loaded.messages.select("group_name", "platform", "chat").rows() == [("青山", "wechat", "group")]


def test_a_stated_group_does_not_open_a_private_chat(text: Load) -> None:
    header = '{"_type":"header","meta":{"type":"private","platform":"wechat","name":"外人"}}\n{"_type":"member","platformId":"w","accountName":"外人"}\n'
    loaded = text(
        header + '{"_type":"message","sender":"w","accountName":"外人","timestamp":1783086365,"type":0,"content":"在吗"}\n',
        default_group="青山",
    )
    assert _codes(loaded) == ["private_chat"]
    assert loaded.memberships.is_empty()
    assert "在吗" not in loaded.problems["reason"][0]


def test_a_group_known_by_its_id_may_be_named(sample: Load) -> None:
    loaded = sample("pywxdump.csv", groups={"10000001@chatroom": "青山街道防汛工作群"})
    assert loaded.messages["group_name"].unique().to_list() == ["青山街道防汛工作群"]


def test_group_information_names_the_groups_of_an_archive(read: Load, data: Path, tmp_path: Path) -> None:
    room = tmp_path / "wrAAAAAAAAAAAAAAAAAA.json"
    room.write_bytes((data / "wecom_archive_groupchat_get.json").read_bytes())
    loaded = read("wecom_archive.jsonl", room)
    assert loaded.messages["group_name"].unique().to_list() == ["青山街道防汛工作群"]
    assert loaded.memberships.filter(pl.col("role") == "owner")["person_id"].to_list() == ["zhang"]


def test_progress_is_told(read: Load) -> None:
    told: list[tuple[str, int]] = []
    read("qq.txt", progress=lambda name, count: told.append((name, count)))
    assert told[-1] == ("qq.txt", 6)


def test_files_named_after_their_group_are_stated_at_once() -> None:
    stated = intake.Stated({"*.csv": "*", "旧*.csv": "老群"})
    assert stated.group_of("综治工作群.csv") == "综治工作群"
    assert stated.group_of("聊天.txt") is None
    assert intake.Stated(default_group="*").group_of("党建群.csv") == "党建群"
    assert intake.Stated({"甲.csv": "乙群", "*.csv": "*"}).group_of("甲.csv") == "乙群"
