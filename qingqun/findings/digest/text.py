"""A digest as plain text for a terminal."""

from collections.abc import Iterator
from datetime import datetime

from qingqun.findings.digest.model import Change, Digest, Item
from qingqun.i18n import _

WIDTH = 120
WEEKDAYS = "一二三四五六日"


def write(digest: Digest) -> str:
    """Return the digest as lines of text: what is asked first, then what is good to know, then what was folded."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    yield headline(digest)
    if not digest.known:
        yield _("注意：导出的文件里没有见到“{me}”，请核对 --me。").format(me=digest.me)
    yield from _section(_("要你办的"), digest.must_do)
    yield from _section(_("供你知晓"), digest.to_know)
    yield ""
    yield folded(digest)
    yield burden(digest)


def headline(digest: Digest) -> str:
    """Say in one line what the messages come down to."""
    return _("{me}：{total} 条消息，要你办的 {do} 件，供你知晓 {know} 件。").format(
        me=digest.me, total=digest.total, do=len(digest.must_do), know=len(digest.to_know)
    )


def folded(digest: Digest) -> str:
    """Account for every message, so that the counts add up."""
    names = {"receipts": _("回执"), "talk": _("闲谈与讨论"), "wordless": _("图片语音等"), "system": _("系统提示"), "own": _("你自己发的")}
    parts = "、".join(f"{names[fate]} {count}" for fate, count in digest.folded.items() if count)
    shown = digest.total - sum(digest.folded.values())
    return _("合计 {total} 条 = 上面列出的 {shown} 条（含重复）+ 收起的：{parts}").format(total=digest.total, shown=shown, parts=parts or 0)


def burden(digest: Digest) -> str:
    """Return the person's own figures."""
    b = digest.burden
    text = _("你的负担（只给你本人看）：{groups} 个群，{days} 天，收到 {messages} 条，其中不同通知 {notices} 条、重复 {repeats} 条、")
    text += _("非工作时间 {off} 条、要求回复 {demands} 条。")
    return text.format(
        groups=b.groups, days=b.days, messages=b.messages, notices=b.notices, repeats=b.repeats, off=b.off_hours, demands=b.reply_demands
    )


def _section(title: str, items: tuple[Item, ...]) -> Iterator[str]:
    if items:
        yield ""
        yield f"== {title} =="
    for number, item in enumerate(items, start=1):
        yield f"{number:>3}. {due(item)}{' '.join(item.text.split())[:WIDTH]}"
        yield f"     {seen(item)}"
        yield from (f"     {change(c)}" for c in item.changes)


def due(item: Item) -> str:
    """Return the deadline in brackets, with what else is asked."""
    parts = [_("已过期") + " " + day_time(item.deadline) if item.overdue and item.deadline else ""]
    if item.deadline and not item.overdue:
        parts = [day_time(item.deadline) + _("前")]
    parts += item.asks
    return f"[{'；'.join(p for p in parts if p)}] " if any(parts) else ""


def seen(item: Item) -> str:
    """Say how often it came, where, from whom and why."""
    where = "、".join(item.groups[:3]) + (_("等") if len(item.groups) > 3 else "")
    times = _("{n} 次，{g} 个群：{where}").format(n=item.copies, g=len(item.groups), where=where)
    return f"{day_time(item.last_at)} {item.sender} · {times} · {item.why}"


def change(c: Change) -> str:
    """Say what a later version changed."""
    parts = "；".join(f"{b or '∅'} → {a or '∅'}" for b, a in zip(c.before, c.after, strict=True))
    return _("与 {at} 的通知不同：{parts}").format(at=day_time(c.earlier_at), parts=parts)


def day_time(moment: datetime) -> str:
    """Return 7月3日（周五）21:46."""
    return f"{moment.month}月{moment.day}日（周{WEEKDAYS[moment.weekday()]}）{moment:%H:%M}"
