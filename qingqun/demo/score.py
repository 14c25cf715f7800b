"""The audit's findings held against the truth of the demo: what was found, what was missed, what was wrongly found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from qingqun.demo.office import Office
from qingqun.findings.report import Report
from qingqun.i18n import _
from qingqun.judge.discovery import find

PLACE = ["rule", "platform", "group"]
SLACK = pl.duration(hours=1)  # the audit dates a burst by its group's first hit, up to an hour earlier
NO_PLATFORM = "-"  # accounts and groups are known by name


def score(office: Office, report: Report) -> list[str]:
    """Return one line for every rule of the truth that the report's pack, or the product itself, judges, and one for all of them."""
    found = pl.concat([report.gathered.findings, report.gathered.hints])
    judged = {clause.rule for clause in report.pack.clauses} | set(found["rule"])
    rows = [row for row in tally(office.truth, found).iter_rows(named=True) if row["rule"] in judged]
    return [*map(told, rows), _sum(rows)]


def told(row: Mapping[str, Any]) -> str:
    """Return a row of the tally as a line: the rule by its title."""
    line = _("{title}（{rule}）：应有 {planted}，找到 {hit}，漏 {missed}，多报 {alarms}；相似而无问题的 {alike} 条中误报 {fooled}")
    return line.format(title=find(row["rule"]).title, **row)


def _sum(rows: list[dict[str, Any]]) -> str:
    planted, hit, alike, fooled = (sum(row[name] for row in rows) for name in ("planted", "hit", "alike", "fooled"))
    line = _("合计：应有 {planted}，找到 {hit}（{share:.1%}）；相似而无问题的 {alike} 条中误报 {fooled}（{wrong:.1%}）")
    shares = {"share": hit / max(1, planted), "wrong": fooled / max(1, alike)}
    return line.format(planted=planted, hit=hit, alike=alike, fooled=fooled, **shares)


def tally(truth: Path, found: pl.DataFrame) -> pl.DataFrame:
    """Return rule, planted, hit, missed, alarms, alike, fooled: one row a rule of truth.jsonl."""
    known = _known(truth)
    said = _said(found).filter(pl.col("rule").is_in(known["rule"].unique().implode())).with_row_index("finding")
    pairs = known.join(said, on=PLACE).filter(_meets())
    right, doubtful = pairs.filter("planted"), pairs.filter(pl.col("planted").is_null())
    counts = known.group_by("rule").agg(planted=pl.col("planted").sum(), alike=(~pl.col("planted")).sum())
    hit = _count(right, "line", "hit")
    fooled = _count(pairs.filter(~pl.col("planted")).join(right, on="finding", how="anti"), "line", "fooled")
    wrong = said.join(right, on="finding", how="anti").join(doubtful, on="finding", how="anti")
    alarms = _count(wrong, "finding", "alarms")
    whole = counts
    for part in (hit, fooled, alarms):
        whole = whole.join(part, on="rule", how="left")
    return (
        whole.with_columns(pl.col("hit", "fooled", "alarms").fill_null(0))
        .with_columns(missed=pl.col("planted") - pl.col("hit"))
        .sort("rule")
    )


def _known(truth: Path) -> pl.DataFrame:
    rows = pl.read_ndjson(truth, infer_schema_length=None).with_row_index("line")
    moments = [pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%S%:z", time_unit="ms", time_zone="UTC") for name in ("sent_at", "until")]
    return rows.select("line", "rule", "planted", *_place("message", pl.coalesce("group", "account")), *moments)


def _said(found: pl.DataFrame) -> pl.DataFrame:
    return found.select("rule", *_place("messages", pl.col("group")), "at")


def _place(messages: str, name: pl.Expr) -> list[pl.Expr]:
    """Return platform and name; the same name stands in the register of groups and of accounts without its platform."""
    platform = pl.when(pl.col("subject") == messages).then("platform").otherwise(pl.lit(NO_PLATFORM))
    return [platform.alias("platform"), name.alias("group")]


def _meets() -> pl.Expr:
    """A finding about a message meets a truth when it lies in its span; one about a group or an account always does."""
    early = pl.when(pl.col("rule") == "flooding").then(pl.col("sent_at") - SLACK).otherwise("sent_at")
    return pl.col("sent_at").is_null() | pl.col("at").is_between(early, pl.col("until"))


def _count(rows: pl.DataFrame, what: str, name: str) -> pl.DataFrame:
    return rows.group_by("rule").agg(pl.col(what).n_unique().cast(pl.Int64).alias(name))
