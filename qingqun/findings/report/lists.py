"""The list of findings, and the tables of what is measured: burden, definitions, hours of the day, before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from qingqun.findings.before import Comparison
from qingqun.findings.burden import P90_FROM
from qingqun.findings.metrics import Metric, metrics
from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _, listed
from qingqun.intake import sources
from qingqun.judge.discovery import rules, subjects


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
        _("引文（已隐去个人信息）"), _("依据条款"), _("所用数值"), _("涉及人数"), _("消息（人）数"), _("备注"),
    ]  # fmt: skip
    rows = [_finding(i, row) for i, row in enumerate(table.iter_rows(named=True), 1)]
    return Table(title, header, rows, [6, 12, 7, 17, 14, 18, 8, 13, 12, 10, 34, 42, 15, 7, 8, 9], notes, table["level"].to_list())


def _finding(i: int, row: Mapping[str, Any]) -> Row:
    return [
        i, row["id"], words.level(row["level"]), row["title"], row["unit"], row["group"], words.platform(row["platform"]),
        row["owner_office"],
        words.moment(row["at"]), words.grade(row["grade"], row["at"]), row["quote"], words.clauses(row["clauses"]),
        words.numbers(row["numbers"]), words.people(row), row["evidence"], words.calendar(row["calendar"]),
    ]  # fmt: skip


def burden(report: Report) -> Table:
    """Median and 90th percentile per unit and metric; small cells hidden."""
    titles = {metric.name: metric for metric in metrics()}
    rows = [_cell(row, titles[row["metric"]]) for row in report.burden.table.iter_rows(named=True)]
    notes = [
        _("按人计算后只给出分布，不列任何个人。少于 5 人（非工作时段指标少于 10 人）的单元格隐去，并同时隐去次小的一格，以免由合计推算。"),
        _("少于 {n} 人的不给第 90 百分位。家校群、服务群众群和个人群不计入。").format(n=P90_FROM),
    ]
    return Table(
        _("负担情况"),
        [_("单位"), _("指标"), _("计量单位"), _("人数"), _("中位数"), _("第 90 百分位")],
        rows,
        [24, 22, 12, 12, 12, 14],
        notes,
    )


def _cell(row: Mapping[str, Any], metric: Metric) -> Row:
    hidden = _("不足 {k} 人或隐去").format(k=metric.k)
    shown: Row = [hidden, "—", "—"] if row["hidden"] else [row["people"], words.rounded(row["median"]), words.rounded(row["p90"])]
    return [row["unit"] or _("全部"), metric.title, metric.unit, *shown]


def definitions() -> Table:
    """What each number means."""
    return Table(_("指标口径"), [_("指标"), _("计量单位"), _("口径")], [[m.title, m.unit, m.definition] for m in metrics()], [20, 12, 90])


def hours(report: Report) -> Table:
    """Messages by the hour of the day."""
    header = [_("时"), _("工作时间"), _("非工作时间"), _("紧急信息")]
    return Table(_("消息时段分布"), header, [[f"{row[0]:02d}", *row[1:]] for row in report.activity.iter_rows()], [8, 12, 12, 12])


def before_after(report: Report) -> Table | None:
    """The same metrics, before and now; None where there is nothing to compare with."""
    if report.comparison is None:
        return None
    titles = {metric.name: metric for metric in metrics()}
    rows = [_compared(row, titles[row["metric"]]) for row in report.comparison.table.iter_rows(named=True) if row["metric"] in titles]
    called = {rule.name: rule.title for subject in subjects() for rule in rules(subject)}
    weekly = report.comparison.rules.iter_rows(named=True)
    rows += [[_("全部"), called.get(row["rule"], row["rule"]), _("件/周"), *_figures(row)] for row in weekly]
    header = [_("单位"), _("指标"), _("计量单位"), _("上次"), _("本次"), _("变化")]
    return Table(_("前后对比"), header, rows, [24, 22, 12, 14, 14, 12], gaps(report))


def _compared(row: Mapping[str, Any], metric: Metric) -> Row:
    return [row["unit"] or _("全部"), metric.title, metric.unit, *_figures(row)]


def _figures(row: Mapping[str, Any]) -> list[Any]:
    """Before, after, change; where the change may be what is missing from the export, that is said in its place."""
    before, after = (words.rounded(row[column]) for column in ("before", "after"))
    silent = row["change"] is None and row["before"] is not None and row["after"] is not None
    return [before, after, _("不可比") if silent else words.rounded(row["change"])]


def gaps(report: Report) -> list[str]:
    """Say what the comparison covers and what it does not."""
    c = report.comparison
    if c is None:
        return []
    spans = [_("{first} 至 {last}").format(first=words.day(a) or "—", last=words.day(b) or "—") for a, b in (c.earlier, c.later)]
    lines = [_("上次：{before}；本次：{after}。计数均折算为每 7 天，负担为每人中位数。").format(before=spans[0], after=spans[1])]
    lines += _hands(c)
    if c.same is None:
        lines.append(_("未提供同一把比对密钥，无法辨认同一个群，只按单位比较；群的增减不详。"))
    else:
        lines.append(_("两次都有的群 {same} 个，仅上次有的 {gone} 个，仅本次有的 {new} 个。").format(same=c.same, gone=c.gone, new=c.new))
    if c.gaps.disbanded:
        lines.append(_("仅上次有的群中，{n} 个台账已登记解散。").format(n=c.gaps.disbanded))
    if c.missing:
        lines.append(_("台账中有、本次未导出的群：{names}。这些群的变化不能视为改善。").format(names=listed(c.missing)))
    if c.gaps.any:
        text = _("本次比上次少导出群 {n} 个。所属单位和全部的数字下降的，标“不可比”，不作为改善。")
        lines.append(text.format(n=sum(c.gaps.lost.values())))
    return lines if c.same_pack else [*lines, _("两次所用规则包版本不同，问题数不可直接比较。")]


def _hands(c: Comparison) -> list[str]:
    """Say where the two exports were made differently: by whom, with what, over which days."""
    lines = []
    if all(c.sources) and c.sources[0] != c.sources[1]:
        read = [listed(_source(name) for name in names) for names in c.sources]
        text = _("两次的导出方式不同（上次：{before}；本次：{after}），能读到的内容可能不同，变化仅供参考。")
        lines.append(text.format(before=read[0], after=read[1]))
    if c.same_hand is False:
        lines.append(_("两次由不同的人导出，所在的群可能不同。"))
    if c.overlap:
        lines.append(_("两次的期间有重叠，重叠的日子两边都算。"))
    return lines


def _source(name: str) -> str:
    known = sources.every().get(name)
    return known.TITLE if known else name
