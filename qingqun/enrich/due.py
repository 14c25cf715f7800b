"""Deadline facts, asked only of messages that can have one: work with a cue of time in it, each text and moment once."""

import polars as pl

from qingqun.clock.column import grade
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import deadlines
from qingqun.words import MOMENT

_CUE = "[0-9点时日号天周]|前|今|明|后|晚|内|下班|月底|月末|年底|星期|礼拜"
_OUTSIDE = ("after", "rest_day", "night", "holiday")
_SECOND = pl.duration(seconds=1)


def due(frame: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """Add `deadline` (MOMENT), `seconds_to_deadline` and `due_before_next_workday`; all null where nothing is due.

    In: `text_no`, `text`, `sent_at`, the labels and the clock's columns. A deadline that had passed when it was sent is none.
    """
    cued = (pl.col("is_work") | pl.col("is_notice") | pl.col("is_reply_demand")) & pl.col("text").str.contains(_CUE)
    asked = frame.lazy().filter(cued).select("text_no", "text", "sent_at").unique(["text_no", "sent_at"]).collect()
    dated = asked.with_columns(deadlines(asked["text"], asked["sent_at"], hours).cast(MOMENT).alias("deadline"))
    dated = dated.filter(pl.col("deadline") >= pl.col("sent_at")).drop("text")
    placed = frame.select("text_no", "sent_at").join(dated, on=["text_no", "sent_at"], how="left", maintain_order="left")
    found = frame.with_columns(placed["deadline"]).with_columns(
        (pl.col("deadline") - pl.col("sent_at")).dt.total_seconds().alias("seconds_to_deadline")
    )
    return _before_next_workday(found, hours)


def _before_next_workday(frame: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """Compare with the next opening; while the day has not closed yet, with the opening after its closing."""
    rows = frame.filter(pl.col("deadline").is_not_null()).select("row", "deadline", "sent_at", "grade", "seconds_to_close")
    closing = pl.col("sent_at") + pl.duration(seconds=pl.col("seconds_to_close"), time_unit="ms") + _SECOND
    at = pl.when(pl.col("grade").is_in(_OUTSIDE) | pl.col("seconds_to_close").is_null()).then("sent_at").otherwise(closing)
    opens = grade(rows.select(at.cast(MOMENT).alias("at"))["at"], hours)["next_open"]
    known = rows.select("row", due_before_next_workday=pl.col("deadline") <= opens)
    return frame.hstack([frame.select("row").join(known, on="row", how="left", maintain_order="left")["due_before_next_workday"]])
