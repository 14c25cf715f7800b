"""The sentences of the report: what was found, what it stands on, what it does not know."""

import polars as pl

from qingqun.findings.report import unread, words
from qingqun.findings.report.cases import main_points
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import Summary, summarise
from qingqun.i18n import _, joined, sentences
from qingqun.intake.refusal import examples


def headline(report: Report, summary: Summary) -> str:
    """Return the one sentence that must be read."""
    read = _("共核查 {groups} 个工作群、{messages} 条消息，").format(groups=summary.groups, messages=f"{summary.messages:,}")
    if not summary.findings:
        return sentences([read, _("按所选条款未发现问题。")])
    found, plan = _("发现问题 {n} 件：违反 {v} 件，提醒 {w} 件。"), _("按建议处理后，工作群由 {before} 个减为 {after} 个。")
    if report.plan.before == report.plan.after:
        plan = _("没有需要解散或合并的群。")
    elif summary.groups > report.plan.before:
        plan = _("除已解散的 {gone} 个外，现有 {before} 个工作群，按建议处理后减为 {after} 个。")
    return sentences([read, found, plan]).format(
        n=f"{summary.findings:,}",
        v=f"{summary.violations:,}",
        w=f"{summary.warnings:,}",
        before=report.plan.before,
        after=report.plan.after,
        gone=summary.groups - report.plan.before,
    )


def hours(report: Report) -> list[str]:
    """Say of the hours of the day which is the busiest and how much comes outside working time; nothing where nothing was said."""
    table = report.activity.with_columns(all=pl.sum_horizontal("work", "off", "emergency"))
    every = int(table["all"].sum())
    if not every:
        return []
    top = table.sort("all", descending=True, maintain_order=True).row(0, named=True)
    busiest = _("{from_} 时至 {to} 时最多，共 {n} 条。").format(from_=top["hour"], to=top["hour"] + 1, n=f"{top['all']:,}")
    off = int(table["off"].sum())
    return [busiest, _("非工作时间 {n} 条，占 {share}（紧急信息不计）。").format(n=f"{off:,}", share=f"{off / every:.0%}")]


def period(report: Report) -> str:
    """Return the span of days the messages come from."""
    if report.since is None or report.until is None:
        return _("未读入消息")
    return _("{since}至{until}，共 {days} 天").format(since=words.day(report.since), until=words.day(report.until), days=report.burden.days)


def basis(report: Report) -> list[tuple[str, str]]:
    """Return what the audit stands on, as pairs of a name and a sentence."""
    clock = report.hours.text + (_("（产品默认，单位未提供作息时间）") if report.hours.default else "")
    return [
        (_("核查单位"), report.unit),
        (_("数据期间"), period(report)),
        (_("导入人"), report.grant.by),
        (_("用途"), report.grant.purpose),
        (_("依据"), report.grant.basis),
        (_("规则包"), _("{title}（版本 {revision}）").format(title=report.pack.title, revision=report.pack.revision[:12])),
        (_("作息时间"), clock),
        *((_("日历"), note) for note in report.calendar),
    ]


def points(report: Report, summary: Summary) -> list[str]:
    """Return what the findings are mostly about, and what the messages cost a person."""
    return [line for line in (main_points(summary), *_costs(report)) if line]


def coverage(report: Report, summary: Summary) -> list[str]:
    """Return what was read and what is missing."""
    unseen = int((~report.roster["seen"]).sum())
    lower = int((report.roster["members_from"] == "senders").sum())
    lines = [
        sentences(
            [
                _("读入 {files} 个文件，{messages} 条消息。").format(files=len(report.files), messages=f"{summary.messages:,}"),
                _not_read(report),
            ]
        ),
        _registered(summary, unseen),
    ]
    if lower:
        lines.append(_("{n} 个群没有成员名单，人数按发言人计，为下限。").format(n=lower))
    lines += [_("规则“{rule}”未能判断：{reason}。未判断不等于没有问题。").format(rule=f.rule, reason=f.reason) for f in report.failures]
    return [*lines, *report.notes]


def _not_read(report: Report) -> str:
    """Say what did not enter, by why; nothing where everything did."""
    return _("未读入的：{parts}。").format(parts=joined(unread.told(report.problems))) if len(report.problems) else ""


def _registered(summary: Summary, unseen: int) -> str:
    if summary.unregistered == summary.groups:
        return _("没有读入台账，{groups} 个群都只见于聊天记录。").format(groups=summary.groups)
    text = _("台账或导出中共有 {groups} 个群，其中 {unseen} 个没有聊天记录，{unregistered} 个未在台账登记。")
    return text.format(groups=summary.groups, unseen=unseen, unregistered=summary.unregistered)


def caution() -> list[str]:
    """Return what holds for every report."""
    return [
        _("本报告由程序对照条款逐条比对得出，须经人工核实后方可使用；对结果有异议的，可凭问题编号申请复核。"),
        _("本报告只评价群组、通知和单位，不评价、不排列任何个人和单位，不作为考核依据。"),
        _("聊天内容判断后即不保留；引文自生成之日起 30 日内应删除。"),
    ]


def spoken(report: Report) -> list[str]:
    """Return the report in a few lines for a terminal: the headline, then what a person gets a day and what would have been enough."""
    summary = summarise(report)
    lines = [headline(report, summary), *_costs(report)]
    if summary.hints:
        lines.append(_("另有线索 {n} 条（依据待核，不计入问题）。").format(n=f"{summary.hints:,}"))
    if len(report.problems):
        lines += [_not_read(report) + _("逐条原因见报告。"), *(f"  {line}" for line in examples(report.problems))]
    return lines


def _costs(report: Report) -> list[str]:
    table = report.burden.table
    everybody = {row["metric"]: row["median"] for row in table.filter(table["unit"].is_null()).iter_rows(named=True)}
    if any(everybody.get(name) is None for name in ("messages", "notices", "off", "minutes")):
        return []
    text = _(
        "一名工作人员（中位数）每天被群消息提醒 {pings} 次，其中不同的通知 {notices} 件；每周被提醒 {week} 次，其中 {off} 次在非工作时间；"
        "看完全部消息每周约耗 {minutes} 分钟。"
        "只提醒不同的通知、每件一次，每天 {notices} 次就够了（其余是重复的通知、回执和群里的其他发言）。"
    )
    return [
        text.format(
            pings=words.figure(everybody["messages"] / 7, 0),
            notices=words.figure(everybody["notices"] / 7, 0),
            week=words.figure(everybody["messages"], 0),
            off=words.figure(everybody["off"], 0),
            minutes=words.figure(everybody["minutes"], 0),
        )
    ]
