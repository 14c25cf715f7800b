"""What to do about the groups: dissolve what has outlived its task or is no longer used, merge what is the same people twice.

Whether a group has outlived its task or is dormant is not decided here: the rules on groups have judged it, with the numbers of the
pack's clauses, and what they found is what is proposed, citing the same clauses. So the plan and the findings cannot differ. How
alike two groups must be is the number of the rule `overlap`.

A merge is refused when anybody would get too much more, because fewer groups with more messages is no relief. Parents', public,
personal and unregistered groups are never merged, and none in which a secret mark was found.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import polars as pl

from qingqun.findings.clauses import Judgement, cited, in_force, judgement
from qingqun.findings.merge import INTERNAL, Limits, Merge, pairs
from qingqun.findings.reasons import dormant, merged, outlived, refused
from qingqun.findings.rehearse import rehearse
from qingqun.findings.roster import keyed, members
from qingqun.findings.suppress import FEW
from qingqun.findings.table import PROPOSALS
from qingqun.judge.judge import Binding, Judged, bind
from qingqun.words import Confidence, Level, Pack, Strength

Clauses = Callable[[str], list[dict[str, str | None]]]
ENDS = ("outlived", "dormant")  # the rules that end a group, the plainer reason first
EMPTY = dict.fromkeys(PROPOSALS)


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
    """The day of inspection (Shanghai), the judged register of groups (with the pack), and limits in place of the pack's."""

    on: date
    judged: Judged
    limits: Limits | None = None


def propose(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, inspection: Inspection) -> Plan:
    """Take enriched messages, member lists and the ROSTER; return what to dissolve, to merge, and which merges were refused."""
    on, pack = inspection.on, inspection.judged.pack
    limits = inspection.limits or limits_of(pack, on)
    standing = roster.filter(pl.col("disbanded").is_null() | (pl.col("disbanded") > on)).with_row_index("g")
    gone = {row["g"]: row for row in _dissolved(standing, inspection)}
    kept = standing.filter(~pl.col("g").is_in(list(gone)))
    merges = rehearse(facts, memberships, kept, _mergeable(facts, memberships, kept, limits), limits)
    named = {row["g"]: row for row in standing.select("g", "key", "platform", "name", "unit").iter_rows(named=True)}
    rows = [
        _dissolve(row) for row in sorted(gone.values(), key=lambda row: (ENDS.index(row["reason"]), row["unit"] or "\uffff", row["name"]))
    ]
    clauses = _clauses(pack, on)
    rows += [_merge(merge, [named[g] for g in merge.groups], clauses, limits) for merge in merges]
    fewer = len(gone) + sum(len(merge.groups) - 1 for merge in merges if not merge.refused)
    return Plan(pl.DataFrame(rows, schema=PROPOSALS, orient="row"), len(standing), len(standing) - fewer, limits, on)


def limits_of(pack: Pack, on: date) -> Limits:
    """Return the limits with the number of the rule `overlap`: of the pack's clauses in force, else the rule's own."""
    bound = [b for b in bind("groups", pack) if b.rule.name == "overlap" and any(in_force(c, on) for c in b.clauses)]
    if not bound:
        return Limits()
    least = min(bound, key=lambda b: b.numbers["percent"])  # with several, a finding is made by the lowest
    return Limits(overlap=least.numbers["percent"] / 100, given="percent" not in least.defaulted())


def _clauses(pack: Pack, on: date) -> Clauses:
    """Where a rule has better clauses than hints, those are cited."""

    def of(reason: str) -> list[dict[str, str | None]]:
        mine = [c for c in pack.clauses if c.rule == reason and in_force(c, on)]
        return [cited(c) for c in mine if c.level is not Level.HINT] or [cited(c) for c in mine]

    return of


def _dissolved(standing: pl.DataFrame, inspection: Inspection) -> Iterator[dict[str, Any]]:
    """Yield the groups that a rule found to have ended, once each, with the rule (`reason`) and its judgement."""
    judged = inspection.judged
    register = cast("pl.DataFrame", judged.frame)
    bound = {name: [b for b in judged.bindings if b.rule.name == name] for name in ENDS}
    columns = [b.column for bindings in bound.values() for b in bindings]
    if not columns or register.is_empty():
        return
    facts = register.with_row_index("place").select(pl.col("place").cast(pl.Int64), "days_past_end", "days_silent", *columns)
    hit = standing.join(facts.filter(pl.any_horizontal(columns)), on="place", how="inner", maintain_order="left")
    for row in hit.iter_rows(named=True):
        found = next(_ended(row, bound, inspection.on), None)
        if found:
            yield row | {"reason": found[0], "judgement": found[1]}


def _ended(row: Mapping[str, Any], bound: Mapping[str, list[Binding]], on: date) -> Iterator[tuple[str, Judgement]]:
    for name, bindings in bound.items():
        hit = [b for b in bindings if row[b.column]]
        found = judgement(hit, on) if hit else None
        if found:
            yield name, found


def _mergeable(facts: pl.DataFrame, memberships: pl.DataFrame, kept: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Return the pairs of groups that may be merged at all, the closest first."""
    secret = keyed(facts.filter(pl.col("has_secret_mark")))["key"].unique().to_list() if "has_secret_mark" in facts.columns else []
    may = kept.filter(
        pl.col("kind").is_in(INTERNAL) & pl.col("unit").is_not_null() & (pl.col("members_from") == "list") & ~pl.col("key").is_in(secret)
    )
    listed = members(facts.clear(), memberships).join(may.select("key", "g"), on="key")
    return pairs(listed.select("g", "person"), may, limits)


def _dissolve(row: Mapping[str, Any]) -> dict[str, Any]:
    found = row["judgement"]
    return EMPTY | {
        "action": "dissolve",
        "reason": row["reason"],
        "unit": row["unit"],
        "platform": row["platform"],
        "groups": [row["name"]],
        "platforms": [row["platform"]],
        "keys": [row["key"]],
        "people": row["members"],
        "explained": _why(row, found),
        "clauses": _binding(found),
    }


def _binding(found: Judgement) -> list[dict[str, str | None]]:
    """Cite what binds; what is only a hint stands in where there is nothing better."""
    read = [c for c in found.clauses if c["confidence"] == Confidence.VERIFIED and c["strength"] in (Strength.HARD, Strength.SOFT)]
    return read or list(found.clauses)


def _why(row: Mapping[str, Any], found: Judgement) -> str:
    if row["reason"] == "outlived":
        return outlived(row["task_ends"], row["days_past_end"])
    limit = next(number for number in found.numbers if number["name"] == "days")
    return dormant(row["days_silent"], limit["value"], given=not limit["default"], main=row["kind"] == "main")


def _merge(merge: Merge, groups: list[Mapping[str, Any]], clauses: Clauses, limits: Limits) -> dict[str, Any]:
    target, *going = groups
    return EMPTY | {
        "action": "refused" if merge.refused else "merge",
        "reason": "load" if merge.refused else "overlap",
        "unit": target["unit"],
        "target": target["name"],
        "platform": target["platform"],
        "target_key": target["key"],
        "groups": [g["name"] for g in going],
        "platforms": [g["platform"] for g in going],
        "keys": [g["key"] for g in going],
        "people": merge.people,
        "moved": _counted(merge.moved),
        "exposed": _counted(merge.exposed),
        **{name: getattr(merge, name) for name in ("overlap", "before", "after", "raised", "saved", "net")},
        "explained": refused(merge, limits) if merge.refused else merged(merge, limits, target["name"]),
        "clauses": clauses("load" if merge.refused else "overlap"),
    }


def _counted(people: int) -> int | None:
    return people if people >= FEW or not people else None
