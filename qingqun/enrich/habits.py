"""What only long chats show of a group: whether documents and meetings became fewer within a year, and for how many weeks nights were used.

Both need chats without large holes. Where an export does not reach back far enough, or a quarter of a year is missing, nothing is known.
"""

from datetime import date

import polars as pl

from qingqun.enrich.normal import normalise
from qingqun.enrich.papers import is_paper
from qingqun.words import SHANGHAI

YEAR, QUARTERS = 365, 8
WEEKLY = 2
"""From so many pieces of work a week on, working time is passed as a habit."""
_NEEDED = ("text", "copy_no", "is_publishing", "is_emergency", "grade")
_NOTHING = {"papers_percent": pl.Int64(), "papers_before": pl.Int64(), "offhours_weeks": pl.Int64()}
_AGE = ("created", "file", "line")
_WORKED = ("work", "lunch")


def habits(groups: pl.DataFrame, said: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return `group`, `papers_percent`, `papers_before` and `offhours_weeks`.

    In: the register with `group` and `is_disbanded`; the chats' messages as (group, day, ...) rows from `talk`; the day of inspection.
    """
    if said.is_empty():
        return groups.select("group").clear().with_columns(pl.lit(None, kind).alias(name) for name, kind in _NOTHING.items())
    return _papers(groups, said, on).join(_weeks(said, on), on="group", how="full", coalesce=True)


def talk(messages: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return what the habits are read from: group, day and facts of each message up to a day; no row where the facts are missing."""
    if not set(_NEEDED) <= set(messages.columns):
        return messages.select("platform", "group_id", "group_name").clear()
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date()
    return messages.filter(day <= on).select("platform", "group_id", "group_name", *_NEEDED, day=day)


def _papers(groups: pl.DataFrame, said: pl.DataFrame, on: date) -> pl.DataFrame:
    """Compare, for each unit, the different papers of the last year and of the year before; said of the unit's oldest kept group."""
    owned = said.join(groups.select("group", "unit").drop_nulls(), on="group").with_columns(
        back=(pl.lit(on) - pl.col("day")).dt.total_days()
    )
    recent = owned.filter(pl.col("back") < 2 * YEAR).with_columns(quarter=pl.col("back") * 4 // YEAR, last=pl.col("back") < YEAR)
    covered = recent.group_by("unit").agg(quarters=pl.col("quarter").n_unique()).filter(pl.col("quarters") >= QUARTERS)
    spoken = recent.drop_nulls("copy_no").join(covered, on="unit").sort("day", "text")
    once = spoken.unique(["unit", "copy_no", "last"], keep="first", maintain_order=True)
    papers = once.filter(is_paper(normalise(once["text"])))
    counted = papers.group_by("unit").agg(
        papers=pl.col("last").sum().cast(pl.Int64), papers_before=pl.col("last").not_().sum().cast(pl.Int64)
    )
    oldest = groups.filter(~pl.col("is_disbanded")).drop_nulls("unit").sort(*_AGE, nulls_last=True).unique("unit", keep="first")
    percent = pl.when(pl.col("papers_before") > 0).then(pl.col("papers") * 100 // pl.col("papers_before"))
    return oldest.select("group", "unit").join(counted, on="unit").select("group", "papers_before", papers_percent=percent)


def _weeks(said: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return the longest run of weeks, Monday to Sunday, within the last year in which work came outside working time WEEKLY times."""
    outside = pl.col("is_publishing") & ~pl.col("is_emergency") & ~pl.col("grade").is_in(_WORKED)
    week = (pl.col("day").dt.epoch("d") + 3) // 7  # the epoch's first day was a Thursday
    rows = said.filter(outside, (pl.lit(on) - pl.col("day")).dt.total_days() < YEAR).select("group", week=week.cast(pl.Int64))
    busy = rows.group_by("group", "week").len().filter(pl.col("len") >= WEEKLY).sort("group", "week")
    run = pl.col("week") - pl.int_range(pl.len(), dtype=pl.Int64).over("group")
    runs = busy.with_columns(run=run).group_by("group", "run").agg(n=pl.len().cast(pl.Int64))
    return runs.group_by("group").agg(offhours_weeks=pl.col("n").max())
