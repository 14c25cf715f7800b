"""A digest as plain text for a terminal, and the sentences that the page shares."""

from collections.abc import Iterator

from qingqun.findings.digest.model import Digest, Item
from qingqun.findings.digest.spoken import change, due, harmless, headline, left, parts, seen, words
from qingqun.i18n import _, listed

__all__ = ["burden", "folded", "headline", "write"]

WIDTH = 120
LISTED = ("must_do", "perhaps")  # the rest is counted, and listed where wished


def write(digest: Digest, *, whole: bool = False) -> str:
    """Return the digest as lines of text: what is asked first, then what may be; the rest counted, or listed where it shall be whole."""
    return "\n".join(map(harmless, _lines(digest, whole=whole))) + "\n"


def _lines(digest: Digest, *, whole: bool) -> Iterator[str]:
    yield headline(digest)
    yield from left(digest)
    unlisted = []
    for part in parts(digest):
        if part.name in LISTED or whole:
            yield from _section(part.title, part.items)
        elif part.items:
            unlisted.append(_("{title} {n} 件").format(title=part.title, n=len(part.items)))
    yield ""
    if unlisted:
        yield _("没有列出：{parts}；加 --all 全部列出，或用 --html 存成网页。").format(parts=listed(unlisted))
    yield folded(digest)
    yield burden(digest)


def folded(digest: Digest) -> str:
    """Account for every message, so that the counts add up."""
    names = {"receipts": _("回执"), "talk": _("闲谈与讨论"), "wordless": _("图片语音等"), "system": _("系统提示"), "own": _("你自己发的")}
    kinds = listed(_("{kind} {n}").format(kind=names[fate], n=count) for fate, count in digest.folded.items() if count)
    notices = digest.total - sum(digest.folded.values())
    return _("合计 {total} 条 = 通知 {notices} 条（含重复）+ 收起的：{kinds}").format(total=digest.total, notices=notices, kinds=kinds or 0)


def burden(digest: Digest) -> str:
    """Return the person's own figures."""
    b = digest.burden
    text = _(
        "你的负担（只给你本人看）：{groups} 个群，{days} 天，收到 {messages} 条，其中不同通知 {notices} 条、重复 {repeats} 条、"
        "非工作时间 {off} 条、要求回复 {demands} 条。"
    )
    return text.format(
        groups=b.groups, days=b.days, messages=b.messages, notices=b.notices, repeats=b.repeats, off=b.off_hours, demands=b.reply_demands
    )


def _section(title: str, items: tuple[Item, ...]) -> Iterator[str]:
    if items:
        yield ""
        yield f"== {title} {len(items)} =="
    for number, item in enumerate(items, start=1):
        asked = _("；").join(part for part in (due(item), *item.asks) if part)
        yield f"{number:>3}. {f'[{asked}] ' if asked else ''}{' '.join(words(item).split())[:WIDTH]}"
        yield from (f"     {change(one)}" for one in item.changes)
        yield f"     {seen(item)}"
        yield f"     {item.why}"
