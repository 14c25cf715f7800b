"""The tables of counts and lists: totals by unit and by question, register, plan, clauses, files, problems."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.setting import full_width
from qingqun.findings.report.summary import Summary
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _


def by_unit(summary: Summary) -> Table:
    """Totals by unit, in the order of names: this is no league table."""
    header = [_("单位"), _("工作群"), _("建议解散"), _("建议合并"), _("转为话题"), _("保留"), _("违反"), _("提醒"), _("问题合计")]
    sums: Row = [_("合计"), *(int(summary.by_unit[name].sum()) for name in summary.by_unit.columns[1:])]
    return Table(_("按单位汇总"), header, summary.by_unit.rows(), [26, 10, 10, 10, 10, 10, 10, 10, 10], total=sums)


def by_rule(summary: Summary) -> Table:
    """Totals by what is wrong."""
    header = [_("问题"), _("违反"), _("提醒"), _("合计"), _("涉及群（账号）"), _("约耗人时")]
    hours = pl.when(pl.col("hours") > 0).then(pl.col("hours").round(1))  # a group or an account costs no reading
    fields = summary.by_rule.select("title", "violation", "warning", "total", "places", hours)
    sums: Row = [_("合计"), summary.violations, summary.warnings, summary.findings, "", ""]
    notes = [_("一个群可以涉及几类问题，一条消息可以涉及几类问题，所以后两列不求和。")]
    return Table(_("按问题汇总"), header, fields.rows(), [30, 10, 10, 10, 16, 12], notes, total=sums)


def register(report: Report) -> Table:
    """The register of groups, with what is proposed for each."""
    header = [
        _("序号"), _("平台"), _("群名称"), _("所属单位"), _("群主单位及职务"), _("类型"), _("用途"), _("成员数"), _("成员数来源"),
        _("建群日期"), _("任务结束"), _("解散日期"), _("最近发言"), _("消息数"), _("登记情况"), _("处理建议"),
    ]  # fmt: skip
    advice = _advice(report)
    rows = [
        [
            i, words.platform(g["platform"]), g["name"], g["unit"], g["owner_office"], words.kind(g["kind"]), g["purpose"], g["members"],
            words.members_from(g["members_from"]), g["created"], g["task_ends"], g["disbanded"], g["last_active"], g["messages"],
            _("已登记") if g["registered"] else _("台账未登记"), advice.get(g["key"], "" if g["disbanded"] else _("保留")),
        ]
        for i, g in enumerate(report.roster.iter_rows(named=True), 1)
    ]  # fmt: skip
    widths = [6, 10, 26, 18, 18, 13, 20, 9, 14, 12, 12, 12, 12, 9, 13, 12]
    return Table(_("工作群台账"), header, rows, widths, [_("最近发言不计系统提示和单纯的“收到”。处理建议须经群主单位确认。")])


def _advice(report: Report) -> dict[str, str]:
    """What is proposed for a group, by its key: another platform may have a group of the same name."""
    acted = report.plan.proposals.filter(pl.col("action") != "refused")
    gone = {key: words.action(p["action"]) for p in acted.iter_rows(named=True) for key in p["keys"]}
    stays = {p["target_key"]: _("保留（并入方）") for p in acted.iter_rows(named=True) if p["target_key"]}
    return stays | gone


def plan(report: Report) -> Table:
    """What to dissolve and merge, and which merges would be no relief."""
    header = [
        _("序号"), _("建议"), _("单位"), _("涉及群（平台）"), _("并入（平台）"), _("人数"), _("转入人员"), _("新增可见人员"),
        _("每人每天现在（条）"), _("合并后（条）"), _("理由"), _("依据条款"),
    ]  # fmt: skip
    rows = [_proposal(i, p) for i, p in enumerate(report.plan.proposals.iter_rows(named=True), 1)]
    counts = _("现有 {before} 个工作群，按建议处理后为 {after} 个。群数减少不是目的：合并后有人每天多收的消息超过上限的，一律不建议合并。")
    note = counts.format(before=report.plan.before, after=report.plan.after)
    return Table(_("减负方案"), header, rows, [6, 8, 18, 26, 22, 8, 9, 9, 10, 10, 46, 40], [note])


def _proposal(i: int, p: Mapping[str, Any]) -> Row:
    looked = p["action"] != "dissolve"
    moved, exposed = (("<5" if p[name] is None else p[name]) if looked else "" for name in ("moved", "exposed"))
    loads = [round(p[name], 1) if looked else "" for name in ("before", "after")]
    cited = words.clauses(p["clauses"]) if p["clauses"] else ""
    target = words.placed(p["target"], p["platform"]) if p["target"] else ""
    return [
        i, words.action(str(p["action"])), p["unit"], words.going(p), target, p["people"], moved, exposed, *loads, p["explained"], cited,
    ]  # fmt: skip


def clauses(summary: Summary) -> Table:
    """The clauses cited, where they were read and how surely."""
    header = [_("条款编号"), _("文件"), _("条号"), _("内容"), _("强度"), _("核实情况"), _("来源"), _("引用次数")]
    rows = [_clause(c) for c in summary.clauses.iter_rows(named=True)]
    note = _("条号未经核对的不写条号；只见报道、未见原文的条款只作提示，不作为问题依据。")
    return Table(_("条款来源"), header, rows, [12, 40, 10, 50, 10, 12, 50, 10], [note])


def _clause(c: Mapping[str, Any]) -> Row:
    number, bound, read = c["number"] or _("条号未核"), words.strength(c["strength"]), words.confidence(c["confidence"])
    return [c["id"], c["document"], number, full_width(c["text"]), bound, read, full_width(c["source"]), c["total"]]


def accounts(report: Report) -> Table:
    """The register of public accounts."""
    header = [_("序号"), _("平台"), _("账号名称"), _("所属单位"), _("开设日期"), _("最近更新"), _("注销日期")]
    fields = [name for name in ("platform", "name", "unit", "created", "last_post", "closed") if name in report.accounts.columns]
    rows = [[i, words.platform(row[0]), *row[1:]] for i, row in enumerate(report.accounts.select(fields).iter_rows(), 1)]
    return Table(_("公众账号台账"), header, rows, [6, 12, 30, 24, 14, 14, 14])


def files(report: Report) -> Table:
    """What was read."""
    return Table(_("读取的文件"), [_("文件"), _("识别为"), _("行数")], report.files, [50, 24, 12])
