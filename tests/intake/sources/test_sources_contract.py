"""What every source must do, present and future: the folder is walked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingqun.intake import Loaded, sources
from qingqun.intake.collect import collect
from qingqun.intake.opened import Opened
from qingqun.words import Chat, Kind

Load = Callable[..., Loaded]
NAMES = sorted(sources.every())
DATA = Path(__file__).parents[2] / "data" / "intake"
SAMPLES = sorted(path for path in DATA.iterdir() if path.suffix in {".json", ".jsonl", ".txt", ".csv"})


def _read(source: str, path: Path) -> int:
    opened = Opened(path)
    module = sources.every()[source]
    frames = getattr(module, "frames", None)
    if frames:
        frames(opened, lambda _count: None)
    return collect(module.read(opened), lambda _count: None).messages.height


@pytest.mark.parametrize("name", NAMES)
def test_every_source_has_a_title_and_leaves_nothing_alone(name: str) -> None:
    module = sources.every()[name]
    assert module.TITLE
    assert module.sniff(b"", "") == 0
    assert 0 <= module.sniff(b"\x00" * 100, "a.txt") <= 1


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_recognised_and_its_messages_are_whole(path: Path) -> None:
    opened = Opened(path)
    name = sources.recognise(opened.head, "without_a_helpful_name")
    assert name is not None
    found = collect(sources.every()[name].read(opened), lambda _count: None)
    assert set(found.messages["chat"]) <= {chat.value for chat in Chat}
    assert set(found.messages["kind"]) <= {kind.value for kind in Kind}
    assert found.messages.select("platform", "sent_at", "sender_name", "text").null_count().sum_horizontal().item() == 0
    assert set(found.messages["source"]) <= {name}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_source_falls_over_anothers_file(name: str, path: Path) -> None:
    _read(name, path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_cut_file_never_raises(path: Path, tmp_path: Path) -> None:
    cut = tmp_path / path.name
    whole = path.read_bytes()
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    for name in NAMES:
        _read(name, cut)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_nul_and_long_lines_never_raise(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    hostile = tmp_path / path.name
    hostile.write_bytes(whole.replace("收到".encode(), b"\x00" + b"x" * 100_000) + b"\x00\n" + b"[" * 100_000 + b"\n" + b" " * 100_000)
    for name in NAMES:
        _read(name, hostile)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_random_bytes_never_raise(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "random"
    path.write_bytes(content)
    for name in NAMES:
        _read(name, path)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_damaged_samples_never_raise(tmp_path: Path, path: Path, at: int, damage: bytes) -> None:
    whole = path.read_bytes()
    damaged = tmp_path / "damaged"
    damaged.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
    for name in NAMES:
        _read(name, damaged)
