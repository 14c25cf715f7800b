"""Before and after: groups per person, messages per person and day, as a distribution over a unit, never a row about anybody.

Only people of member lists are counted, and only in groups of staff: what is true of whoever merely spoke is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from qingqun.findings.home import Units, home
from qingqun.findings.plan.cluster import Cluster
from qingqun.findings.suppress import EVERYBODY, FEW, Cell, shown
from qingqun.findings.table import FORECAST
from qingqun.findings.tree import Tree

NOT_WORK = ("parents", "public", "personal")
P90_FROM = 10  # people: among fewer, the 90th percentile is one person's own figure
MEASURED = ("groups", "messages")
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What is done: the groups (`g`) that are dissolved, and the merged ones as they will be."""

    gone: set[int]
    wholes: list[Cluster]


@dataclass(frozen=True, slots=True)
class Span:
    """In how many days it was said, and what is known of units: `homes` by the same numbers of people."""

    days: int
    units: Units = field(default_factory=Units)


def forecast(
    standing: pl.DataFrame, people: pl.DataFrame, sent: pl.DataFrame, change: Change, span: Span
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take the standing groups, their lists (g, person), what is said there (g, n); return FORECAST, and FORECAST with all below."""
    work = standing.filter(~pl.col("kind").is_in(NOT_WORK).fill_null(value=False)).select("g", "unit", "kind")
    mine = people.join(work.select("g"), on="g", how="semi")
    pings = sent.group_by("g").agg(pl.col("n").sum().alias("pings"))
    before = _per_person(mine, pings, span.days, "before")
    after = _per_person(*_after(mine, pings, change), span.days, "after")
    persons = before.join(after, on="person", how="left").with_columns(pl.selectors.ends_with("_after").fill_null(0))
    return _tables(persons.join(home(mine, work, span.units.homes), on="person", how="left"), span.units.tree)


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


def _tables(persons: pl.DataFrame, tree: Tree) -> tuple[pl.DataFrame, pl.DataFrame]:
    named = persons.drop_nulls("unit")
    own = named.group_by("unit").agg(_spreads()).sort("unit")
    pairs = tree.pairs(own["unit"]).filter(pl.col("up").is_in(list(tree.inner)))
    rolled = named.join(pairs, on="unit").drop("unit").rename({"up": "unit"}).group_by("unit").agg(_spreads()).sort("unit")
    everybody = persons.select(pl.lit(None, pl.String).alias("unit"), *_spreads())
    safe = shown(dict(own.select("unit", "people").iter_rows()), tree.over, len(persons) - len(named), FEW)
    return _told([("all", everybody), ("own", own)], safe), _told([("all", rolled)], safe)


def _spreads() -> list[pl.Expr]:
    return [pl.len().alias("people"), *(e for name in MEASURED for when in ("before", "after") for e in _spread(f"{name}_{when}"))]


def _spread(name: str) -> tuple[pl.Expr, pl.Expr]:
    value = pl.col(name).cast(pl.Float64)
    p90 = pl.when(pl.len() >= P90_FROM).then(value.quantile(0.9, "linear"))
    return value.median().alias(name), p90.alias(f"{name}_p90")


def _told(parts: Sequence[tuple[str, pl.DataFrame]], safe: set[Cell]) -> pl.DataFrame:
    rows = [(kind, row) for kind, part in parts for row in part.iter_rows(named=True)]
    cells = [_cell(kind, name, row, safe) for name in MEASURED for kind, row in rows]
    return pl.DataFrame(cells, schema=FORECAST, orient="row")


def _cell(kind: str, name: str, of: Figures, safe: set[Cell]) -> tuple[object, ...]:
    unit = of["unit"]
    if ((kind, unit) if unit is not None else EVERYBODY) not in safe:
        return unit, name, None, None, None, None, None, True
    spread = (of[f"{name}_{column}"] for column in ("before", "after", "before_p90", "after_p90"))
    return unit, name, of["people"], *spread, False
