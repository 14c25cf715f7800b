"""Why something is proposed, in a sentence for people."""

from datetime import date

from qingqun.findings.merge import Limits, Merge
from qingqun.findings.suppress import FEW
from qingqun.i18n import _


def outlived(ended: date, past: int) -> str:
    """Say that a special task has ended."""
    return _("专项任务已于 {ended} 结束，至今 {past} 天，群仍未解散。").format(ended=ended, past=past)


def dormant(last: date, silent: int, limit: int) -> str:
    """Say that nobody has spoken for long."""
    return _("最近一条消息在 {last}，已 {silent} 天无人发言（超过 {limit} 天，产品默认）。").format(last=last, silent=silent, limit=limit)


def merged(merge: Merge, limits: Limits) -> str:
    """Say who would read what they do not read today, and what it costs them."""
    why = _("同一单位、同一类型，成员重合 {overlap}（不低于 {least}，产品默认）。")
    what = _("合并后新增可见人员 {exposed} 人；每人每天由 {before} 条变为至多 {after} 条，个人增量至多 {raised} 条。")
    return _filled(why + what, merge, limits)


def refused(merge: Merge, limits: Limits) -> str:
    """Say why fewer groups would be no relief here."""
    text = _("成员重合 {overlap}，但合并后有人每天多收 {raised} 条，累计超过上限 {limit} 条（产品默认），不建议合并；可改为停止重复转发。")
    return _filled(text, merge, limits)


def _filled(text: str, merge: Merge, limits: Limits) -> str:
    exposed = f"<{FEW}" if 0 < merge.exposed < FEW else str(merge.exposed)
    return text.format(
        overlap=f"{merge.overlap:.0%}",
        least=f"{limits.overlap:.0%}",
        exposed=exposed,
        before=f"{merge.before:.1f}",
        after=f"{merge.after:.1f}",
        raised=f"{merge.raised:.1f}",
        limit=f"{limits.raised:g}",
    )
