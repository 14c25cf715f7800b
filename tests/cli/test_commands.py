"""The commands as a user meets them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qingqun.cli import app, main
from qingqun.findings.digest import PARTS

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
    assert {"work", "notice", "reply_demand"} <= set(answer["labels"])
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


EXPORT = """消息记录（此消息记录为文本格式，不支持重新导入）

================================================================
消息分组:我的QQ群
================================================================
消息对象:街道工作群
================================================================

2026-03-11 22:10:00 张主任(10000001)
请各村明早八点前报送统计表，收到请回复。

2026-03-11 22:11:00 小李(10000002)
收到
"""
WHO = ["--by", "张主任", "--purpose", "自查", "--basis", "区委文件"]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "街道工作群.txt"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def test_an_audit_writes_its_files_and_says_what_it_found(exported: Path, tmp_path: Path) -> None:
    result = run(app, ["audit", str(exported), "--pack", "xiangzhou", "--out", str(tmp_path / "out"), "--json", *WHO])
    answer = json.loads(result.output)
    assert "offhours" in {finding["rule"] for finding in answer["findings"]}
    assert all(Path(path).is_file() for path in answer["files"].values())
    assert "小李" not in result.output


def test_an_audit_for_people_ends_with_where_the_files_lie(exported: Path, tmp_path: Path) -> None:
    result = run(app, ["audit", str(exported), "--out", str(tmp_path / "out"), *WHO])
    assert "report.html" in result.output


def test_an_audit_without_a_purpose_is_refused_where_nobody_can_be_asked(
    exported: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qingqun", "audit", str(exported), "--by", "张主任"])
    with pytest.raises(SystemExit):
        main()
    assert "--purpose" in capsys.readouterr().err


def test_the_key_is_made_once_and_kept(exported: Path, tmp_path: Path) -> None:
    key = tmp_path / "audit.key"
    arguments = ["audit", str(exported), "--out", str(tmp_path / "out"), "--key", str(key), *WHO]
    run(app, arguments)
    made = key.read_bytes()
    again = run(app, [*arguments, "--before", str(tmp_path / "out" / "facts.parquet")])
    assert again.exit_code == 0
    assert key.read_bytes() == made


def test_a_digest_tells_one_person_and_writes_page_and_calendar(exported: Path, tmp_path: Path) -> None:
    page, calendar = tmp_path / "d.html", tmp_path / "d.ics"
    told = ["--me", "小李", "--unit-name", "三里社区", "--role", "网格员"]
    result = run(app, ["digest", str(exported), *told, "--html", str(page), "--ics", str(calendar)])
    assert "要你办 1 件" in result.output
    assert str(page) in result.output
    assert f"{calendar}（1 个时限）" in result.output
    assert "BEGIN:VEVENT" in calendar.read_text(encoding="utf-8")
    assert "统计表" in page.read_text(encoding="utf-8")


def test_a_calendar_that_stays_empty_says_so(exported: Path, tmp_path: Path) -> None:
    calendar = tmp_path / "d.ics"
    result = run(app, ["digest", str(exported), "--me", "小李", "--now", "2027-01-01 09:00", "--all", "--ics", str(calendar)])
    assert "没有未到期的时限" in result.output
    assert "== 已过期 1 ==" in result.output
    assert "BEGIN:VEVENT" not in calendar.read_text(encoding="utf-8")


def test_a_digest_as_json_adds_up(exported: Path) -> None:
    answer = json.loads(run(app, ["digest", str(exported), "--me", "小李", "--json"]).output)
    copies = sum(item["copies"] for part in PARTS for item in answer[part])
    assert answer["total"] == copies + sum(answer["folded"].values()) == 2


def test_packs_list_a_places_clauses_by_what_they_are() -> None:
    listed = run(app, ["packs"]).output
    assert "xiangzhou" in listed
    one = json.loads(run(app, ["packs", "xiangzhou", "--json"]).output)
    assert {"violation", "warning", "hint"} >= {clause["level"] for clause in one["clauses"]} >= {"warning"}
    stale = next(clause for clause in one["clauses"] if clause["rule"] == "staleaccount")
    assert stale["numbers"] == {"days": 14}
    assert stale["since"]
    assert stale["until"] is None


@pytest.mark.parametrize(
    "arguments", [["packs", "nowhere"], ["packs", "--on", "yesterday", "xiangzhou"], ["explain", "nothing"], ["worktime", "soon"]]
)
def test_an_unknown_name_or_moment_is_refused_in_one_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qingqun", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_rule_is_explained_with_its_scene_and_clauses() -> None:
    text = run(app, ["explain", "offhours"]).output
    assert "GD-XZ-04" in text
    assert "! 周" in text


def test_the_template_is_written_and_a_filled_one_checked(tmp_path: Path) -> None:
    template, checked = tmp_path / "台账.xlsx", tmp_path / "检查.xlsx"
    assert run(app, ["template", str(template)]).exit_code == 0
    assert run(app, ["template", str(checked), "--check", str(template)]).exit_code == 0
    assert checked.is_file()


def test_a_register_is_checked_without_saying_where_to(tmp_path: Path) -> None:
    register = tmp_path / "台账.csv"
    register.write_text("群名称,平台,所属单位,建群时间\n防汛群,微信,城关镇,2026.13.45\n值班群,微信,城关镇,2026-01-05\n", encoding="utf-8")
    for name in ("台账-检查.xlsx", "台账-检查2.xlsx"):
        told = run(app, ["template", "--check", str(register)]).output
        assert "1 处错误" in told
        assert "2026.13.45" in told
        assert name in told
        assert (tmp_path / name).is_file()
    register.write_text("群名称,平台,所属单位\n防汛群,微信,城关镇\n", encoding="utf-8")
    assert "没有发现错误" in run(app, ["template", "--check", str(register)]).output
