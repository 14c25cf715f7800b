"""Which findings stand for the others: the plainest of each kind, from different groups, none twice."""

from typing import Any

import polars as pl

from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import Summary
from qingqun.findings.report.table import Table
from qingqun.i18n import _, listed

CASES = 2  # of each rule
MOST = 0.5  # what share of all three kinds must have to be called most
ENOUGH = 10  # findings
CUT = "…"


def cases(report: Report, summary: Summary) -> Table:
    """Return the typical cases, in the order of the summary."""
    rows = [
        [str(i), words.level(f["level"]), f["title"], _where(f), _shown(f)]
        for i, f in enumerate(typical(report.gathered.findings, summary).iter_rows(named=True), 1)
    ]
    return Table("", [_("序号"), _("级别"), _("问题"), _("群与时间"), _("引文（已隐去个人信息）或单位")], rows, [])


def typical(findings: pl.DataFrame, summary: Summary) -> pl.DataFrame:
    """Return CASES findings of each rule: the strictest; then those that can be quoted, whole; then the surest; then the most people.

    The same words stand once, and each group once, as far as there are others.
    """
    order = summary.by_rule.select("rule").with_row_index("place")
    whole = pl.col("quote").is_not_null() & ~pl.col("quote").str.contains(CUT, literal=True)
    ranked = findings.join(order, on="rule").sort(
        "place", pl.col("level").replace({"violation": "0", "warning": "1"}), pl.col("quote").is_null(), ~whole,
        pl.col("sure").round(2).fill_null(0), pl.col("evidence").fill_null(0), pl.col("people").fill_null(0), "at",
        descending=[False, False, False, False, True, True, True, False], nulls_last=True,
    )  # fmt: skip
    said = pl.struct("rule", pl.coalesce("quote", "id"))
    once = ranked.filter(said.is_first_distinct())
    fresh = once.with_columns(again=~pl.struct("rule", "platform", "group").is_first_distinct())
    chosen = fresh.sort("place", "again", maintain_order=True).group_by("rule", maintain_order=True).head(CASES)
    return chosen.select(findings.columns)


def _shown(finding: dict[str, Any]) -> str:
    """The quote of a message; of a group or an account, whose it is."""
    if finding["subject"] != "messages":
        return finding["unit"] or _("未登记单位")
    return finding["quote"] or _("（不引用原文）")


def _where(finding: dict[str, Any]) -> str:
    count = finding["evidence"] or 1
    parts = [finding["group"], words.moment(finding["at"]), _("共 {n} 条（人）").format(n=count) if count > 1 else ""]
    return "\n".join(part for part in parts if part)


def main_points(summary: Summary) -> str:
    """Say in one sentence what most findings are about; nothing where there are too few kinds for that."""
    top = summary.by_rule.sort("total", descending=True, maintain_order=True).head(3)
    if summary.by_rule.height <= top.height:
        return ""
    each = listed(_("{title}（{n} 件）").format(title=row["title"], n=f"{row['total']:,}") for row in top.iter_rows(named=True))
    share = top["total"].sum() / max(summary.findings, 1)
    if share < MOST or summary.findings < ENOUGH:
        return ""  # a handful, or many kinds alike, is no concentration
    return _("问题主要集中在{each}，三类合计占 {share}。").format(each=each, share=f"{share:.0%}")
