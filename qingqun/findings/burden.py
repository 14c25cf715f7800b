"""What a person gets in a week, as a distribution over a unit: median and 90th percentile, never a row about anybody.

People times groups is joined once with one narrow row a group. Only notices that stand in several groups need more, because a
person has read a notice once however many groups repeat it; those are folded to the distinct sets of groups first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from qingqun.findings.metrics import OFF_GRADES, Metric, metrics
from qingqun.findings.roster import keyed, members
from qingqun.findings.suppress import hidden
from qingqun.findings.table import BURDEN
from qingqun.findings.weigh import minutes
from qingqun.words import SHANGHAI

ROWS_AT_ONCE = 20_000_000
DAYS_AT_ONCE = 16
NOT_WORK = ("parents", "public", "personal")  # their members are no staff
P90_FROM = 10  # people: among fewer, the 90th percentile is one person's own figure


@dataclass(frozen=True, slots=True)
class Burden:
    """The measured burden: `table` has the schema BURDEN. `days` is the period's length, `people` counts everybody measured."""

    table: pl.DataFrame
    days: int
    since: date | None
    until: date | None
    people: int


def measure(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame) -> Burden:
    """Take enriched messages (`notice_no` numbers the notices, null where a message is none), member lists, the ROSTER."""
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date()
    known = keyed(facts).filter(pl.col("kind") != "system").with_columns(day=day)
    numbered = roster.filter(~pl.col("kind").is_in(NOT_WORK).fill_null(value=False)).select("key", "unit", "kind").with_row_index("g")
    people = _numbered_people(members(facts, memberships), numbered)
    since, until = (known["day"].min(), known["day"].max()) if len(known) else (None, None)
    days = (until - since).days + 1 if isinstance(since, date) and isinstance(until, date) else 0
    sent = known.join(numbered.select("key", "g"), on="key", how="inner")
    persons = _persons(sent, people, max(days, 1)).join(_home(people, numbered), on="person", how="left")
    return Burden(_table(persons), days, since if days else None, until if days else None, len(persons))  # type: ignore[arg-type]  # dates, or null in an empty frame


def _numbered_people(listed: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    physical = pl.col("person").rank("dense").cast(pl.UInt32)
    return listed.join(numbered.select("key", "g"), on="key", how="inner").select("g", person=physical)


def _persons(sent: pl.DataFrame, people: pl.DataFrame, days: int) -> pl.DataFrame:
    groups = _per_group(sent)
    summed = people.join(groups, on="g", how="left").group_by("person").agg(pl.len().alias("groups"), pl.col(groups.columns[1:]).sum())
    shared = _shared(sent, people)
    both = summed.join(shared, on="person", how="left").with_columns(pl.col("distinct", "copies").fill_null(0))
    counted = both.with_columns(
        notices=pl.col("own") + pl.col("distinct"), repeats=pl.col("own_repeats") + pl.col("copies") - pl.col("distinct")
    )
    timed = counted.with_columns(minutes=minutes(pl.col("characters"), pl.col("demands"), pl.col("messages")))
    weekly = [pl.col(m.name) * 7 / days for m in metrics() if m.weekly]
    return timed.with_columns(weekly).join(_peak(sent, people), on="person", how="left").with_columns(pl.col("peak").fill_null(0))


def _per_group(sent: pl.DataFrame) -> pl.DataFrame:
    off = [((pl.col("grade") == grade) & ~pl.col("is_emergency")).sum().alias(grade) for grade in OFF_GRADES]
    everything = sent.group_by("g").agg(
        pl.len().alias("messages"),
        pl.col("is_reply_demand").sum().alias("demands"),
        pl.col("text").str.len_chars().sum().alias("characters"),
        *off,
    )
    alone = (
        _notices(sent).filter(pl.col("places") == 1).group_by("g").agg(pl.len().alias("own"), (pl.col("n") - 1).sum().alias("own_repeats"))
    )
    joined = everything.join(alone, on="g", how="left").with_columns(off=pl.sum_horizontal(OFF_GRADES))
    return joined.select("g", pl.exclude("g").fill_null(0).cast(pl.Int64))


def _notices(sent: pl.DataFrame) -> pl.DataFrame:
    """One row a notice and group: how often it stands there, and in how many groups it stands."""
    per = sent.drop_nulls("notice_no").group_by("notice_no", "g").agg(pl.len().cast(pl.Int64).alias("n"))
    return per.join(per.group_by("notice_no").agg(pl.len().alias("places")), on="notice_no")


def _shared(sent: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Per person, of the notices that stand in several groups: how many different ones, and how many copies of them."""
    several = _notices(sent).filter(pl.col("places") > 1).sort("notice_no", "g")
    sets = several.group_by("notice_no").agg("g", "n").group_by("g", "n").agg(pl.len().cast(pl.Int64).alias("weight")).with_row_index("set")
    parts = sets.explode("g", "n", empty_as_null=False)
    sizes = parts.join(people.group_by("g").agg(pl.len()), on="g").group_by("set").agg(pl.col("len").sum()).sort("set")
    reached = [_reached(part, people) for part in _batches(parts, sizes)]
    empty = pl.DataFrame(schema={"person": pl.UInt32, "distinct": pl.Int64, "copies": pl.Int64})
    return pl.concat([empty, *reached]).group_by("person").agg(pl.col("distinct", "copies").sum())


def _batches(parts: pl.DataFrame, sizes: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Cut the sets so that no join makes more than about ROWS_AT_ONCE rows."""
    numbered = sizes.select("set", batch=pl.col("len").cast(pl.Int64).cum_sum() // ROWS_AT_ONCE)
    yield from parts.join(numbered, on="set").partition_by("batch", include_key=False)


def _reached(parts: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    per_set = parts.join(people, on="g").group_by("person", "set").agg(pl.col("weight").first(), pl.col("n").sum())
    copies = (pl.col("n") * pl.col("weight")).sum().alias("copies")
    return per_set.group_by("person").agg(pl.col("weight").sum().alias("distinct"), copies)


def _peak(sent: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The busiest day: a dense matrix of groups times days, summed per person over the memberships, a block of days at a time."""
    daily = sent.group_by("g", "day").agg(pl.len().cast(pl.Int32))
    days = daily["day"].unique().sort().to_list()
    best = people.select("person").unique().with_columns(peak=pl.lit(0, pl.Int32))
    for start in range(0, len(days), DAYS_AT_ONCE):
        block = daily.filter(pl.col("day").is_in(days[start : start + DAYS_AT_ONCE])).pivot(
            "day", index="g", values="len", aggregate_function="sum"
        )
        columns = block.columns[1:]
        summed = people.join(block, on="g").group_by("person").agg(pl.col(columns).sum())
        best = best.join(summed.select("person", most=pl.max_horizontal(columns)), on="person", how="left")
        best = best.select("person", peak=pl.max_horizontal("peak", "most"))
    return best


def _home(people: pl.DataFrame, numbered: pl.DataFrame) -> pl.DataFrame:
    """Each person belongs to one unit: that of the smallest main group, else of the smallest registered group they are in."""
    sized = numbered.join(people.group_by("g").agg(pl.len().alias("size")), on="g").drop_nulls("unit")
    ranked = people.join(sized.with_columns(main=pl.col("kind") == "main"), on="g").sort(
        "main", "size", "unit", descending=[True, False, False], nulls_last=True
    )
    return ranked.unique("person", keep="first", maintain_order=True).select("person", "unit")


def _table(persons: pl.DataFrame) -> pl.DataFrame:
    units = persons.drop_nulls("unit").partition_by("unit", as_dict=True)
    names = sorted(str(key[0]) for key in units)
    rows = [row for metric in metrics() for row in _rows(metric, persons, names, [units[(name,)] for name in names])]
    return pl.DataFrame(rows, schema=BURDEN, orient="row")


def _rows(metric: Metric, everybody: pl.DataFrame, names: list[str], units: list[pl.DataFrame]) -> Iterator[tuple[object, ...]]:
    yield _cell(None, metric, everybody, hide=len(everybody) < metric.k)
    outside = len(everybody) - sum(len(unit) for unit in units)
    hide = hidden([*(len(unit) for unit in units), outside], metric.k)
    for i, (name, unit) in enumerate(zip(names, units, strict=True)):
        yield _cell(name, metric, unit, hide=i in hide)


def _cell(unit: str | None, metric: Metric, persons: pl.DataFrame, *, hide: bool) -> tuple[object, ...]:
    if hide:
        return unit, metric.name, None, None, None, True
    values = persons[metric.name].cast(pl.Float64)
    p90 = values.quantile(0.9, "linear") if len(values) >= P90_FROM else None
    return unit, metric.name, len(values), values.median(), p90, False
