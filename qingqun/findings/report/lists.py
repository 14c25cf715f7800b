"""The list of findings, and the tables of what is measured: burden, definitions, hours of the day, before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from qingqun.findings.burden import P90_FROM
from qingqun.findings.cost import priced
from qingqun.findings.metrics import Metric, metrics
from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import judging
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _


def findings(report: Report) -> Table:
    """Every finding."""
    note = _("硬性条款的为“违反”，原则性条款的为“提醒”。接龙、晒图归于提出要求的通知，不记录回复者。引文已隐去个人信息，至多 60 字。")
    return _listed(_("问题清单"), report.gathered.findings, [note])


def hints(report: Report) -> Table:
    """What rests on no clause that was read: not counted."""
    note = _("所依据的条款未见原文、为征求意见稿，或没有对应条款。仅供核对，不计入问题。")
    return _listed(_("待核提示"), report.gathered.hints, [note])


def _listed(title: str, table: pl.DataFrame, notes: Sequence[str]) -> Table:
    header = [
        _("序号"), _("编号"), _("级别"), _("问题"), _("单位"), _("群（账号）"), _("平台"), _("群主单位及职务"), _("时间"), _("时段"),
        _("引文（已隐去个人信息）"), _("依据条款"), _("所用数值"), _("涉及人数"), _("消息（人）数"), _("备注"), _("约耗人分钟"),
        _("改好可省人分钟"), _("非工作时间可少打扰人次"),
    ]  # fmt: skip
    rows = [_finding(i, row) for i, row in enumerate(priced(table, judging()).iter_rows(named=True), 1)]
    widths = [6, 12, 7, 17, 14, 18, 8, 13, 12, 10, 34, 42, 15, 7, 8, 9, 9, 9, 9]
    return Table(title, header, rows, widths, notes, table["level"].to_list())


def _finding(i: int, row: Mapping[str, Any]) -> Row:
    return [
        i, row["id"], words.level(row["level"]), row["title"], row["unit"], row["group"], words.platform(row["platform"]),
        row["owner_office"],
        words.moment(row["at"]), words.grade(row["grade"], row["at"]), row["quote"], words.clauses(row["clauses"]),
        words.numbers(row["numbers"]), words.people(row), row["evidence"], words.calendar(row["calendar"]), _minutes(row["minutes"]),
        _minutes(row["saves_minutes"]), row["saves_off"],
    ]  # fmt: skip


def _minutes(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def burden(report: Report) -> Table:
    """Median and 90th percentile per unit and metric; small cells hidden."""
    titles = {metric.name: metric for metric in metrics()}
    both = ((False, report.burden.table), (True, report.burden.rolled))
    rows = [
        _cell(row, metric, whole=whole)
        for metric in titles.values()
        for whole, table in both
        for row in table.filter(pl.col("metric") == metric.name).iter_rows(named=True)
    ]
    notes = [
        _("按人计算后只给出分布，不列任何个人。少于 5 人（非工作时段指标少于 10 人）的单元格隐去，并同时隐去次小的一格，以免由合计推算。"),
        _("少于 {n} 人的不给第 90 百分位。家校群、服务群众群和个人群不计入。").format(n=P90_FROM),
        *([_("“连同下级”的是本单位和以下各级单位的全部人员，不能与各单位相加。")] if len(report.burden.rolled) else []),
    ]
    return Table(
        _("负担情况"),
        [_("单位"), _("指标"), _("计量单位"), _("人数"), _("中位数"), _("第 90 百分位")],
        rows,
        [24, 22, 12, 12, 12, 14],
        notes,
    )


BRIEF = ("messages", "notices", "repeats", "off", "minutes")


def burden_by_unit(report: Report) -> Table:
    """The median of the chief metrics, one line a unit, and one a unit with all below it."""
    titles = [metric for metric in metrics() if metric.name in BRIEF]
    rows: list[Row] = []
    for whole, table in ((False, report.burden.table), (True, report.burden.rolled)):
        parts = table.filter(pl.col("metric").is_in(BRIEF)).partition_by("unit", maintain_order=True)
        rows += [_unit_line(part, [metric.name for metric in titles], whole=whole) for part in parts]
    header = [_("单位"), _("人数"), *(_("{title}（{unit}）").format(title=m.title, unit=m.unit) for m in titles)]
    notes = [_("各指标的中位数，按人计算；人数不足的隐去，写“—”。“连同下级”的含以下各级单位，不能与各单位相加。")]
    return Table(_("各单位人员负担"), header, rows, [30, 8, *[14.0] * len(titles)], notes)


def _unit_line(part: pl.DataFrame, names: Sequence[str], *, whole: bool) -> Row:
    of = {row["metric"]: row for row in part.iter_rows(named=True)}
    people = of[names[0]]["people"]
    figures = [words.rounded(of[name]["median"]) for name in names]
    return [words.unit(part["unit"][0], whole=whole), "—" if people is None else people, *figures]


def _cell(row: Mapping[str, Any], metric: Metric, *, whole: bool) -> Row:
    hidden = _("不足 {k} 人或隐去").format(k=metric.k)
    shown: Row = [hidden, "—", "—"] if row["hidden"] else [row["people"], words.rounded(row["median"]), words.rounded(row["p90"])]
    return [words.unit(row["unit"], whole=whole), metric.title, metric.unit, *shown]


def definitions() -> Table:
    """What each number means."""
    return Table(_("指标口径"), [_("指标"), _("计量单位"), _("口径")], [[m.title, m.unit, m.definition] for m in metrics()], [20, 12, 90])


def hours(report: Report) -> Table:
    """Messages by the hour of the day."""
    header = [_("时"), _("工作时间"), _("非工作时间"), _("紧急信息")]
    return Table(_("消息时段分布"), header, [[f"{row[0]:02d}", *row[1:]] for row in report.activity.iter_rows()], [8, 12, 12, 12])
