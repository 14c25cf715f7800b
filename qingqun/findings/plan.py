"""What to do about the groups: dissolve what has outlived its task, merge what is the same people twice, keep the rest.

A merge is refused when anybody would get more than the limit, because fewer groups with more messages is no relief. Parents',
public, personal and unregistered groups are never merged, and none in which a secret mark was found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from qingqun.findings.clauses import cited, in_force
from qingqun.findings.merge import DEFAULT, INTERNAL, Cluster, Greedy, Limits, Merge, pairs
from qingqun.findings.reasons import dormant, merged, outlived, refused
from qingqun.findings.roster import keyed, members
from qingqun.findings.suppress import FEW
from qingqun.findings.table import PROPOSALS
from qingqun.words import Level, Pack

Clauses = Callable[[str], list[dict[str, str | None]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The proposals (schema PROPOSALS), how many groups stay as they are, and the limits used."""

    proposals: pl.DataFrame
    before: int
    after: int
    limits: Limits
    on: date


@dataclass(frozen=True, slots=True)
class Inspection:
    """The day of inspection (Shanghai), the pack to cite from, and the limits."""

    on: date
    pack: Pack
    limits: Limits = DEFAULT


def propose(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, inspection: Inspection) -> Plan:
    """Take enriched messages, member lists and the ROSTER; return what to dissolve, to merge, and which merges were refused."""
    on, limits = inspection.on, inspection.limits
    standing = roster.filter(pl.col("disbanded").is_null() | (pl.col("disbanded") > on)).with_row_index("g")
    clauses = _clauses(inspection.pack, on)
    gone = _dissolved(standing, on, limits)
    kept = standing.join(gone.select("g"), on="g", how="anti")
    merges = _merges(facts, memberships, kept, limits)
    named = {row["g"]: row for row in standing.select("g", "name", "unit").iter_rows(named=True)}
    rows = [_dissolve(row, clauses, limits) for row in gone.iter_rows(named=True)]
    rows += [_merge(merge, named, clauses, limits) for merge in merges]
    fewer = len(gone) + sum(len(merge.groups) - 1 for merge in merges if not merge.refused)
    return Plan(pl.DataFrame(rows, schema=PROPOSALS, orient="row"), len(standing), len(standing) - fewer, limits, on)


def _clauses(pack: Pack, on: date) -> Clauses:
    """The reasons to act are named as the rules on groups are; where a rule has better clauses than hints, those are cited."""

    def of(reason: str) -> list[dict[str, str | None]]:
        mine = [c for c in pack.clauses if c.rule == reason and in_force(c, on)]
        return [cited(c) for c in mine if c.level is not Level.HINT] or [cited(c) for c in mine]

    return of


def _dissolved(standing: pl.DataFrame, on: date, limits: Limits) -> pl.DataFrame:
    past = (pl.lit(on) - pl.col("task_ends")).dt.total_days()
    silent = (pl.lit(on) - pl.col("last_active")).dt.total_days()
    reason = pl.when(past > 0).then(pl.lit("outlived")).when(silent > limits.dormant).then(pl.lit("dormant"))
    special = standing.filter(pl.col("kind") == "special-task").with_columns(reason=reason, past=past, silent=silent)
    return special.drop_nulls("reason").sort("unit", "name", nulls_last=True)


def _merges(facts: pl.DataFrame, memberships: pl.DataFrame, kept: pl.DataFrame, limits: Limits) -> list[Merge]:
    secret = _keys(facts.filter(pl.col("has_secret_mark"))) if "has_secret_mark" in facts.columns else []
    may = kept.filter(
        pl.col("kind").is_in(INTERNAL) & pl.col("unit").is_not_null() & (pl.col("members_from") == "list") & ~pl.col("key").is_in(secret)
    )
    listed = members(facts.clear(), memberships).join(may.select("key", "g"), on="key")
    people = listed.select("g", "person")
    close = pairs(people, may, limits)
    wanted = pl.concat([close["a"], close["b"]]).unique()
    sets = people.filter(pl.col("g").is_in(wanted.implode())).group_by("g").agg("person")
    rates = _rates(may, _days(facts))
    alone = {g: Cluster([g], set(person), rates[g]) for g, person in sets.iter_rows()}
    greedy = Greedy(alone, limits)
    return greedy.run(close) + greedy.refused


def _keys(messages: pl.DataFrame) -> list[str]:
    return keyed(messages)["key"].unique().to_list()


def _days(facts: pl.DataFrame) -> int:
    span = facts.select((pl.col("sent_at").max() - pl.col("sent_at").min()).dt.total_days()).item()
    return 1 + (span or 0)


def _rates(groups: pl.DataFrame, days: int) -> Mapping[int, float]:
    return {g: count / days for g, count in groups.select("g", "messages").iter_rows()}


def _dissolve(row: Mapping[str, Any], clauses: Clauses, limits: Limits) -> dict[str, Any]:
    reason = str(row["reason"])
    explained = (
        outlived(row["task_ends"], row["past"]) if reason == "outlived" else dormant(row["last_active"], row["silent"], limits.dormant)
    )
    empty = dict.fromkeys(PROPOSALS)
    return empty | {
        "action": "dissolve",
        "reason": reason,
        "unit": row["unit"],
        "groups": [row["name"]],
        "people": row["members"],
        "explained": explained,
        "clauses": clauses(reason),
    }


def _merge(merge: Merge, named: Mapping[int, Mapping[str, Any]], clauses: Clauses, limits: Limits) -> dict[str, Any]:
    reason = "load" if merge.refused else "overlap"
    return {
        "action": "refused" if merge.refused else "merge",
        "reason": reason,
        "unit": named[merge.groups[0]]["unit"],
        "target": named[merge.groups[0]]["name"],
        "groups": [named[g]["name"] for g in merge.groups[1:]],
        "people": merge.people,
        "exposed": merge.exposed if merge.exposed >= FEW or not merge.exposed else None,
        "overlap": merge.overlap,
        "before": merge.before,
        "after": merge.after,
        "raised": merge.raised,
        "explained": refused(merge, limits) if merge.refused else merged(merge, limits),
        "clauses": clauses(reason),
    }
