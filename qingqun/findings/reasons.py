"""Why something is proposed, in a sentence for people."""

from datetime import date

from qingqun.findings.merge import Limits, Merge
from qingqun.findings.suppress import FEW
from qingqun.i18n import _, day, sentences


def outlived(ended: date, past: int) -> str:
    """Say that a special task has ended."""
    return _("专项任务已于{ended}结束，至今 {past} 天，群仍未解散。").format(ended=day(ended), past=past)


def dormant(silent: int, limit: int, *, given: bool, main: bool) -> str:
    """Say that nobody has spoken for long; `given`: a clause gives the limit; `main`: it is a unit's main group."""
    origin = _("条款给定") if given else _("产品默认")
    said = _("已 {silent} 天没有人发过有内容的消息（超过 {limit} 天，{origin}）。").format(silent=silent, limit=limit, origin=origin)
    return sentences([said, _("这是综合工作群，解散前先确认工作已转到别的群。") if main else ""])


def merged(merge: Merge, limits: Limits, target: str) -> str:
    """Say who moves, who would read what they do not read today, what it costs them, and what the others no longer get twice."""
    parts = [_alike(limits)]
    if merge.moved:
        parts.append(_("{moved} 人转入“{target}”。"))
    shown = _("新增可见人员 {exposed} 人（原来只在其中一部分群里），每人每天至多多收 {raised} 条。")
    parts.append(shown if merge.exposed else _("没有新增可见人员。"))
    if merge.saved > 0:
        parts.append(_("同一通知不再重复收到，原来各群都在的人每天少收 {saved} 条。"))
    changed = f"{merge.before:.1f}" != f"{merge.after:.1f}"
    parts.append(_("这几个群里，每人每天由平均 {before} 条变为 {after} 条。") if changed else _("每人每天收到的条数不变。"))
    return _filled(sentences(parts), merge, limits, target)


def refused(merge: Merge, limits: Limits) -> str:
    """Say why fewer groups would be no relief here."""
    text = _(
        "成员重合 {overlap}，但有 {exposed} 人只在其中一部分群里，合并后每天多收 {raised} 条，累计超过其现有消息的 {share}"
        "（不足 {least} 条的按 {least} 条，产品默认），不建议合并；可改为停止重复转发，或者请这些人退出用不着的群后再合并。"
    )
    return _filled(text, merge, limits, "")


def _alike(limits: Limits) -> str:
    if limits.given:
        return _("同一单位、同一类型，成员重合 {overlap}（不低于 {percent}，条款给定）。")
    return _("同一单位、同一类型，成员重合 {overlap}（不低于 {percent}，产品默认）。")


def _filled(text: str, merge: Merge, limits: Limits, target: str) -> str:
    return text.format(
        overlap=f"{merge.overlap:.0%}",
        percent=f"{limits.overlap:.0%}",
        moved=_few(merge.moved),
        target=target,
        exposed=_few(merge.exposed),
        before=f"{merge.before:.1f}",
        after=f"{merge.after:.1f}",
        raised=f"{merge.raised:.1f}",
        saved=f"{merge.saved:.1f}",
        share=f"{limits.share:.0%}",
        least=f"{limits.least:g}",
    )


def _few(people: int) -> str:
    return _("不足 {n}").format(n=FEW) if 0 < people < FEW else str(people)
