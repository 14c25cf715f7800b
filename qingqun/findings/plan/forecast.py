"""Before and after: groups per person, messages per person and day, as a distribution over a unit, never a row about anybody.

Only people of member lists are counted, and only in groups of staff: what is true of whoever merely spoke is not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from qingqun.findings.home import home
from qingqun.findings.plan.cluster import Cluster
from qingqun.findings.suppress import FEW, hidden
from qingqun.findings.table import FORECAST

NOT_WORK = ("parents", "public", "personal")
P90_FROM = 10  # people: among fewer, the 90th percentile is one person's own figure
MEASURED = ("groups", "messages")
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What is done: the groups (`g`) that are dissolved, and the merged ones as they will be."""

    gone: set[int]
    wholes: list[Cluster]


def forecast(standing: pl.DataFrame, people: pl.DataFrame, sent: pl.DataFrame, change: Change, days: int) -> pl.DataFrame:
    """Take the standing groups, their lists (g, person), what is said there (g, n) in how many days; return FORECAST."""
    work = standing.filter(~pl.col("kind").is_in(NOT_WORK).fill_null(value=False)).select("g", "unit", "kind")
    mine = people.join(work.select("g"), on="g", how="semi")
    pings = sent.group_by("g").agg(pl.col("n").sum().alias("pings"))
    before = _per_person(mine, pings, days, "before")
    after = _per_person(*_after(mine, pings, change), days, "after")
    persons = before.join(after, on="person", how="left").with_columns(pl.selectors.ends_with("_after").fill_null(0))
    homes = persons.join(home(mine, work), on="person", how="left")
    return pl.DataFrame(list(_rows(homes)), schema=FORECAST, orient="row")


def _after(people: pl.DataFrame, pings: pl.DataFrame, change: Change) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put each group's people and pings where they will be: a merged group stands under its first number."""
    moves = [(g, whole.groups[0]) for whole in change.wholes for g in whole.groups]
    moved = pl.DataFrame(moves, schema={"g": pl.Int64, "to": pl.Int64}, orient="row")
    totals = pl.DataFrame([(w.groups[0], w.pings) for w in change.wholes], schema={"g": pl.Int64, "pings": pl.Int64}, orient="row")
    left = people.filter(~pl.col("g").is_in(list(change.gone))).join(moved, on="g", how="left")
    placed = left.select("person", g=pl.coalesce("to", "g")).unique()
    apart = pings.join(moved, on="g", how="anti").cast({"g": pl.Int64, "pings": pl.Int64})
    return placed, pl.concat([apart, totals])


def _per_person(people: pl.DataFrame, pings: pl.DataFrame, days: int, when: str) -> pl.DataFrame:
    each = people.join(pings, on="g", how="left").group_by("person")
    return each.agg(pl.len().alias(f"groups_{when}"), (pl.col("pings").sum() / days).alias(f"messages_{when}"))


def _rows(persons: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    figures = [pl.len().alias("people"), *(e for name in MEASURED for when in ("before", "after") for e in _spread(f"{name}_{when}"))]
    everybody = persons.select(figures).row(0, named=True)
    units = persons.drop_nulls("unit").group_by("unit").agg(figures).sort("unit").to_dicts()
    outside = everybody["people"] - sum(unit["people"] for unit in units)
    small = hidden([*(unit["people"] for unit in units), outside], FEW)
    shown = [(None, everybody, everybody["people"] < FEW), *((u["unit"], u, i in small) for i, u in enumerate(units))]
    for name in MEASURED:
        yield from (_cell(unit, name, of, hide=hide) for unit, of, hide in shown)


def _spread(name: str) -> tuple[pl.Expr, pl.Expr]:
    value = pl.col(name).cast(pl.Float64)
    p90 = pl.when(pl.len() >= P90_FROM).then(value.quantile(0.9, "linear"))
    return value.median().alias(name), p90.alias(f"{name}_p90")


def _cell(unit: str | None, name: str, of: Figures, *, hide: bool) -> tuple[object, ...]:
    if hide:
        return unit, name, None, None, None, None, None, True
    spread = (of[f"{name}_{column}"] for column in ("before", "after", "before_p90", "after_p90"))
    return unit, name, of["people"], *spread, False
