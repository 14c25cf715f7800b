"""What cannot be done is one line on standard error and exit status 2, and nothing is left half written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qingqun.cli import main

CHAT = """消息记录（此消息记录为文本格式，不支持重新导入）

================================================================
消息分组:我的QQ群
================================================================
消息对象:街道工作群
================================================================

2026-03-11 22:10:00 张主任(10000001)
请各村明早八点前报送统计表，收到请回复。
"""
Refusal = Callable[..., str]
WHO = ["--by", "张主任", "--purpose", "自查", "--basis", "区委文件"]


@pytest.fixture
def chat(tmp_path: Path) -> str:
    path = tmp_path / "群.txt"
    path.write_text(CHAT, encoding="utf-8")
    return str(path)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refusal:
    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["qingqun", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2
        (line,) = capsys.readouterr().err.strip().splitlines()
        return line

    return run


def test_a_path_that_is_not_there_is_no_empty_export(refused: Refusal, chat: str, tmp_path: Path) -> None:
    missing = str(tmp_path / "没有.txt")
    assert "没有.txt" in refused("digest", missing, "--me", "小李")
    assert "没有.txt" in refused("audit", chat, missing, *WHO)
    assert "没有.txt" in refused("audit", chat, "--register", missing, *WHO)


@pytest.mark.parametrize("option", ["--html", "--ics"])
def test_a_digest_that_cannot_be_written_is_refused_in_chinese(refused: Refusal, chat: str, tmp_path: Path, option: str) -> None:
    assert "没有这个文件或文件夹" in refused("digest", chat, "--me", "小李", option, str(tmp_path / "没有" / "摘要"))
    assert "不是普通文件" in refused("digest", chat, "--me", "小李", option, str(tmp_path))


def test_a_report_folder_that_is_a_file_is_refused_and_kept(refused: Refusal, chat: str) -> None:
    assert "不是文件夹" in refused("audit", chat, "--out", chat, *WHO)
    assert Path(chat).read_text(encoding="utf-8") == CHAT


def test_a_file_that_is_no_key_is_not_taken_for_one(refused: Refusal, chat: str, tmp_path: Path) -> None:
    empty = tmp_path / "空.key"
    empty.touch()
    assert "密钥" in refused("audit", chat, "--key", str(empty), *WHO)
    assert "密钥" in refused("audit", chat, "--key", chat, *WHO)


@pytest.mark.parametrize("me", ["", " ", "\n"])
def test_a_digest_for_nobody_is_refused(refused: Refusal, chat: str, me: str) -> None:
    assert "--me" in refused("digest", chat, "--me", me)


@pytest.mark.parametrize("me", [".*(", "[", "\\", "\udc80", "<script>", "{}"])
@pytest.mark.parametrize("json", [[], ["--json"]])
def test_any_other_name_is_only_a_name(chat: str, me: str, json: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["qingqun", "digest", chat, "--me", me, *json])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_neither_read_nor_replaced(refused: Refusal, tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    assert "不是普通文件" in refused("template", str(pipe))
    assert "不是普通文件" in refused("template", str(tmp_path / "台账.xlsx"), "--check", str(pipe))
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["管道"]


def test_a_workbook_into_no_folder_is_refused(refused: Refusal, tmp_path: Path) -> None:
    assert "没有这个文件或文件夹" in refused("template", str(tmp_path / "没有" / "台账.xlsx"))


def test_a_line_without_a_moment_is_named_once(refused: Refusal, tmp_path: Path) -> None:
    file = tmp_path / "m.jsonl"
    file.write_text('{"text": "通知"}', encoding="utf-8")
    assert refused("label", str(file)) == "m.jsonl 第 1 行缺少文字字段 sent_at"


PASTE = "张主任 2026-07-03 21:46:00\n请各村明早八点前报送统计表\n\n小李 2026-07-03 21:47:00\n收到\n"


@pytest.fixture
def pasted(tmp_path: Path) -> str:
    path = tmp_path / "粘贴.txt"
    path.write_text(PASTE, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "--foo"], "没有选项 --foo"),
        (["audi"], "没有这个命令"),
        (["digest", "x"], "缺少 --me"),
        (["digest"], "缺少 聊天记录导出文件或文件夹"),
        (["worktime", "now", "--unit"], "--unit 后面要写一个值"),
        (["worktime", "now", "too", "much"], "多写了内容：too much"),
        (["demo", "--seed", "x"], "--seed 的值不对"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_one_line_of_chinese(refused: Refusal, arguments: list[str], said: str) -> None:
    line = refused(*arguments)
    assert said in line
    assert "--help" in line


def test_a_chat_export_is_no_file_of_lines(refused: Refusal, chat: str, tmp_path: Path) -> None:
    for command in ("label", "repeats"):
        line = refused(command, chat)
        assert "QQ" in line
        assert "qingqun digest" in line
    book = tmp_path / "台账.xlsx"
    book.write_bytes(b"PK\x03\x04rest")
    assert "--register" in refused("label", str(book))


def test_an_export_without_a_platform_is_refused_with_what_to_add(refused: Refusal, pasted: str, tmp_path: Path) -> None:
    line = refused("audit", pasted, "--group", "街道工作群", "--out", str(tmp_path / "out"), *WHO)
    assert "粘贴.txt" in line
    assert "--platform" in line
    assert not (tmp_path / "out").exists()


def test_on_a_terminal_the_platform_is_asked_for(
    pasted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("rich.console.Console.input", lambda *_given: "微信")
    monkeypatch.setattr("sys.argv", ["qingqun", "audit", pasted, "--group", "街道工作群", "--out", str(tmp_path), "--json", *WHO])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0
    assert '"platform":"wechat"' in capsys.readouterr().out


def test_a_platform_nobody_knows_is_refused(refused: Refusal, chat: str) -> None:
    assert "飞鸽" in refused("audit", chat, "--platform", "飞鸽", *WHO)


def test_a_group_that_names_nothing_is_warned_of(
    chat: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qingqun", "audit", chat, "--group", "别的*.txt=社区群", "--out", str(tmp_path / "out"), *WHO])
    with pytest.raises(SystemExit):
        main()
    assert "--group 别的*.txt=社区群 没有用上" in capsys.readouterr().err


def test_an_error_of_the_system_without_a_file_is_only_its_reason(refused: Refusal, chat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qingqun.audit.load", full)
    assert refused("audit", chat, *WHO) == "磁盘已满"


def test_a_register_is_never_written_over(refused: Refusal, tmp_path: Path) -> None:
    filled = tmp_path / "台账.xlsx"
    filled.write_bytes(b"filled in by hand")
    assert "不覆盖" in refused("template", str(filled))
    assert "不覆盖" in refused("template", str(filled), "--check", str(filled))
    assert filled.read_bytes() == b"filled in by hand"


def test_a_digest_warns_of_a_group_that_names_nothing_too(
    chat: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qingqun", "digest", chat, "--me", "小李", "--group", "社区群"])
    with pytest.raises(SystemExit):
        main()
    assert "--group 社区群 没有用上" in capsys.readouterr().err
