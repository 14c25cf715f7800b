"""The commands as a user meets them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingqun.cli import app, main

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(p.stem for p in (ROOT / "qingqun" / "cli").glob("*.py") if not p.name.startswith("_"))
run = CliRunner().invoke


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(command: str) -> None:
    result = run(app, [command, "--help"])
    assert result.exit_code == 0
    assert any("\u4e00" <= c <= "\u9fff" for c in result.output)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_documents(command: str) -> None:
    pages = "".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    assert f"qingqun {command}" in pages


def test_a_make_up_sunday_is_a_working_day() -> None:
    result = run(app, ["worktime", "2026-01-04 09:00", "--json"])
    assert json.loads(result.output) == {
        "moment": "2026-01-04T09:00:00+08:00",
        "working": True,
        "grade": "work",
        "next_open": "2026-01-04T09:00:00+08:00",
        "year": "official",
    }


def test_labels_come_with_deadline_spans_and_scores(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    text = "请各社区今晚22:30前报送积水点照片到群里，收到请回复。"
    file.write_text(json.dumps({"id": "m1", "text": text, "sent_at": "2026-07-03T21:46:00+08:00"}), encoding="utf-8")
    answer = json.loads(run(app, ["label", str(file)]).output)
    assert answer["id"] == "m1"
    assert {"work", "notice", "reply_demand", "photo_proof"} <= set(answer["labels"])
    assert answer["deadline"] == "2026-07-03T22:30:00+08:00"
    start, end = answer["spans"]["reply_demand"]
    assert "收到" in text[start:end]
    assert answer["scores"].keys() == set(answer["labels"])


def test_a_changed_day_is_never_the_same_notice(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    pairs = [
        {"id": 1, "a": "请各村于6月18日17:00前报台账。", "b": "【转发】请各村于6月18日17:00前报台账。"},
        {"a": "请各村于6月18日17:00前报台账。", "b": "请各村于6月19日17:00前报台账。"},
    ]
    file.write_text("\n".join(json.dumps(p) for p in pairs), encoding="utf-8")
    same, related = map(json.loads, run(app, ["repeats", str(file)]).output.splitlines())
    assert same == {"id": 1, "verdict": "same", "differs": []}
    assert related["verdict"] == "related"
    assert "id" not in related
    assert [d["kind"] for d in related["differs"]] == ["day"]


@pytest.mark.parametrize("line", ["not json", "[1]", '{"a": 1, "b": "x"}', '{"a": "x"}'])
def test_a_bad_line_is_refused_by_file_and_line(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(line, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["qingqun", "repeats", str(file)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "pairs.jsonl 第 1 行" in capsys.readouterr().err
