from pathlib import Path

import polars as pl
import pytest

from qingqun import demo
from qingqun.intake import Grant, Stated, load
from qingqun.words import MESSAGES


@pytest.fixture(scope="module")
def many() -> pl.DataFrame:
    return demo.scale(100_000, 0.2)


def test_the_table_has_the_schema_the_size_and_the_share(many: pl.DataFrame) -> None:
    assert many.schema == MESSAGES
    assert many.height == 100_000
    assert many["text"].n_unique() == 20_000


def test_fewer_distinct_texts_than_the_week_has_are_possible_too() -> None:
    assert demo.scale(30_000, 0.05)["text"].n_unique() == 1_500


def test_equal_arguments_give_equal_tables(many: pl.DataFrame) -> None:
    assert demo.scale(100_000, 0.2).equals(many)


def test_every_message_has_its_own_id_and_streets_their_own_groups(many: pl.DataFrame) -> None:
    assert many["message_id"].n_unique() == many.height
    assert many["group_id"].n_unique() > 600


def test_what_is_written_is_read_again(many: pl.DataFrame, tmp_path: Path, grant: Grant) -> None:
    few = many.filter(pl.col("group_id").is_in(many["group_id"].unique(maintain_order=True)[:20].implode()))
    read = load(tuple(demo.write_scale(few, tmp_path)), grant, Stated()).messages
    said = few.select("group_id", "sent_at", "text").sort(pl.all())
    assert read.select("group_id", "sent_at", "text").sort(pl.all()).equals(said)
