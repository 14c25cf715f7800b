"""Units as a tree: groups and findings of each, by itself and with all below it."""

import polars as pl

from qingqun.findings.report.table import Row, Table
from qingqun.findings.table import Gathered
from qingqun.findings.tree import Tree
from qingqun.i18n import _, listed


def table(roster: pl.DataFrame, gathered: Gathered, tree: Tree) -> Table:
    """Return each unit with its groups, violations and warnings, and the same with all below; empty where no unit is below another."""
    groups, findings = roster.drop_nulls("unit"), gathered.findings.drop_nulls("unit")
    units = sorted({*groups["unit"].unique(), *findings["unit"].unique()})
    above = [up for unit in units for up in tree.line(unit)]
    level = [(pl.col("level") == name).sum().cast(pl.Int64).alias(name) for name in ("violation", "warning")]
    own = (
        pl.DataFrame({"unit": sorted({*units, *above})}, schema={"unit": pl.String})
        .join(groups.group_by("unit").agg(pl.len().cast(pl.Int64).alias("groups")), on="unit", how="left")
        .join(findings.group_by("unit").agg(level), on="unit", how="left")
        .with_columns(pl.exclude("unit").fill_null(0))
    )
    pairs = tree.pairs(own["unit"])
    rolled = own.join(pairs, on="unit").group_by("up").agg(pl.col("groups", "violation", "warning").sum().name.suffix("_all"))
    both = own.join(rolled, left_on="unit", right_on="up")
    figures = {unit: row for unit, *row in both.iter_rows()}
    rows: list[Row] = [[tree.indented(unit), tree.over.get(unit), *figures[unit]] for unit in tree.order(figures)]
    header = [
        _("单位"), _("上级单位"), _("工作群"), _("违反"), _("提醒"), _("连同下级：工作群"), _("连同下级：违反"), _("连同下级：提醒"),
    ]  # fmt: skip
    return Table(_("按单位层级汇总"), header, rows if len(above) > len(units) else [], [30, 26, 10, 10, 10, 16, 16, 16], _notes(tree))


def _notes(tree: Tree) -> list[str]:
    known = _("上下级以单位台账为准，台账没有写的按单位名称判断：名称以上级单位名称开头的为下级。")
    guessed = _("上下级按单位名称判断，名称以上级单位名称开头的为下级；可以用单位台账写明。")
    lines = [known if tree.registered else guessed, _("连同下级的数包含本单位，不同行不能相加。")]
    return [*lines, *told(tree)]


def told(tree: Tree) -> list[str]:
    """Return the sentence on units that are named as a unit above and have no row of their own: perhaps a slip of the pen."""
    text = _("单位台账中有 {n} 个上级单位没有自己的一行，按最上一级处理：{names}。")
    return [text.format(n=len(tree.strangers), names=listed(tree.strangers[:5]))] if tree.strangers else []
