"""How often the same comes round: inspections and campus visits announced to a group, a paper that another office asked for before."""

import polars as pl

DAY_S = 86_400
WEEK, TERM = "7d", "150d"
_PARENTS = "家长|家委|家校|[级班]{1,2}(?:[0-9一二三四五六七八九十]{1,2}班)?(?:通知|交流)?群$|班级群"


def rounds(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `row`, `inspections_in_week`, `campus_in_term` and `seconds_since_material`.

    In: a table in order of time with `row`, `group_no`, `sender_no`, `copy_no`, `ms`, `is_notice`, `is_work` and the cues. The first
    two count notices of one group up to the row, each content once; the third looks at all groups, at other senders only.
    """
    week = _counted(frame.filter(pl.col("is_inspection") & pl.col("is_notice")), WEEK, "inspections_in_week")
    term = _counted(frame.filter(pl.col("is_campus") & pl.col("is_work")), TERM, "campus_in_term")
    both = week.join(term, on="row", how="full", coalesce=True)
    return both.join(_asked_before(frame), on="row", how="full", coalesce=True)


def _counted(rows: pl.DataFrame, period: str, name: str) -> pl.DataFrame:
    first = rows.filter(pl.struct("group_no", "copy_no").is_first_distinct() | pl.col("copy_no").is_null())
    timed = first.with_columns(at=pl.from_epoch("ms", time_unit="ms")).sort("group_no", "at", "row")
    counted = timed.rolling(index_column="at", period=period, group_by="group_no").agg(pl.len().cast(pl.Int64).alias(name))
    return timed.select("row").hstack(counted.select(name))


def _asked_before(frame: pl.DataFrame) -> pl.DataFrame:
    """Say how long ago another sender asked for the same paper."""
    asks = frame.filter(pl.col("material").is_not_null() & pl.col("is_work")).sort("material", "row")
    other = (pl.col("sender_no") != pl.col("sender_no").shift(1)) & (pl.col("material") == pl.col("material").shift(1))
    since = (pl.col("ms") - pl.col("ms").shift(1)) // 1_000
    return asks.select("row", seconds_since_material=pl.when(other).then(since)).drop_nulls()


def is_parents(frame: pl.DataFrame) -> pl.Series:
    """Say for each row whether its group is one of parents, as its name says. In: `group_no`, `group_name`."""
    names = frame.lazy().select("group_no", "group_name").unique("group_no").collect()
    known = names.select("group_no", is_parents=pl.col("group_name").str.contains(_PARENTS).fill_null(value=False))
    return frame.select("group_no").join(known, on="group_no", how="left", maintain_order="left")["is_parents"]
