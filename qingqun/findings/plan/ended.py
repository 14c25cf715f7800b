"""Groups to dissolve: those the rules on groups have found, no more and no fewer, citing the same clauses."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import polars as pl

from qingqun.findings.clauses import Judgement, judgement
from qingqun.findings.plan.reasons import dormant, outlived, stranded
from qingqun.findings.suppress import counted
from qingqun.findings.table import PROPOSALS
from qingqun.i18n import sentences
from qingqun.judge.judge import Binding, Judged
from qingqun.words import Confidence, Strength

Row = Mapping[str, Any]
ENDS = ("outlived", "dormant")  # the rules that end a group, the plainer reason first
EMPTY: dict[str, Any] = dict.fromkeys(PROPOSALS)


def ended(standing: pl.DataFrame, judged: Judged, on: Any) -> dict[int, Row]:
    """Return by `g` the groups that a rule found to have ended, with the rule (`reason`) and its judgement."""
    register = cast("pl.DataFrame", judged.frame)
    bound = {name: [b for b in judged.bindings if b.rule.name == name] for name in ENDS}
    columns = [b.column for bindings in bound.values() for b in bindings]
    if not columns or register.is_empty():
        return {}
    facts = register.with_row_index("place").select(pl.col("place").cast(pl.Int64), "days_past_end", "days_silent", *columns)
    hit = standing.join(facts.filter(pl.any_horizontal(columns)), on="place", how="inner", maintain_order="left")
    found = ((row, next(_why(row, bound, on), None)) for row in hit.iter_rows(named=True))
    return {row["g"]: row | {"reason": why[0], "judgement": why[1]} for row, why in found if why}


def _why(row: Row, bound: Mapping[str, list[Binding]], on: Any) -> Iterator[tuple[str, Judgement]]:
    for name, bindings in bound.items():
        hit = [b for b in bindings if row[b.column]]
        found = judgement(hit, on) if hit else None
        if found:
            yield name, found


def left_alone(gone: Mapping[int, Row], people: pl.DataFrame) -> dict[int, int]:
    """Return how many of each group's listed members are in no group that stays: they could no longer be reached by one."""
    going = pl.col("g").is_in(list(gone))
    lost = people.filter(going).join(people.filter(~going), on="person", how="anti")
    return dict(lost.group_by("g").agg(pl.len().cast(pl.Int64)).iter_rows())


def rows(gone: Mapping[int, Row], alone: Mapping[int, int]) -> list[dict[str, Any]]:
    """Return the proposals (PROPOSALS), those whose task has ended first."""
    ordered = sorted(gone.values(), key=lambda row: (ENDS.index(row["reason"]), row["unit"] or "\uffff", row["name"]))
    return [_row(row, alone.get(row["g"], 0)) for row in ordered]


def _row(row: Row, alone: int) -> dict[str, Any]:
    return EMPTY | {
        "action": "dissolve",
        "reason": row["reason"],
        "unit": row["unit"],
        "platform": row["platform"],
        "groups": [row["name"]],
        "platforms": [row["platform"]],
        "keys": [row["key"]],
        "people": row["members"],
        "stranded": counted(alone),
        "explained": sentences([_said(row, row["judgement"]), stranded(alone) if alone else ""]),
        "clauses": _binding(row["judgement"]),
    }


def _binding(found: Judgement) -> list[dict[str, str | None]]:
    """Cite what binds; what is only a hint stands in where there is nothing better."""
    read = [c for c in found.clauses if c["confidence"] == Confidence.VERIFIED and c["strength"] in (Strength.HARD, Strength.SOFT)]
    return read or list(found.clauses)


def _said(row: Row, found: Judgement) -> str:
    if row["reason"] == "outlived":
        return outlived(row["task_ends"], row["days_past_end"])
    limit = next(number for number in found.numbers if number["name"] == "days")
    return dormant(row["days_silent"], limit["value"], given=not limit["default"], main=row["kind"] == "main")
