"""What a person gets in a week, as a distribution over a unit: median and 90th percentile, never a row about anybody.

People in groups stand sorted by person, so that any sum over a person's groups is a running sum, read where the person ends: no join
and no grouping of millions of rows. Only notices that stand in several groups need more, because a person has read a notice once
however many groups repeat it; those are folded to the distinct sets of groups first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from qingqun.findings.home import Units, home
from qingqun.findings.metrics import OFF_GRADES, Metric, metrics
from qingqun.findings.roster import keyed, members
from qingqun.findings.suppress import EVERYBODY, Cell, shown
from qingqun.findings.table import BURDEN
from qingqun.findings.tree import Tree
from qingqun.findings.weigh import minutes
from qingqun.words import SHANGHAI

ROWS_AT_ONCE = 5_000_000
DAYS_AT_ONCE = 8
PAIR = 2**32
NOT_WORK = ("parents", "public", "personal")  # their members are no staff
P90_FROM = 10  # people: among fewer, the 90th percentile is one person's own figure


@dataclass(frozen=True, slots=True)
class Burden:
    """The measured burden: `table` has the schema BURDEN. `days` is the period's length, `people` counts everybody measured.

    `rolled` has BURDEN, too: of each unit that has others below it, the people of all of them together with its own.
    """

    table: pl.DataFrame
    days: int
    since: date | None
    until: date | None
    people: int
    rolled: pl.DataFrame = field(default_factory=BURDEN.to_frame)


@dataclass(frozen=True, slots=True)
class Places:
    """Who is in which group: `rows` has person and g, sorted by person; `ends` is each person's last row; `groups` counts all groups."""

    rows: pl.DataFrame
    ends: pl.Series
    groups: int

    @property
    def persons(self) -> pl.DataFrame:
        """Return each person once, in order."""
        return self.rows.select("person")[self.ends]

    def summed(self, table: pl.DataFrame) -> pl.DataFrame:
        """Sum the whole numbers of a table with one row a `g` over each person's groups, in the order of `persons`."""
        dense = pl.DataFrame({"g": range(self.groups)}, schema={"g": pl.UInt32}).join(table, on="g", how="left", maintain_order="left")
        wide = dense.select(pl.exclude("g").fill_null(0).cast(pl.Int64))[self.rows["g"]]
        return wide.select(pl.all().cum_sum())[self.ends].select(pl.all() - pl.all().shift(1, fill_value=0))


def measure(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, units: Units | None = None) -> Burden:
    """Take enriched messages (`notice_no` numbers the notices, null where a message is none), member lists, the ROSTER, and the units."""
    units = units or Units()
    measured = _measured(facts, memberships, roster, units.homes)
    since, until, days = measured.since, measured.until, measured.days
    table, rolled = _tables(measured.persons, units.tree)
    return Burden(table, days, since if days else None, until if days else None, len(measured.persons), rolled)


def persons(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame) -> pl.DataFrame:
    """Return one row a person: `person`, `unit`, a column a metric. It leaves this program only sealed to the person it is about."""
    return _measured(facts, memberships, roster, None).persons


@dataclass(frozen=True, slots=True)
class _Measured:
    persons: pl.DataFrame
    since: date | None
    until: date | None
    days: int


def _measured(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, homes: pl.DataFrame | None) -> _Measured:
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date()
    known = keyed(facts).filter(pl.col("kind") != "system").with_columns(day=day)
    if "seconds_to_deadline" not in known.columns:
        known = known.with_columns(seconds_to_deadline=pl.lit(None, pl.Int64))
    numbered = roster.filter(~pl.col("kind").is_in(NOT_WORK).fill_null(value=False)).select("key", "unit", "kind").with_row_index("g")
    places = _places(members(facts, memberships), numbered)
    since, until = (known["day"].min(), known["day"].max()) if len(known) else (None, None)
    days = (until - since).days + 1 if isinstance(since, date) and isinstance(until, date) else 0
    sent = known.join(numbered.select("key", "g"), on="key", how="inner")
    persons = _persons(sent, places, max(days, 1)).join(home(places.rows, numbered, homes), on="person", how="left")
    return _Measured(persons, since if days else None, until if days else None, days)  # type: ignore[arg-type]  # dates, or null in an empty frame


def _places(listed: pl.DataFrame, numbered: pl.DataFrame) -> Places:
    rows = listed.join(numbered.select("key", "g"), on="key", how="inner").select("person", "g").sort("person")
    last = (pl.col("person") != pl.col("person").shift(-1)).fill_null(value=True)
    return Places(rows, rows.select(pl.arg_where(last)).to_series(), len(numbered))


def _persons(sent: pl.DataFrame, places: Places, days: int) -> pl.DataFrame:
    due = sent.filter(pl.col("seconds_to_deadline").is_not_null()) if "seconds_to_deadline" in sent.columns else sent.clear()
    tasks = _due(due).rename({"own": "due"})
    summed = pl.concat([places.persons, places.summed(_per_group(sent)), places.summed(tasks), _peak(sent, places)], how="horizontal")
    both = summed.with_columns(groups=_sizes(places)).join(_shared(sent, places), on="person", how="left", maintain_order="left")
    both = both.join(_shared(due, places).rename({"distinct": "due_shared"}), on="person", how="left", maintain_order="left")
    both = both.with_columns(tasks=pl.col("due") + pl.col("due_shared").fill_null(0))
    notices = pl.col("own") + pl.col("distinct").fill_null(0)
    counted = both.with_columns(notices=notices, repeats=pl.col("copies") - notices)
    timed = counted.with_columns(minutes=minutes(pl.col("characters"), pl.col("demands"), pl.col("messages")))
    return timed.with_columns(pl.col(m.name) * 7 / days for m in metrics() if m.weekly)


def _sizes(places: Places) -> pl.Series:
    ends = places.ends.cast(pl.Int64)
    return ends - ends.shift(1, fill_value=-1)


def _per_group(sent: pl.DataFrame) -> pl.DataFrame:
    off = [((pl.col("grade") == grade) & ~pl.col("is_emergency")).sum().alias(grade) for grade in OFF_GRADES]
    everything = sent.group_by("g").agg(
        pl.len().alias("messages"),
        pl.col("is_reply_demand").sum().alias("demands"),
        pl.col("text").str.len_chars().sum().alias("characters"),
        *off,
    )
    own = (pl.col("places") == 1).sum().alias("own")
    said = _notices(sent).group_by("g").agg(own, pl.col("n").sum().alias("copies"))
    joined = everything.join(said, on="g", how="left").with_columns(off=pl.sum_horizontal(OFF_GRADES))
    return joined.select("g", pl.exclude("g").fill_null(0).cast(pl.Int64))


def _due(due: pl.DataFrame) -> pl.DataFrame:
    """One row a group: the tasks that stand in it alone, each once; what is no notice is a task of its own."""
    alone = _notices(due).group_by("g").agg(own=(pl.col("places") == 1).sum().cast(pl.Int64))
    plain = due.filter(pl.col("notice_no").is_null()).group_by("g").agg(own=pl.len().cast(pl.Int64))
    return pl.concat([alone, plain]).group_by("g").agg(pl.col("own").sum())


def _notices(sent: pl.DataFrame) -> pl.DataFrame:
    """One row a notice and group: how often it stands there, and in how many groups it stands."""
    per = sent.drop_nulls("notice_no").group_by("notice_no", "g").agg(pl.len().cast(pl.Int64).alias("n"))
    return per.join(per.group_by("notice_no").agg(pl.len().alias("places")), on="notice_no")


def _shared(sent: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Per person, how many different notices of those that stand in several groups."""
    several = _notices(sent).filter(pl.col("places") > 1).sort("notice_no", "g")
    sets = several.group_by("notice_no").agg("g").group_by("g").agg(pl.len().cast(pl.Int64).alias("weight")).with_row_index("set")
    parts = sets.select("set", "g").explode("g", empty_as_null=False)
    sizes = parts.join(places.rows.group_by("g").agg(pl.len()), on="g").group_by("set").agg(pl.col("len").sum()).sort("set")
    reached = [_reached(part, sets["weight"], places.rows) for part in _batches(parts, sizes)]
    empty = pl.DataFrame(schema={"person": pl.UInt32, "distinct": pl.Int64})
    return pl.concat([empty, *reached]).group_by("person").agg(pl.col("distinct").sum())


def _batches(parts: pl.DataFrame, sizes: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Cut the sets so that no join makes more than about ROWS_AT_ONCE rows."""
    numbered = sizes.select("set", batch=pl.col("len").cast(pl.Int64).cum_sum() // ROWS_AT_ONCE)
    yield from parts.join(numbered, on="set").partition_by("batch", include_key=False)


def _reached(parts: pl.DataFrame, weights: pl.Series, rows: pl.DataFrame) -> pl.DataFrame:
    """Person and set stand in one number, so that what is distinct is found by one sort."""
    pair = pl.col("person").cast(pl.UInt64) * PAIR + pl.col("set")
    found = parts.join(rows, on="g").select(pair.sort().alias("pair"))
    once = found.filter((pl.col("pair") != pl.col("pair").shift(1)).fill_null(value=True))
    weight = weights[once.select((pl.col("pair") % PAIR).cast(pl.UInt32)).to_series()]
    return once.select(person=(pl.col("pair") // PAIR).cast(pl.UInt32), distinct=weight).group_by("person").agg(pl.col("distinct").sum())


def _peak(sent: pl.DataFrame, places: Places) -> pl.DataFrame:
    """The busiest day: a dense matrix of groups times days, summed over the memberships, a block of days at a time."""
    daily = sent.group_by("g", "day").agg(pl.len().cast(pl.Int64))
    days = daily["day"].unique().sort().to_list()
    best = places.persons.select(peak=pl.repeat(0, pl.len(), dtype=pl.Int64))
    for start in range(0, len(days), DAYS_AT_ONCE):
        chosen = daily.filter(pl.col("day").is_in(days[start : start + DAYS_AT_ONCE]))
        block = chosen.pivot("day", index="g", values="len", aggregate_function="sum")
        best = pl.concat([best, places.summed(block)], how="horizontal").select(peak=pl.max_horizontal(pl.all()))
    return best


def _tables(persons: pl.DataFrame, tree: Tree) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return BURDEN of units and everybody, and of units with all below them; small cells hidden in both together."""
    named = persons.drop_nulls("unit")
    units = named["unit"].unique().sort().to_list()
    own = named.group_by("unit").agg(_spreads())
    below = named.join(tree.pairs(units).filter(pl.col("up").is_in(list(tree.inner))), on="unit").drop("unit")
    rolled = below.rename({"up": "unit"}).group_by("unit").agg(_spreads())
    people = dict(own.select("unit", "people").iter_rows())
    safe = {k: shown(people, tree.over, len(persons) - len(named), k) for k in {metric.k for metric in metrics()}}
    everybody = persons.select(pl.lit(None, pl.String).alias("unit"), *_spreads())
    both = [("all", everybody), ("own", own.sort("unit"))]
    return _told(both, safe), _told([("all", rolled.sort("unit"))], safe)


def _spreads() -> list[pl.Expr]:
    return [pl.len().alias("people"), *(figure for metric in metrics() for figure in _figures(metric.name))]


def _figures(name: str) -> tuple[pl.Expr, pl.Expr]:
    value = pl.col(name).cast(pl.Float64)
    p90 = pl.when(pl.len() >= P90_FROM).then(value.quantile(0.9, "linear"))
    return value.median().alias(f"{name}:median"), p90.alias(f"{name}:p90")


def _told(parts: Sequence[tuple[str, pl.DataFrame]], safe: Mapping[int, set[Cell]]) -> pl.DataFrame:
    rows = [(kind, row) for kind, part in parts for row in part.iter_rows(named=True)]
    cells = [_cell(kind, metric, row, safe[metric.k]) for metric in metrics() for kind, row in rows]
    return pl.DataFrame(cells, schema=BURDEN, orient="row")


def _cell(kind: str, metric: Metric, row: Mapping[str, Any], safe: set[Cell]) -> tuple[object, ...]:
    unit = row["unit"]
    if ((kind, unit) if unit is not None else EVERYBODY) not in safe:
        return unit, metric.name, None, None, None, True
    return unit, metric.name, row["people"], row[f"{metric.name}:median"], row[f"{metric.name}:p90"], False
