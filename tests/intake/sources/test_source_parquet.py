from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from qingqun.intake import Loaded

Load = Callable[..., Loaded]


def _again(read: Load, frame: pl.DataFrame, tmp_path: Path) -> Loaded:
    frame.write_parquet(tmp_path / "a.parquet")
    return read(tmp_path / "a.parquet")


def test_what_was_loaded_may_be_saved_and_loaded_again(read: Load, tmp_path: Path) -> None:
    before = read("chatlab.jsonl").messages
    after = _again(read, before, tmp_path).messages
    assert after.drop("file", "line", "source").equals(before.drop("file", "line", "source"))


def test_few_columns_are_enough(read: Load, tmp_path: Path) -> None:
    few = read("chatlab.jsonl").messages.select("platform", "chat", "group_name", "sent_at", "sender_name", "text")
    assert _again(read, few, tmp_path).messages.select("kind", "precision").unique().rows() == [("text", "s")]


def test_rows_without_a_sender_are_problems(read: Load, tmp_path: Path) -> None:
    holed = read("chatlab.jsonl").messages.with_columns(
        pl.when(pl.int_range(pl.len()) == 1).then(None).otherwise("sender_name").alias("sender_name")
    )
    loaded = _again(read, holed, tmp_path)
    assert loaded.problems.select("line", "code").rows() == [(2, "bad_row")]
    assert loaded.messages.height == 4


def test_private_rows_are_refused(read: Load, tmp_path: Path) -> None:
    private = read("chatlab.jsonl").messages.with_columns(pl.lit("private").alias("chat"))
    assert _again(read, private, tmp_path).problems["code"].unique().to_list() == ["private_chat"]


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"a": [1]}),
        pl.DataFrame({"platform": ["x"], "chat": ["group"], "sent_at": ["never"], "sender_name": ["x"], "text": ["x"]}),
    ],
)
def test_another_table_is_no_message_table(read: Load, tmp_path: Path, frame: pl.DataFrame) -> None:
    assert _again(read, frame, tmp_path).problems["code"].to_list() == ["bad_parquet"]


def test_a_broken_file_is_a_problem(read: Load, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"\x00" * 100 + b"PAR1")
    assert read(tmp_path / "a.parquet").problems["code"].to_list() == ["bad_parquet"]
