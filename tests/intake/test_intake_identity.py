from collections import Counter
from datetime import UTC, datetime

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from qingqun.intake.identity import FILE, distinct
from qingqun.intake.spoken import Room
from qingqun.words import MESSAGES

Row = tuple[str | None, int, str, str]
ROOM = Room("wechat", "group", None, "青山街道防汛工作群")


def _frame(*files: list[Row]) -> pl.DataFrame:
    rows = [
        {"platform": "wechat", "chat": "group", "group_name": ROOM.group_name, "message_id": id_, "sender_name": who, "text": said}
        | {"sent_at": datetime.fromtimestamp(at, UTC), FILE: number}
        for number, file in enumerate(files)
        for id_, at, who, said in file
    ]
    return pl.DataFrame(rows, schema=MESSAGES | {FILE: pl.Int32()}) if rows else MESSAGES.to_frame().with_columns(pl.lit(0).alias(FILE))


def _said(*files: list[Row]) -> Counter[tuple[object, ...]]:
    return Counter(distinct(_frame(*files)).select("message_id", "sent_at", "sender_name", "text").rows())


anonymous = st.lists(
    st.tuples(st.none(), st.integers(0, 2), st.sampled_from(["小李", "张主任"]), st.sampled_from(["收到", "好的"])), max_size=12
)
numbered = st.lists(st.integers(0, 30), unique=True, max_size=20).map(lambda ids: [(f"m{id_}", id_ // 3, "小李", "收到") for id_ in ids])


@settings(max_examples=40, deadline=None)
@given(anonymous)
def test_the_same_file_twice_adds_nothing(file: list[Row]) -> None:
    assert _said(file, file) == _said(file)


@settings(max_examples=40, deadline=None)
@given(anonymous)
def test_within_one_file_nothing_is_ever_folded(file: list[Row]) -> None:
    assert _said(file).total() == len(file)


@settings(max_examples=40, deadline=None)
@given(anonymous, anonymous)
def test_of_two_overlapping_exports_the_one_that_saw_more_counts(one: list[Row], other: list[Row]) -> None:
    assert _said(one, other) == _said(one) | _said(other)


@settings(max_examples=40, deadline=None)
@given(anonymous, numbered, anonymous)
def test_the_order_of_files_does_not_matter(one: list[Row], other: list[Row], third: list[Row]) -> None:
    assert _said(one, other, third) == _said(third, one, other)


@settings(max_examples=40, deadline=None)
@given(numbered, st.integers(0, 20), st.integers(0, 5))
def test_ids_join_split_exports_without_loss_or_double(file: list[Row], cut: int, overlap: int) -> None:
    assert _said(file[: cut + overlap], file[cut:]) == _said(file)


def test_six_receipts_in_one_second_are_six() -> None:
    assert _said([(None, 0, "小李", "收到")] * 6).total() == 6


def test_the_same_id_in_another_group_is_another_message() -> None:
    both = _frame([("1", 0, "小李", "收到")], [("1", 0, "小李", "收到")])
    other = both.with_columns(pl.when(pl.col(FILE) == 1).then(pl.lit("另一个群")).otherwise("group_name").alias("group_name"))
    assert distinct(other).height == 2


def test_an_id_that_an_exporter_gives_to_everything_is_no_id() -> None:
    assert _said([("0x0", 0, "小李", "收到"), ("0x0", 1, "张主任", "请报送"), ("a", 2, "小李", "好的")]).total() == 3


def test_a_message_that_one_file_repeats_under_its_id_is_one() -> None:
    assert _said([("a", 0, "小李", "收到"), ("a", 0, "小李", "收到")]).total() == 1
