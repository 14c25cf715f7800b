"""Why something is proposed, in a sentence for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qingqun.findings.plan.limits import Limits
from qingqun.findings.plan.merge import Merge
from qingqun.findings.suppress import FEW
from qingqun.i18n import _, day, listed, moment, sentences
from qingqun.words import SHANGHAI


def outlived(ended: date, past: int) -> str:
    """Say that a special task has ended."""
    return _("专项任务已于{ended}结束，至今 {past} 天，群仍未解散。").format(ended=day(ended), past=past)


def dormant(silent: int, limit: int, *, given: bool, main: bool) -> str:
    """Say that nobody has spoken for long; `given`: a clause gives the limit; `main`: it is a unit's main group."""
    origin = _("条款给定") if given else _("产品默认")
    said = _("已 {silent} 天没有人发过有内容的消息（超过 {limit} 天，{origin}）。").format(silent=silent, limit=limit, origin=origin)
    return sentences([said, _("这是综合工作群，解散前先确认工作已转到别的群。") if main else ""])


def stranded(people: int) -> str:
    """Say that some people of a group to dissolve are in no group that stays."""
    return _("其中 {n} 人不在任何保留的群里（按成员名单），解散前先请他们进入仍在使用的群。").format(n=_few(people))


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentences need besides the merge: the limits, and some of the notices that came twice: when first sent, and a quote."""

    limits: Limits
    twice: tuple[tuple[datetime, str | None], ...]


def told(action: str, merge: Merge, target: str, how: Told, *, across: bool) -> str:
    """Say why a merge is proposed or refused; `across`: it would make a topic of the unit's one group."""
    if action == "refused":
        return _filled(_refused_topic() if across else _refused(), merge, how, target)
    first = _("全部成员都在综合工作群“{target}”里，改在那里按话题发，任何人都不会漏收。") if across else _alike(how.limits)
    return _filled(sentences([first, *_moves(merge), *_saves(merge, how)]), merge, how, target)


def _moves(merge: Merge) -> Iterator[str]:
    """Say who moves, and who would read what they do not read today at what cost."""
    if merge.moved:
        yield _("{moved} 人转入“{target}”。")
    shown = _("新增可见人员 {exposed} 人（原来只在其中一部分群里），每人每天至多多收 {raised} 条。")
    yield shown if merge.exposed else _("没有新增可见人员。")


def _saves(merge: Merge, how: Told) -> Iterator[str]:
    """Say which notices went to the same people, and what no longer comes twice."""
    if merge.twice:
        more = len(merge.twice) > len(how.twice)
        yield (
            _("期间有 {copies} 件通知在其中几个群各发过一次（{when}等）。")
            if more
            else _("期间有 {copies} 件通知在其中几个群各发过一次（{when}）。")
        )
    if merge.saved > 0:
        yield _("同一通知不再重复收到，原来各群都在的人每天少收 {saved} 条。")
    changed = f"{merge.before:.1f}" != f"{merge.after:.1f}"
    yield _("各群都在的人，每天由 {before} 条变为 {after} 条。") if changed else _("每人每天收到的条数不变。")


def _refused() -> str:
    return _(
        "成员重合 {overlap}，但有 {exposed} 人只在其中一部分群里，合并后每天多收 {raised} 条，累计超过其现有消息的 {share}"
        "（不足 {least} 条的按 {least} 条，产品默认），不建议合并；可改为停止重复转发，或者请这些人退出用不着的群后再合并。"
    )


def _refused_topic() -> str:
    return _(
        "全部成员都在综合工作群“{target}”里，但改为那里的话题后，其余 {exposed} 人每天多收 {raised} 条，累计超过其现有消息的 {share}"
        "（不足 {least} 条的按 {least} 条，产品默认），不建议并入。"
    )


def _alike(limits: Limits) -> str:
    if limits.given:
        return _("同一单位、同一类型，成员重合 {overlap}（不低于 {percent}，条款给定）。")
    return _("同一单位、同一类型，成员重合 {overlap}（不低于 {percent}，产品默认）。")


def _when(at: datetime, quote: str | None) -> str:
    first = moment(at.astimezone(ZoneInfo(SHANGHAI)))
    return _("{first}“{quote}”").format(first=first, quote=quote) if quote else _("首次发于{first}").format(first=first)


def _filled(text: str, merge: Merge, how: Told, target: str) -> str:
    limits = how.limits
    return text.format(
        copies=len(merge.twice),
        when=listed(_when(at, quote) for at, quote in how.twice),
        overlap=_share(merge),
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


def _share(merge: Merge) -> str:
    """Return how alike the groups are; less exactly where that would tell how few are newly exposed."""
    if 0 < merge.exposed < FEW:
        return _("不低于 {percent}").format(percent=f"{int(merge.overlap * 10 + 1e-9) / 10:.0%}")
    return f"{merge.overlap:.0%}"
