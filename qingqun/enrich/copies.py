"""Where did this notice stand before? Copies of one notice in other groups within the last seven days."""

import polars as pl

WEEK_MS = 7 * 86_400_000
_STANDS, _ASKS, _GOES = 1, 0, -1


def copies(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `row`, `copies_in_other_groups` and `seconds_since_copy` of what is published.

    In: a table in order of time with `row`, `ms`, `group_no` and `copy_no` (null where nothing is published).
    """
    notices = frame.lazy().filter(pl.col("copy_no").is_not_null()).select("row", "ms", "group_no", "copy_no").collect()
    return _standing(notices).join(_latest(notices), on="row", how="left", maintain_order="left")


def _standing(notices: pl.DataFrame) -> pl.DataFrame:
    """Count the groups a notice stands in when it is sent once more, without joining the notices with each other.

    A posting stands for a week, or until the same group gets the notice again: the spans of one group never overlap, so a
    sweep over their starts and ends counts groups. The own group's earlier posting is taken off again.
    """
    spans = _spans(notices)
    starts = spans.select("copy_no", at="ms", order=pl.col("row") * 2 + 1, change=pl.lit(_STANDS, pl.Int64))
    queries = spans.select("copy_no", at="ms", order=pl.col("row") * 2, change=pl.lit(_ASKS, pl.Int64))
    ends = spans.select("copy_no", at="until", order="until_order", change=pl.lit(_GOES, pl.Int64))
    swept = pl.concat([starts, queries, ends]).sort("copy_no", "at", "order").with_columns(pl.col("change").cum_sum().alias("open"))
    counted = swept.filter(pl.col("order") % 2 == 0).select(row=pl.col("order") // 2, open="open")
    return spans.join(counted, on="row", how="left").select("row", copies_in_other_groups=pl.col("open") - pl.col("own").cast(pl.Int64))


def _spans(notices: pl.DataFrame) -> pl.DataFrame:
    """Add until when each posting stands, and whether the own group already has the notice."""
    ordered = notices.sort("copy_no", "group_no", maintain_order=True)
    follows = (pl.col("copy_no") == pl.col("copy_no").shift(-1)) & (pl.col("group_no") == pl.col("group_no").shift(-1))
    next_ms = pl.col("ms").shift(-1)
    replaced = (follows & (next_ms - pl.col("ms") <= WEEK_MS)).fill_null(value=False)
    return ordered.with_columns(
        until=pl.when(replaced).then(next_ms).otherwise(pl.col("ms") + WEEK_MS),
        until_order=pl.when(replaced).then(pl.col("row").shift(-1) * 2 + 1).otherwise(pl.lit(2**62 + 1, pl.Int64)),
        own=replaced.shift(1, fill_value=False),
    )


def _latest(notices: pl.DataFrame) -> pl.DataFrame:
    """Seconds since the latest copy in another group: carried along while the group stays the same, none where the notice is new."""
    fresh = (pl.col("copy_no") != pl.col("copy_no").shift(1)).fill_null(value=True)
    moved = pl.col("group_no") != pl.col("group_no").shift(1)
    before = pl.when(fresh).then(-1).when(moved).then(pl.col("ms").shift(1)).forward_fill()
    ordered = notices.sort("copy_no", maintain_order=True)
    return ordered.select("row", seconds_since_copy=pl.when(before >= 0).then((pl.col("ms") - before) // 1000))
