import io
from pathlib import Path

import pytest

from qingqun.intake import jsons, opened
from qingqun.intake.encoding import decode_head, encoding_of

CHINESE = "请各社区报送\n收到\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_the_encodings_offices_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("2026-07-03 21:46:05 张晓\r\n收到\r\n".encode(encoding))
    assert [line for _number, line in opened.Opened(path).lines()] == ["2026-07-03 21:46:05 张晓", "收到"]


def test_a_character_cut_off_at_the_end_does_not_turn_the_file_into_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(CHINESE.encode()[:-2])
    assert encoding_of(path) == "utf-8"
    assert decode_head(CHINESE.encode()[:-2]).startswith("请各社区报送")


def test_gb18030_is_known_even_when_the_head_is_ascii(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 5000 + CHINESE.encode("gb18030"))
    assert encoding_of(path) == "gb18030"


def test_a_line_over_the_limit_is_a_problem_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_LINE", 10)
    path = tmp_path / "a.txt"
    path.write_text("x" * 35 + "\nok\n", encoding="utf-8")
    file = opened.Opened(path)
    assert list(file.lines()) == [(2, "ok")]
    assert [problem.code for problem in file.problems] == ["line_too_long"]
    assert list(file.raw_lines()) == [(2, b"ok\n")]


def test_a_lone_surrogate_is_tolerated_and_a_pair_is_kept() -> None:
    assert jsons.loads(rb'{"a":"\ud800x"}') == {"a": "\ufffdx"}
    assert jsons.loads(rb'{"a":"\ud83d\ude00\udc00"}') == {"a": "\U0001f600\ufffd"}


@pytest.mark.parametrize("broken", [b"{", b"[" * 5000, b"1" * 5000, b"", b"\xff"])
def test_what_is_no_json_raises_only_value_error(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        jsons.loads(broken)


def _through(path: Path, size: int) -> None:
    with path.open("rb") as file:
        shallow = jsons.Shallow(file)
        while shallow.read(size):
            pass


@pytest.mark.parametrize("size", [1, 7, 65536])
def test_brackets_inside_strings_are_no_depth(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'["' + b"[" * 500 + rb'\"[[[\\", {"a": "' + b"{" * 500 + b'"}]')
    _through(path, size)


@pytest.mark.parametrize("size", [1, 65536])
def test_deep_brackets_are_refused_before_they_are_parsed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a":' * 200)
    with pytest.raises(jsons.TooDeepError):
        _through(path, size)


@pytest.mark.parametrize("long", [b'"' + b'\\"' * jsons.MAX_TEXT + b'"', b"9" * 2 * jsons.MAX_TEXT])
def test_a_string_or_number_that_never_ends_is_refused_before_it_is_parsed(long: bytes) -> None:
    shallow = jsons.Shallow(io.BytesIO(b'{"messages":[{"a":' + long + b"}]}"))
    with pytest.raises(jsons.TooLongError):
        list(iter(lambda: shallow.read(2**16), b""))


def test_many_strings_within_the_limit_pass() -> None:
    data = b'["' + b'","'.join([b"x" * (jsons.MAX_TEXT - 2**17)] * 4) + b'"]'
    shallow = jsons.Shallow(io.BytesIO(data))
    assert b"".join(iter(lambda: shallow.read(2**16), b"")) == data
