"""What administrators' commands found, in sentences."""

from qingqun.hub.models import State
from qingqun.hub.reconcile import Reconciled
from qingqun.hub.upkeep.restore import Restored
from qingqun.i18n import _, listed

MOST = 20  # of a list on a screen


def reconciled(sums: Reconciled) -> list[str]:
    """Return the sums, a line a state, and what does not add up."""
    lines = [_("受理 {count} 件").format(count=sums.accepted)]
    lines += [f"  {_STATES[State(state)]} {count}" for state, count in sorted(sums.states.items()) if state in set(State)]
    lines += [
        _("  不认识的状态 {state}：{count}").format(state=state, count=count)
        for state, count in sums.states.items()
        if state not in set(State)
    ]
    lines += [
        _("对不上：通知 {notice} 受理 {accepted} 件，实有 {found} 件").format(notice=gap.notice, accepted=gap.accepted, found=gap.found)
        for gap in sums.gaps[:MOST]
    ]
    if sums.sent_back:
        lines.append(_("退回、没有发出的紧急通知 {count} 件").format(count=sums.sent_back))
    if sums.exports:
        lines.append(_("导出 {count} 次，台账里有时间、内容和人").format(count=sums.exports))
    if sums.stale:
        lines.append(_("超过时限未证实的提醒 {count} 次").format(count=len(sums.stale)))
    if sums.overdue:
        lines.append(_("到时未放行 {count} 件").format(count=sums.overdue))
    return [*lines, _("全部有去向") if sums.explained else _("有对不上的")]


def restored(found: Restored) -> list[str]:
    """Return what came back, what did not, and what rings again."""
    lines = [_("已恢复 {at:%Y-%m-%d %H:%M} UTC 的备份").format(at=found.at)]
    if found.lost is None:
        lines.append(_("没有给出原来的 ledger.head，备份之后的记录有多少不得而知"))
    elif not found.lost:
        lines.append(_("到那份 ledger.head 为止，备份之后没有别的台账记录"))
    else:
        lines.append(_("备份之后原来还有 {count} 条台账记录，其内容没有恢复").format(count=found.lost))
    lines += [_("台账：{wrong}").format(wrong=one) for one in found.wrong]
    lines += reconciled(found.sums)
    lines.append(_("到时提醒 {later} 件；重发无害，再提醒 {again} 件").format(later=found.resend.later, again=found.resend.again))
    lines.append(_("可能已经提醒过，在收件箱里，不再提醒 {count} 件").format(count=found.resend.kept_quiet))
    if found.resend.unproven:
        ids = listed(str(number) for number in found.resend.unproven[:MOST])
        lines.append(_("没有收件箱、是否送到不得而知 {count} 件，请发件人核实：{ids}").format(count=len(found.resend.unproven), ids=ids))
    return lines


_STATES = {
    State.HELD: _("暂缓"),
    State.QUEUED: _("待渠道送"),
    State.SENT: _("渠道已收，未证实"),
    State.DELIVERED: _("已送达"),
    State.FOLDED: _("已折叠"),
    State.WITHDRAWN: _("已撤回"),
    State.EXPIRED: _("已过期"),
    State.REFUSED: _("渠道拒绝"),
    State.UNKNOWN: _("去向不明"),
}
