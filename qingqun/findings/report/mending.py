"""The two forms that go together: what is wrong in which unit, and how it is mended. Line n of one is line n of the other."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import GRAVE
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _, listed
from qingqun.judge.discovery import rules, subjects

NAMED = 2  # groups of a line that are named
CITED = 1  # clauses of a line: the rest stand in the list of single findings
DAY = len("2026-09-14")


def lines(report: Report) -> pl.DataFrame:
    """Return one line for each unit and rule: counts by level, the groups, the first and last day, the ids, the clauses."""
    found = report.gathered.findings.with_columns(unit=pl.col("unit").fill_null(_("未登记单位")))
    place = pl.struct("platform", "group")
    return (
        found.group_by("unit", "rule", "title")
        .agg(
            *((pl.col("level") == level).sum().cast(pl.Int64).alias(level) for level in ("violation", "warning")),
            pl.len().cast(pl.Int64).alias("total"),
            place.n_unique().cast(pl.Int64).alias("places"),
            pl.col("group").unique(maintain_order=True).head(NAMED).alias("groups"),
            pl.col("at").min().alias("first"),
            pl.col("at").max().alias("last"),
            pl.col("id").first(),
            pl.col("clauses").explode().unique(maintain_order=True).drop_nulls().head(CITED).alias("clauses"),
        )
        .sort(~pl.col("rule").is_in(GRAVE), "unit", "total", "rule", descending=[False, False, True, False])
    )


def wrong(report: Report) -> Table:
    """问题清单: by unit and kind of problem."""
    header = [
        _("序号"), _("单位"), _("问题"), _("违反（件）"), _("提醒（件）"), _("合计（件）"), _("涉及群（账号）数"),
        _("涉及群（账号），例"), _("起止日期"), _("依据条款"), _("问题编号，例"),
    ]  # fmt: skip
    rows: list[Row] = [
        [
            i, line["unit"], line["title"], line["violation"], line["warning"], line["total"], line["places"], _groups(line), _span(line),
            words.clauses(line["clauses"]), line["id"],
        ]
        for i, line in enumerate(lines(report).iter_rows(named=True), 1)
    ]  # fmt: skip
    found = report.gathered.findings
    sums = [int((found["level"] == level).sum()) for level in ("violation", "warning")]
    total: Row = ["", _("合计"), "", *sums, len(found), *[""] * 5]
    notes = [_("一个群可以涉及几类问题，群数不求和。逐件清单见同名工作簿“问题清单”，可凭编号查到。")]
    return Table(_("工作群组问题清单"), header, rows, [5, 18, 18, 6, 6, 6, 8, 24, 13, 34, 12], notes, total=total)


def mended(report: Report) -> Table:
    """整改台账: the same lines with what to do; who, by when and the striking off are for the office to fill in."""
    todo = {rule.name: rule.reason for subject in subjects() for rule in rules(subject)}
    header = [
        _("序号"), _("责任单位"), _("问题"), _("件数"), _("整改措施"), _("责任人"), _("完成时限"), _("整改情况"), _("是否完成"),
        _("销号日期"), _("备注"),
    ]  # fmt: skip
    rows: list[Row] = [
        [i, line["unit"], line["title"], line["total"], _one_line(todo.get(line["rule"], "")), *[""] * 6]
        for i, line in enumerate(lines(report).iter_rows(named=True), 1)
    ]
    total: Row = ["", _("合计"), "", len(report.gathered.findings), *[""] * 7]
    notes = [_("序号、单位、问题、件数与问题清单逐行一致。责任人写单位和职务；整改完成并复核后填销号日期。")]
    return Table(_("工作群组整改台账"), header, rows, [5, 18, 20, 6, 40, 12, 11, 20, 8, 11, 10], notes, total=total)


def _groups(line: Mapping[str, Any]) -> str:
    more = _("等 {n} 个").format(n=line["places"]) if line["places"] > NAMED else ""
    return listed(name or "" for name in line["groups"]) + more


def _span(line: Mapping[str, Any]) -> str:
    if line["first"] is None:
        return ""
    first, last = (words.moment(line[end])[:DAY] for end in ("first", "last"))
    return first if first == last else _("{first} 至 {last}").format(first=first, last=last)


def _one_line(text: str) -> str:
    return " ".join(text.split())
