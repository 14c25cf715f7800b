"""What the findings cost and mending them would save, what becomes of every group, and what a person would get then."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from qingqun.findings.cost import explained
from qingqun.findings.report import words
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import Summary
from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _, sentences

FATES = ("keep", "merge", "topic", "dissolve")
HOUR = 60
LEAST = 6  # person-minutes: a tenth of an hour, less than that is no figure


def costs(summary: Summary) -> Table:
    """What each kind of finding has cost in the period, and what mending it would save."""
    header = [
        _("问题"), _("怎样改"), _("计入（件）"), _("提醒人次"), _("约耗人时"), _("非工作时间人次"), _("非工作时间人时"), _("改好可省人时"),
        _("可少打扰人次"),
    ]  # fmt: skip
    rows = [_cost(row) for row in summary.costs.sort("minutes", "rule", descending=[True, False]).iter_rows(named=True)]
    of = summary.once
    spent, off, saved = map(_hours, (of.minutes, of.off_minutes, of.saves_minutes))
    total: Row = [_("每条消息只算一次"), "", of.findings, of.pings, spent, of.off_pings, off, saved, of.saves_off]
    notes = [explained(), _("一条消息涉及几类问题的，各类都列；末行每条消息只算一次，取省得最多的一种改法，所以不等于各行之和。")]
    return Table(_("代价与可省"), header, rows, [28, 22, 10, 10, 10, 14, 14, 12, 12], notes, total=total if rows else None)


def briefly(summary: Summary) -> Table:
    """The same without the columns that a narrow page has no room for."""
    whole, kept = costs(summary), (0, 1, 3, 4, 5, 7, 8)
    total = [whole.total[i] for i in kept] if whole.total else None
    return replace(whole, header=[whole.header[i] for i in kept], rows=[[row[i] for i in kept] for row in whole.rows], total=total)


def _cost(row: Mapping[str, Any]) -> Row:
    spent, off, saved = (_hours(row[name]) for name in ("minutes", "off_minutes", "saves_minutes"))
    return [row["title"], words.repair(row["repair"]), row["findings"], row["pings"], spent, row["off_pings"], off, saved, row["saves_off"]]


def _hours(minutes: float) -> float | str:
    """Return minutes as hours with one decimal; what is something, but rounds to nothing, is said to be less than a tenth."""
    hours = round(minutes / HOUR, 1)
    return hours if hours or not minutes else _("不到 0.1")


def spent(summary: Summary) -> str:
    """Say in a sentence what the findings cost together and what mending them would save; nothing where no cost may be told."""
    of = summary.once
    if not of.findings:
        return ""
    uncounted = summary.findings - of.findings
    rest = _("另有 {n} 件不是消息的问题，或者涉及的人数太少、不详，未计入。").format(n=f"{uncounted:,}") if uncounted > 0 else ""
    if of.minutes < LEAST:
        return sentences([_("能公布人数的 {n} 件，期间共约耗不到 {least} 人分钟。").format(n=of.findings, least=LEAST), rest])
    text = _(
        "这些问题（能公布人数的 {n} 件）期间共约耗 {hours} 人时，其中非工作时间 {off} 人时、打扰 {pings} 人次；"
        "全部改好，约可省 {saved} 人时，非工作时间少打扰 {spared} 人次。"
    )
    told = text.format(
        n=f"{of.findings:,}",
        hours=words.figure(of.minutes / HOUR),
        off=words.figure(of.off_minutes / HOUR),
        pings=f"{of.off_pings:,}",
        saved=words.figure(of.saves_minutes / HOUR),
        spared=f"{of.saves_off:,}",
    )
    return sentences([told, rest])


def fates(report: Report) -> Table:
    """How many groups of each unit stay, merge, become topics or are dissolved."""
    named = report.plan.fates.with_columns(pl.col("unit").fill_null(_("未登记单位")))
    counted = named.group_by("unit").agg(pl.len().cast(pl.Int64).alias("all"), *_counts()).sort("unit")
    header = [_("单位"), _("现有工作群"), *(words.fate(name) for name in FATES)]
    total: Row = [_("合计"), *(int(counted[name].sum()) for name in counted.columns[1:])]
    notes = [_("现有工作群 = 保留 + 合并 + 转为话题 + 解散，不含已解散的。")]
    return Table(_("工作群去向汇总"), header, counted.rows(), [26, 12, 10, 10, 12, 10], notes, total=total)


def _counts() -> list[pl.Expr]:
    return [(pl.col("fate") == name).sum().cast(pl.Int64).alias(name) for name in FATES]


def each_fate(report: Report) -> Table:
    """What becomes of every group, one a line, with the reason where it goes."""
    why = {key: p["explained"] for p in report.plan.proposals.iter_rows(named=True) if p["action"] != "refused" for key in p["keys"]}
    groups = report.plan.fates.join(report.roster.select("key", "kind", "members"), on="key", how="left", maintain_order="left")
    ordered = groups.sort("unit", "name", "key", nulls_last=True)
    rows: list[Row] = [
        [
            i, g["unit"], g["name"], words.platform(g["platform"]), words.kind(g["kind"]), g["members"], words.fate(g["fate"]), g["target"],
            why.get(g["key"], ""),
        ]
        for i, g in enumerate(ordered.iter_rows(named=True), 1)
    ]  # fmt: skip
    header = [_("序号"), _("单位"), _("群名称"), _("平台"), _("类型"), _("成员数"), _("去向"), _("并入"), _("理由")]
    notes = [_("每个现有工作群一行，只有一种去向；行数与“工作群去向汇总”的合计一致。须经群主单位确认。")]
    return Table(_("每个群的去向"), header, rows, [6, 20, 26, 10, 13, 8, 10, 24, 60], notes)


def forecast(report: Report) -> Table:
    """Groups a person, and messages a person and day, now and when the plan is done: everybody, units, units with all below them."""
    own, rolled = (table.iter_rows(named=True) for table in (report.plan.forecast, report.plan.rolled))
    rows = [_forecast(row, whole=False) for row in own] + [_forecast(row, whole=True) for row in rolled]
    header = [_("单位"), _("指标"), _("现在中位数"), _("处理后中位数"), _("现在第 90 百分位"), _("处理后第 90 百分位")]
    notes = [_("只计有成员名单的工作群。人数不足的单位隐去，并连同另一个单位，以免由合计推算。群数减少而有人消息增多的，不在方案内。")]
    return Table(_("处理后的负担预测"), header, rows, [28, 22, 12, 14, 16, 18], notes)


def _forecast(row: Mapping[str, Any], *, whole: bool) -> Row:
    figures = [words.rounded(row[name]) for name in ("before", "after", "before_p90", "after_p90")]
    return [words.unit(row["unit"], whole=whole), words.foretold(row["metric"]), *figures]


def brought(report: Report) -> str:
    """Say in a sentence what the plan would bring a person; nothing where there are too few to tell, or nothing changes."""
    table = report.plan.forecast.filter(pl.col("unit").is_null() & ~pl.col("hidden"))
    mine = {row["metric"]: row for row in table.iter_rows(named=True)}
    if not mine or report.plan.before == report.plan.after:
        return ""
    text = _(
        "按方案处理后，一名工作人员（中位数）所在的工作群由 {groups} 个变为 {fewer} 个，每天收到的消息由 {messages} 条变为 {less} 条"
        "（第 90 百分位：群由 {groups90} 个变为 {fewer90} 个，消息由 {messages90} 条变为 {less90} 条）。"
    )
    same = _(
        "按方案处理后，一名工作人员的中位数不变，仍是 {groups} 个工作群、每天 {messages} 条消息；"
        "第 90 百分位的群由 {groups90} 个变为 {fewer90} 个，消息由 {messages90} 条变为 {less90} 条。"
    )
    groups, messages = mine["groups"], mine["messages"]
    figures = {
        "groups": groups["before"], "fewer": groups["after"], "groups90": groups["before_p90"], "fewer90": groups["after_p90"],
        "messages": messages["before"], "less": messages["after"], "messages90": messages["before_p90"], "less90": messages["after_p90"],
    }  # fmt: skip
    shown = {name: words.figure(value) for name, value in figures.items()}
    unmoved = shown["groups"] == shown["fewer"] and shown["messages"] == shown["less"]
    return (same if unmoved else text).format(**shown)
