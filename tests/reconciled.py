"""Do the forms of a report add up: each with itself, with each other, with the findings and the roster? For the tests of any audit."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from qingqun.findings import cost
from qingqun.findings.cost import priced
from qingqun.findings.report import Report, judging, papers, savings, summarise, tables, words
from qingqun.findings.report.forms import disposed
from qingqun.findings.report.table import Table

TINY = 1e-6


def column(table: Table, title: str) -> list[Any]:
    """Return the values of a column."""
    at = list(table.header).index(title)
    return [row[at] for row in table.rows]


def total(table: Table, title: str) -> Any:
    """Return what the last line says of a column."""
    assert table.total is not None
    return table.total[list(table.header).index(title)]


def reconcile(report: Report) -> None:
    """Hold every form against itself, the others, the findings and the roster; any audit's report must pass."""
    made = papers.tables(report)
    for table in made.values():
        assert all(len(row) == len(table.header) for row in [*table.rows, table.total or ()])
    _groups(report, made)
    _findings(report, made)
    _fates(report)
    _costs(report)


def _groups(report: Report, made: dict[str, Table]) -> None:
    summed, cleared, filed = made["台账汇总表"], made["清理统计表"], made["备案表"]
    for table in (summed, cleared):
        for title in table.header[2:]:
            assert sum(column(table, title)) == total(table, title), (table.title, title)
        assert total(table, "工作群合计") == len(report.roster)
    for row in summed.rows:
        assert row[2] == sum(_numbers(row[3:9])) == sum(_numbers(row[9:17])), row
    for row in cleared.rows:
        assert row[2] == sum(_numbers(row[3:7])), row
        assert row[-1] == sum(_numbers(row[7:14])), row
    assert total(cleared, "拟保留") == len(filed.rows) == disposed(report).filter(pl.col("fate") == "keep").height
    assert total(summed, "其中：已解散") == total(cleared, "已解散")
    assert total(summed, "公众账号") == len(report.accounts)
    assert total(cleared, "工作群合计") - total(cleared, "已解散") == report.plan.before
    assert len(filed.rows) == report.plan.after


def _findings(report: Report, made: dict[str, Table]) -> None:
    summary, cleared, wrong, mended = summarise(report), made["清理统计表"], made["问题清单"], made["整改台账"]
    by_unit, by_rule = tables.by_unit(summary), tables.by_rule(summary)
    assert by_unit.total is not None
    assert by_rule.total is not None
    sums = {total(cleared, "问题合计"), total(wrong, "合计（件）"), total(mended, "件数"), by_unit.total[-1], by_rule.total[3]}
    assert sums == {len(report.gathered.findings)}
    for title in ("违反（件）", "提醒（件）", "合计（件）"):
        assert sum(column(wrong, title)) == total(wrong, title)
    assert column(wrong, "合计（件）") == column(mended, "件数")
    assert column(wrong, "单位") == column(mended, "责任单位")
    assert total(wrong, "违反（件）") == summary.violations
    units = dict(zip(column(cleared, "单位"), column(cleared, "问题合计"), strict=True))
    listed = pl.DataFrame({"unit": column(wrong, "单位"), "n": column(wrong, "合计（件）")}, schema={"unit": pl.String, "n": pl.Int64})
    assert dict(listed.group_by("unit").sum().iter_rows()) == {unit: n for unit, n in units.items() if n}


def _fates(report: Report) -> None:
    """Hold the fates of the groups against their list, the plan and the forms."""
    summed, listed = savings.fates(report), savings.each_fate(report)
    called = {name: words.fate(name) for name in savings.FATES}
    for title in summed.header[1:]:
        assert sum(column(summed, title)) == total(summed, title)
    for row in summed.rows:
        assert row[1] == sum(_numbers(row[2:]))
    assert total(summed, "现有工作群") == len(listed.rows) == report.plan.before
    assert {name: column(listed, "去向").count(title) for name, title in called.items()} == {
        name: total(summed, title) for name, title in called.items()
    }
    assert total(summed, called["keep"]) == report.plan.after == disposed(report).filter(pl.col("fate") == "keep").height
    assert total(summed, called["dissolve"]) == disposed(report).filter(pl.col("fate") == "dissolve").height


def _costs(report: Report) -> None:
    """Hold what each finding cost against what each rule cost, and both against what all cost together."""
    summary, each = summarise(report), priced(report.gathered.findings, judging())
    for name in cost.SUMS:
        by_rule = float(summary.costs[name].sum() or 0)
        assert abs(float(each[name].sum() or 0) - by_rule) < TINY
        assert getattr(summary.once, name) <= by_rule + TINY
    assert summary.once.saves_minutes <= summary.once.minutes + TINY
    assert summary.once.saves_off <= summary.once.off_pings <= summary.once.pings
    assert sum(column(savings.costs(summary), "计入（件）")) == summary.once.findings == each["pings"].drop_nulls().len()


def _numbers(row: Sequence[Any]) -> list[int]:
    return [int(value) for value in row]
