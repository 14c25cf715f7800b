"""What the last audit promised, and what has come of it: the cost of each kind of finding, and the load that its plan foretold.

Both sides were measured by the same program with the same formulas. Where groups are missing from this export, or the packs differ, a
fall is not called one.
"""

import polars as pl

WEEK = 7
Priced = tuple[pl.DataFrame, int]  # COSTS, and the days in which they arose
MENDED = pl.Schema(
    {
        "rule": pl.String(),
        "repair": pl.String(),
        "before": pl.Float64(),  # minutes a week of all people together, in the earlier audit
        "promised": pl.Float64(),  # of these, what mending was said to save
        "after": pl.Float64(),  # minutes a week now
        "change": pl.Float64(),  # null where a fall may be what is missing
        "covered": pl.Boolean(),
    }
)
FORETOLD = pl.Schema(
    {
        "unit": pl.String(),  # null: everybody
        "metric": pl.String(),
        "before": pl.Float64(),  # median when it was planned
        "foretold": pl.Float64(),  # what the plan said it would become
        "after": pl.Float64(),  # what it is now
        "change": pl.Float64(),  # from before to now; null as above
        "covered": pl.Boolean(),
    }
)


def mended(earlier: Priced, later: Priced, covered: pl.Expr) -> pl.DataFrame:
    """Return MENDED, one row a rule of either audit, in the order of names; `covered` says whether a fall may be called one."""
    before = _weekly(*earlier).select("rule", repair="repair", before="minutes", promised="saves_minutes")
    after = _weekly(*later).select("rule", now="repair", after="minutes")
    both = before.join(after, on="rule", how="full", coalesce=True).with_columns(repair=pl.coalesce("repair", "now"))
    figures = both.with_columns(pl.col("before", "promised", "after").fill_null(0.0))
    return _told(figures.with_columns(covered=covered)).sort("rule").select(MENDED.names())


def foretold(earlier: pl.DataFrame, later: pl.DataFrame, covered: pl.Expr) -> pl.DataFrame:
    """Take both audits' FORECAST; return FORETOLD, one row a unit and metric that both may show."""
    on = ["unit", "metric"]
    before = earlier.filter(~pl.col("hidden")).select(*on, "before", foretold="after")
    after = later.filter(~pl.col("hidden")).select(*on, after="before")
    both = before.join(after, on=on, how="inner", nulls_equal=True, maintain_order="left")
    return _told(both.with_columns(covered=covered)).select(FORETOLD.names())


def _weekly(costs: pl.DataFrame, days: int) -> pl.DataFrame:
    return costs.with_columns(pl.col("minutes", "saves_minutes") * WEEK / max(days, 1))


def _told(both: pl.DataFrame) -> pl.DataFrame:
    change = pl.col("after") - pl.col("before")
    return both.with_columns(change=pl.when(pl.col("covered") | (change >= 0)).then(change))
