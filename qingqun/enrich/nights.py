"""On how many of the last days did a group work outside working time? One message is a lapse, a habit is a pattern."""

import polars as pl

DAYS = 7


def offhours_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `row` and `offhours_days` of the work information published outside working time (lunch and emergencies aside).

    In: a table in order of time with `row`, `group_no`, `day` (Int32, local), `grade` and the labels.
    """
    outside = pl.col("is_publishing") & ~pl.col("is_emergency") & ~pl.col("grade").is_in(["work", "lunch"])
    rows = frame.lazy().filter(outside).select("row", "group_no", "day").collect()
    days = rows.select("group_no", "day").unique().sort("group_no", "day")
    counted = days.with_columns(pl.sum_horizontal(_within(back) for back in range(DAYS)).alias("offhours_days"))
    return rows.join(counted, on=["group_no", "day"], how="left", maintain_order="left").select("row", "offhours_days")


def _within(back: int) -> pl.Expr:
    """One, where the day that stands so many places before is of the same group and of the last seven days."""
    near = (pl.col("day") - pl.col("day").shift(back) < DAYS) & (pl.col("group_no") == pl.col("group_no").shift(back))
    return near.fill_null(value=False).cast(pl.Int64)
