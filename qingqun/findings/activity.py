"""When messages come: by the hour of the day in Shanghai, counted for everybody together."""

import polars as pl

from qingqun.words import SHANGHAI

ACTIVITY = pl.Schema({"hour": pl.Int64(), "work": pl.Int64(), "off": pl.Int64(), "emergency": pl.Int64()})


def activity(facts: pl.DataFrame) -> pl.DataFrame:
    """Take enriched messages; return 24 rows: messages in working time, outside it, and emergencies at any time."""
    emergency = pl.col("is_emergency").fill_null(value=False)
    work = pl.col("in_worktime").fill_null(value=True)
    hour = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.hour().cast(pl.Int64)
    counted = (
        facts.filter(pl.col("kind") != "system")
        .group_by(hour=hour)
        .agg((work & ~emergency).sum().alias("work"), (~work & ~emergency).sum().alias("off"), emergency.sum().alias("emergency"))
    )
    whole = pl.DataFrame({"hour": range(24)}, schema={"hour": pl.Int64}).join(counted, on="hour", how="left", maintain_order="left")
    return whole.with_columns(pl.exclude("hour").fill_null(0)).cast(ACTIVITY)
