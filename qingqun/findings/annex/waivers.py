"""The waivers in force or idle: who granted what until when, and how many rows each let pass."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from qingqun.findings.report.table import Row, Table
from qingqun.i18n import _
from qingqun.judge.discovery import rules
from qingqun.packs.waivers import Idle
from qingqun.words import Waiver


def table(waivers: Iterable[Waiver], passed: Mapping[str, int], found: Iterable[Idle], on: date) -> Table:
    """Return every waiver with the rows it let pass (by its id) and its standing at the day of inspection."""
    header = [
        _("编号"), _("规则"), _("群、账号或应用"), _("单位"), _("理由"), _("责任人"), _("批准人"), _("自"), _("至"),
        _("放过（处）"), _("状态"),
    ]  # fmt: skip
    titles = {rule.name: rule.title for rule in rules()}
    why = {one.waiver.id: one.reason for one in found}
    rows: list[Row] = [
        [
            one.id, titles.get(one.rule, one.rule), one.name or _("不限"), one.unit or _("不限"), one.reason, one.owner, one.approver,
            one.since, one.until, passed.get(one.id, 0), why.get(one.id) or (_("尚未开始") if one.since > on else _("有效")),
        ]
        for one in waivers
    ]  # fmt: skip
    note = _("放过的不计入问题。一处同时被两项例外放过的，两项都计。消息按发送日，台账按检查日。")
    return Table(_("例外"), header, rows, [10, 22, 20, 18, 24, 10, 10, 12, 12, 10, 26], [note])


def told(waivers: Collection[Waiver], passed: Mapping[str, int], found: Collection[Idle]) -> list[str]:
    """Return the sentence on waivers for the report's coverage; none where there are no waivers."""
    if not waivers:
        return []
    text = _("经批准的例外 {n} 项，放过 {rows} 处，不计入问题；其中 {idle} 项已到期或没有对象。")
    return [text.format(n=len(waivers), rows=f"{sum(passed.values()):,}", idle=len(found))]
