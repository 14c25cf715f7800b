"""Who asked for this? A receipt or a photo is attributed to the last notice of its group that asked for one, for a day."""

import polars as pl

from qingqun.words import Kind

DAY_MS = 86_400_000
PROMPT_MS = 3_600_000  # a receipt later than this, after another notice, answers that notice
_OF_DEMAND = ("row", "ms", "group_no", "sender_no", "is_emergency")
_NONE = pl.lit(False)
PICTURES = (Kind.IMAGE.value, Kind.VIDEO.value, Kind.LOCATION.value)


def answers(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `row`, `asked_by`, `receipts_since_demand` and `photo_senders_since_demand` of the rows that answer a demand.

    In: a table in order of time with `row`, `ms`, `group_no`, `sender_no`, `kind` and the labels. An emergency's demand
    asks rightly: what answers it is attributed to nobody, nor is what the asker says himself. A receipt that comes late, after
    another notice of the group, answers that one; pictures of a round may come all day.
    """
    receipts = _attributed(frame, "is_reply_demand", pl.col("is_receipt"), others=pl.col("is_notice"))
    photos = _attributed(frame, "is_photo_proof", pl.col("kind").is_in(PICTURES))
    first = photos.filter(pl.struct("asked_by", "sender_no").is_first_distinct())
    return pl.concat(
        [
            receipts.select("row", "asked_by", _ordinal("receipts_since_demand")),
            photos.select("row", "asked_by").join(
                first.select("row", _ordinal("photo_senders_since_demand")), on="row", how="left", maintain_order="left"
            ),
        ],
        how="diagonal",
    ).unique("row", keep="first", maintain_order=True)


def _attributed(frame: pl.DataFrame, demand: str, answer: pl.Expr, others: pl.Expr = _NONE) -> pl.DataFrame:
    """Return the answers with the demand each follows, group by group, in order of time; `others` are notices that draw late answers."""
    asks = pl.col(demand)
    told = pl.when(asks | others).then("row").forward_fill().alias("told_row")
    late = (pl.col("told_row") > pl.col("asked_row")) & (pl.col("ms") - pl.col("asked_ms") > PROMPT_MS)
    last = [pl.when(asks).then(name).forward_fill().alias(f"asked_{name}") for name in _OF_DEMAND]
    return (
        frame.lazy()
        .filter(asks | answer | others)
        .sort("group_no", maintain_order=True)
        .with_columns(*last, told)
        .filter(
            answer & ~asks,
            ~late,
            pl.col("asked_group_no") == pl.col("group_no"),
            pl.col("ms") - pl.col("asked_ms") <= DAY_MS,
            pl.col("asked_sender_no") != pl.col("sender_no"),
            ~pl.col("asked_is_emergency"),
        )
        .select("row", "sender_no", asked_by="asked_row")
        .collect()
    )


def _ordinal(name: str) -> pl.Expr:
    """Number the answers to one demand 1, 2, 3: they stand together, so counting from the run's start does without a window."""
    place = pl.int_range(pl.len(), dtype=pl.Int64)
    begins = pl.col("asked_by") != pl.col("asked_by").shift(1, fill_value=-1)
    return (place - pl.when(begins).then(place).forward_fill() + 1).alias(name)
