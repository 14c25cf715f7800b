"""The figures all formats print, counted once: so they agree with each other and with the tables."""

from dataclasses import dataclass

import polars as pl

from qingqun.findings.cost import Once, costs, once
from qingqun.findings.report.model import Report
from qingqun.findings.table import CITED
from qingqun.i18n import _
from qingqun.judge.discovery import rules
from qingqun.judge.rule import Rule

LEVELS = ("violation", "warning")
GRAVE = ("secretmark",)  # stands first however few there are


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a report. `by_rule` and `by_unit` add up to `findings`; units stand in the order of their names, never of their counts."""

    findings: int
    violations: int
    warnings: int
    hints: int
    groups: int
    unregistered: int
    messages: int
    hours: float  # person-hours the messages with findings cost their readers, as far as known, each message once
    by_rule: pl.DataFrame  # rule, title, violation, warning, total, places, hours
    by_unit: pl.DataFrame  # unit, groups, dissolve, merge, topic, keep, violation, warning, total
    hinted: pl.DataFrame  # rule, title, total
    clauses: pl.DataFrame  # the fields of CITED and total: how many findings and hints cite it
    costs: pl.DataFrame  # COSTS: what each rule's findings cost, and what mending them would save
    once: Once  # the same of all findings together, each message counted once


def summarise(report: Report) -> Summary:
    """Count everything once."""
    findings, hints = report.gathered.findings, report.gathered.hints
    together = once(findings, judging())
    return Summary(
        findings=len(findings),
        violations=_count(findings, "violation"),
        warnings=_count(findings, "warning"),
        hints=len(hints),
        groups=len(report.roster),
        unregistered=int((~report.roster["registered"]).sum()),
        messages=int(report.roster["messages"].sum()),
        hours=together.minutes / 60,
        by_rule=_by_rule(findings),
        by_unit=_by_unit(report, findings),
        hinted=hints.group_by("rule", "title").agg(pl.len().alias("total")).sort("total", "rule", descending=[True, False]),
        clauses=_clauses(pl.concat([findings, hints])),
        costs=costs(findings, judging()),
        once=together,
    )


def judging() -> dict[str, Rule]:
    """Return the rules on messages by name: what a repair does follows from them."""
    return {rule.name: rule for rule in rules("messages")}


def _count(findings: pl.DataFrame, level: str) -> int:
    return int((findings["level"] == level).sum())


def _levels() -> list[pl.Expr]:
    return [(pl.col("level") == level).sum().cast(pl.Int64).alias(level) for level in LEVELS]


def _by_rule(findings: pl.DataFrame) -> pl.DataFrame:
    places, hours = pl.struct("platform", "group").n_unique().alias("places"), (pl.col("minutes").sum() / 60).alias("hours")
    counted = findings.group_by("rule", "title").agg(*_levels(), pl.len().cast(pl.Int64).alias("total"), places, hours)
    grave = pl.col("rule").is_in(GRAVE)
    return counted.sort(grave, "violation", "total", "rule", descending=[True, True, True, False])


def _by_unit(report: Report, findings: pl.DataFrame) -> pl.DataFrame:
    proposals = report.plan.proposals.explode("groups", empty_as_null=False)
    steps = ("dissolve", "merge", "topic")
    actions = [(pl.col("action") == step).sum().cast(pl.Int64).alias(step) for step in steps]
    there = report.roster.filter(pl.col("disbanded").is_null() | (pl.col("disbanded") > report.plan.on))
    parts = (
        there.group_by("unit").agg(pl.len().cast(pl.Int64).alias("groups")),
        proposals.group_by("unit").agg(*actions),
        findings.group_by("unit").agg(*_levels(), pl.len().cast(pl.Int64).alias("total")),
    )
    named = [part.with_columns(pl.col("unit").fill_null(_("未登记单位"))) for part in parts]
    joined = pl.concat(named, how="diagonal").group_by("unit").agg(pl.exclude("unit").sum())
    keep = pl.col("groups") - pl.col("dissolve") - pl.col("merge") - pl.col("topic")
    return joined.with_columns(keep=keep).sort("unit").select("unit", "groups", *steps, "keep", *LEVELS, "total")


def _clauses(all_of_them: pl.DataFrame) -> pl.DataFrame:
    cited = all_of_them.select(clause="clauses").explode("clause", empty_as_null=False).drop_nulls()
    fields = [field.name for field in CITED.fields]
    return cited.group_by("clause").len("total").unnest("clause").select(*fields, "total").sort("document", "id")
