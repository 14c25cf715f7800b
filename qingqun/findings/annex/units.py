"""Units as a tree: groups and findings of each, by itself and with all below it.

A unit is below the one whose name its own name begins with: 青松街道三里社区 is below 青松街道办事处.
"""

import re
from collections.abc import Collection, Mapping

import polars as pl

from qingqun.findings.report.table import Row, Table
from qingqun.findings.table import Gathered
from qingqun.i18n import _

_TITLE = re.compile("(?:人民政府|办事处|委员会|党工委|党委|管委会|政府|办公室)$")
_LEAST = 3  # characters that a name must share with the one above it


def above(units: Collection[str]) -> dict[str, str]:
    """Return the unit next above each unit that has one; a name is looked up by its beginnings, never compared with every other."""
    stems: dict[str, str] = {}
    for unit in sorted(units, key=lambda name: (len(name), name)):
        stems.setdefault(_TITLE.sub("", unit), unit)
    found = {}
    for unit in units:
        stem = _TITLE.sub("", unit)
        heads = (stems.get(unit[:length]) for length in range(len(unit) - 1, _LEAST - 1, -1) if unit[:length] != stem)
        over = next((head for head in heads if head and head != unit), None)
        if over:
            found[unit] = over
    return found


def line(unit: str, over: Mapping[str, str]) -> list[str]:
    """Return a unit and those above it, the nearest first."""
    found = [unit]
    while (up := over.get(found[-1])) and up not in found:
        found.append(up)
    return found


def table(roster: pl.DataFrame, gathered: Gathered) -> Table:
    """Return each unit with its groups, violations and warnings, and the same with all below; empty where no unit is below another."""
    groups, findings = roster.drop_nulls("unit"), gathered.findings.drop_nulls("unit")
    units = sorted({*groups["unit"].unique(), *findings["unit"].unique()})
    over = above(units)
    header = [
        _("单位"), _("上级单位"), _("工作群"), _("违反"), _("提醒"), _("连同下级：工作群"), _("连同下级：违反"), _("连同下级：提醒"),
    ]  # fmt: skip
    level = [(pl.col("level") == name).sum().cast(pl.Int64).alias(name) for name in ("violation", "warning")]
    own = (
        pl.DataFrame({"unit": units}, schema={"unit": pl.String})
        .join(groups.group_by("unit").agg(pl.len().cast(pl.Int64).alias("groups")), on="unit", how="left")
        .join(findings.group_by("unit").agg(level), on="unit", how="left")
        .with_columns(pl.exclude("unit").fill_null(0))
    )
    lines = [(unit, up) for unit in units for up in line(unit, over)]
    pairs = pl.DataFrame(lines, schema={"unit": pl.String, "up": pl.String}, orient="row")
    rolled = own.join(pairs, on="unit").group_by("up").agg(pl.col("groups", "violation", "warning").sum().name.suffix("_all"))
    both = own.join(rolled, left_on="unit", right_on="up").sort("unit")
    rows: list[Row] = [[unit, over.get(unit), *figures] for unit, *figures in both.iter_rows()]
    note = _("上下级按单位名称判断，名称以上级单位名称开头的为下级。连同下级的数包含本单位，不同行不能相加。")
    return Table(_("按单位层级汇总"), header, rows if over else [], [30, 26, 10, 10, 10, 16, 16, 16], [note])
