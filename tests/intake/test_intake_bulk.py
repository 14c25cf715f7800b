"""Many small ChatLab files are read as each would be read alone."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.intake import Grant, Loaded, Stated, chatlab_bulk, load, loading
from qingqun.intake.sources import recognise

GRANT = Grant(by="张主任", purpose="自查", basis="书面授权", at=datetime(2026, 9, 1, tzinfo=UTC))
HEADER = {
    "_type": "header",
    "chatlab": {"version": "0.0.2"},
    "meta": {"name": "一组", "platform": "wecom", "type": "group", "groupId": "g1"},
}
SAID = {"_type": "message", "sender": "u1", "accountName": "小李", "timestamp": 1789349706, "type": 0, "content": "收到"}
ODD = [
    SAID | {"content": 5},
    SAID | {"content": None},
    SAID | {"timestamp": 0},
    SAID | {"timestamp": 1789349706.5},
    SAID | {"timestamp": True},
    SAID | {"timestamp": 99999999999},
    SAID | {"accountName": ""},
    SAID | {"accountName": "", "sender": None},
    SAID | {"type": 4, "content": "[文件] 名册.xlsx"},
    SAID | {"type": 81},
    SAID | {"type": 77},
    SAID | {"type": None},
    SAID | {"extra": {"a": 1}},
    SAID | {"content": 'a"\\b\n\t\u2028/'},
    SAID | {"content": "甲\r\n乙"},
    SAID | {"content": "\ud83d"},
    SAID | {"timestamp": 100},
    {"content": "先说", **SAID},
    {"_type": "member", "platformId": "u2", "accountName": "外人"},
    {"_type": "else"},
]
RAW = [
    "# 注",
    "",
    "  ",
    "{",
    "[1]",
    "\x00",
    json.dumps(SAID) + "\r",
    '{"_type":"message","timestamp":1789349706,"content":"a","content":"b"}',
]
LINES = st.one_of(
    st.builds(lambda text: json.dumps(SAID | {"content": text}, ensure_ascii=False, separators=(",", ":")), st.text(max_size=8)),
    st.builds(
        lambda one, ascii_: json.dumps(one, ensure_ascii=ascii_, separators=(",", ":")), st.sampled_from([SAID, *ODD]), st.booleans()
    ),
    st.sampled_from(RAW),
)
CLEAN = st.just(json.dumps(SAID, ensure_ascii=False, separators=(",", ":")))
HEADERS = st.sampled_from([HEADER, HEADER, HEADER | {"meta": {"type": "private"}}, HEADER | {"meta": {}}, SAID, {"_type": "header"}])


def loaded(folder: Path, stated: Stated | None = None) -> Loaded:
    return load([folder], GRANT, stated)


def write(folder: Path, number: int, header: object, lines: list[str]) -> None:
    text = "\n".join([json.dumps(header, ensure_ascii=False, separators=(",", ":")), *lines])
    (folder / f"{number}.jsonl").write_bytes(text.encode("utf-8", "surrogatepass"))


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Loaded:
    with monkeypatch.context() as patched:
        patched.setattr(chatlab_bulk, "_small", lambda _opened: None)
        return loaded(folder)


def same(one: Loaded, other: Loaded) -> bool:
    tables = ("messages", "memberships", "groups", "problems")
    return one.files == other.files and all(getattr(one, name).equals(getattr(other, name)) for name in tables)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(HEADERS, st.one_of(st.lists(LINES, max_size=4), st.lists(CLEAN, min_size=1, max_size=3))), min_size=1, max_size=5)
)
def test_together_says_what_alone_says(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, files: list[tuple[object, list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("room")
    for number, (header, lines) in enumerate(files):
        write(folder, number, header, lines)
    assert same(loaded(folder), alone(folder, monkeypatch))


@pytest.mark.parametrize("odd", [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in ODD] + RAW)
def test_one_odd_line_between_clean_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    clean = json.dumps(SAID, ensure_ascii=False, separators=(",", ":"))
    for number, lines in enumerate([[clean], [clean, odd, clean], [clean, clean]]):
        write(tmp_path, number, HEADER, lines)
    assert same(loaded(tmp_path), alone(tmp_path, monkeypatch))


def test_clean_files_are_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 0, HEADER, [json.dumps(SAID, ensure_ascii=False, separators=(",", ":"))])
    monkeypatch.setattr(loading, "_load_file", None)
    assert loaded(tmp_path).messages["text"].to_list() == ["收到"]
    assert recognise((tmp_path / "0.jsonl").read_bytes(), "0.jsonl") == chatlab_bulk.SOURCE


def test_what_is_stated_of_a_file_is_heard(tmp_path: Path) -> None:
    write(tmp_path, 0, HEADER | {"meta": {}}, [json.dumps(SAID, separators=(",", ":"))])
    assert loaded(tmp_path, Stated(groups={"0.jsonl": "二组"})).messages["group_name"].to_list() == ["二组"]
