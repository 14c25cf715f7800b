"""A column of moments graded at once: the distinct days are cut into segments, each moment finds its own by binary search."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from qingqun.clock.grade import DAY_MS, Grade, local_day, segments
from qingqun.clock.hours import Hours
from qingqun.words import MOMENT

_BEIJING_MS = 8 * 3_600_000
_SEGMENTS = {
    "start": pl.Int64(),
    "grade": pl.String(),
    "opens": pl.Int64(),
    "closes": pl.Int64(),
    "year_status": pl.String(),
}


def grade(moments: pl.Series, hours: Hours) -> pl.DataFrame:
    """Grade a column of MOMENT by a unit's hours; one row a moment, a null moment gives nulls.

    Columns: grade (String), in_worktime (Boolean), seconds_to_close (Int64: to the day's last ordinary closing, null where the day
    is no working day or has closed), next_open (MOMENT: the moment itself while working), year_status (String, of the moment's year).
    """
    ms = moments.cast(MOMENT).to_physical().cast(pl.Int64).rename("ms")
    cut = _cut(ms, hours)
    found = (cut["start"].search_sorted(ms, side="right").cast(pl.Int64) - 1).set(ms.is_null(), None)
    rows = cut.select(pl.all().gather(found)).with_columns(ms)
    return rows.select(
        "grade",
        in_worktime=pl.col("grade") == Grade.WORK.value,
        seconds_to_close=(pl.col("closes") - pl.col("ms")) // 1000,
        next_open=pl.when(pl.col("grade") == Grade.WORK.value).then("ms").otherwise("opens").cast(MOMENT),
        year_status="year_status",
    )


def _cut(ms: pl.Series, hours: Hours) -> pl.DataFrame:
    days = ((ms + _BEIJING_MS) // DAY_MS).unique().drop_nulls().sort()
    rows = (row for day in days for row in _rows(local_day(day * DAY_MS - _BEIJING_MS), hours))
    return pl.DataFrame(rows, schema=_SEGMENTS, orient="row")


def _rows(day: date, hours: Hours) -> Iterator[tuple[int, str, int | None, int | None, str]]:
    standing = hours.calendar.standing(day.year).value
    return ((cut.start, cut.grade.value, cut.opens, cut.closes, standing) for cut in segments(day, hours))
