"""How much of the time up to a deadline is working time, and whether what went out in the morning is due that afternoon."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from qingqun.clock.grade import DAY_MS, local_day, midnight
from qingqun.clock.hours import Hours
from qingqun.words import SHANGHAI

_MINUTE_MS = 60_000
_NOON = 12
FAR = 16  # days: no run of days off is longer, so what is due later leaves working time enough


def worked_to_deadline(frame: pl.DataFrame, hours: Hours) -> pl.DataFrame:
    """Add `worked_to_deadline` (whole seconds a unit works from `sent_at` to `deadline`; null where none is due or it is far off).

    And `due_same_afternoon`: sent before noon, due after noon of the same day (Shanghai). In: `sent_at`, `deadline`, `seconds_to_deadline`.
    """
    near = pl.col("seconds_to_deadline") <= FAR * DAY_MS // 1000
    sent, due = (frame[name].dt.epoch("ms") for name in ("sent_at", "deadline"))
    spans = _spans(sent.filter(frame.select(near.fill_null(value=False)).to_series()), hours)
    worked = (_before(due, spans) - _before(sent, spans)) // 1000
    told, wanted = (pl.col(name).dt.convert_time_zone(SHANGHAI).dt for name in ("sent_at", "deadline"))
    afternoon = (told.date() == wanted.date()) & (told.hour() < _NOON) & (wanted.hour() >= _NOON)
    return frame.with_columns(
        pl.when(near).then(worked).alias("worked_to_deadline"), afternoon.fill_null(value=False).alias("due_same_afternoon")
    )


def _spans(sent: pl.Series, hours: Hours) -> pl.DataFrame:
    """Return all that is worked from the first of these moments on: `start`, `length` (milliseconds) and what was worked `before`."""
    first, last = sent.min(), sent.max()
    none = {"start": [-DAY_MS], "length": [0]}
    days = _days(local_day(int(first)), local_day(int(last))) if isinstance(first, int) and isinstance(last, int) else iter(())
    rows = [(midnight(day) + one.start * _MINUTE_MS, (one.end - one.start) * _MINUTE_MS) for day in days for one in hours.open(day)]
    read = pl.DataFrame(rows, schema={"start": pl.Int64, "length": pl.Int64}, orient="row")
    return pl.concat([pl.DataFrame(none, schema=read.schema), read]).with_columns(before=pl.col("length").cum_sum() - pl.col("length"))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + FAR + 2))


def _before(moments: pl.Series, spans: pl.DataFrame) -> pl.Series:
    """Return how many milliseconds were worked before each moment."""
    at = (spans["start"].search_sorted(moments, side="right").cast(pl.Int64) - 1).clip(0).set(moments.is_null(), None)
    span = spans.select(pl.all().gather(at))
    return span["before"] + pl.DataFrame({"gone": moments - span["start"], "length": span["length"]}).min_horizontal()
