"""The sentences of a digest, shared by the terminal and the page."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from qingqun.findings.digest.model import Change, Digest, Item
from qingqun.i18n import _, listed, moment, weekday
from qingqun.office.plainly import bare
from qingqun.words import SHANGHAI

_SHOWN = 3  # groups named
_SOON = timedelta(days=1)
_ORNAMENT = "[\U0001f300-\U0001faff\u2600-\u26ff\ufe0f\u200d]"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_EDGES = re.compile(rf"^(?:\s*{_ORNAMENT}+)+\s*|\s*(?:{_ORNAMENT}+\s*)+$")


class Part(NamedTuple):
    """One part of the digest: its name in the model, its title, what it holds."""

    name: str
    title: str
    means: str
    items: tuple[Item, ...]


def parts(digest: Digest) -> tuple[Part, ...]:
    """Return the parts in the order they are read."""
    return (
        Part("must_do", _("要你办"), _("点名找你、发给全体，或者发给你的单位、职务"), digest.must_do),
        Part("perhaps", _("可能与你有关"), _("有要求，但没有写明给谁，请你自己看一眼"), digest.perhaps),
        Part("to_know", _("供你知晓"), _("没有要求"), digest.to_know),
        Part("others", _("给别人的"), _("写明找别人或者别的单位、职务"), digest.others),
        Part("replaced", _("已被后来的通知代替"), _("以后来的为准"), digest.replaced),
        Part("past", _("已过期"), _("时限或时间已过"), digest.past),
    )


def headline(digest: Digest) -> str:
    """Say in one line what the messages come down to."""
    text = _(
        "{me}：{total} 条消息，要你办 {do} 件，可能与你有关 {perhaps} 件；另有供你知晓 {know} 件、给别人的 {others} 件、已过期 {past} 件。"
    )
    return text.format(
        me=digest.me,
        total=digest.total,
        do=len(digest.must_do),
        perhaps=len(digest.perhaps),
        know=len(digest.to_know),
        others=len(digest.others),
        past=len(digest.past),
    )


def left(digest: Digest) -> Iterator[str]:
    """Say by what moment and for whom it was read, and what would make it surer."""
    yield _("是否过期以 {at} 为准。").format(at=moment(digest.until.astimezone(ZoneInfo(SHANGHAI))))
    if not digest.known:
        yield _("注意：导出的文件里没有见到“{me}”，请核对 --me。").format(me=digest.me)
    if digest.units:
        yield _("按你的单位 {units} 分拣。").format(units=listed(digest.units))
    else:
        yield _("没有说明你的单位：发给“各社区”“各科室”的只能归入“可能”；用 --unit-name 写明单位、--role 写明职务会更准。")


def day_only(at: datetime) -> bool:
    """Say whether a deadline is a day's end: nobody has named an hour."""
    return (at.hour, at.minute) == (23, 59)


def due(item: Item) -> str:
    """Return the deadline in words, or when it is held; empty where there is neither."""
    at = item.when
    if at is None:
        return ""
    text = _("{day}当天") if day_only(at) else _("{day}前") if item.deadline else "{day}" if item.overdue else _("{day}开始")
    said = text.format(day=weekday(at) if day_only(at) else moment(at))
    past = _("已过期 {due}") if item.deadline else _("已过 {due}")
    return past.format(due=said) if item.overdue else said


def words(item: Item) -> str:
    """Return the text without the pictures that adorn its ends: they say nothing, and many a font has none. Those within it stay."""
    return _EDGES.sub("", item.text.strip()) or item.text.strip()


def harmless(text: str) -> str:
    """Return a text in which a terminal and a calendar find no command and nothing turned around; line ends and tabs stay."""
    return _CONTROL.sub("", bare(text))


def seen(item: Item) -> str:
    """Say who sent it, when, where and how often."""
    return f"{item.sender} {where(item)}"


def where(item: Item) -> str:
    """Say when and where it was sent, and how often."""
    groups = listed(item.groups[:_SHOWN]) + (_("等") if len(item.groups) > _SHOWN else "")
    once = _("{at} 发在 {groups}") if item.copies == 1 else _("{at} 发在 {groups}，共 {n} 次、{g} 个群")
    return once.format(at=moment(item.last_at), groups=groups, n=item.copies, g=len(item.groups))


def soon(item: Item, until: datetime) -> bool:
    """Say whether it is due, or held, within a day."""
    return item.when is not None and item.when - until <= _SOON


def away(item: Item, until: datetime) -> str:
    """Say how far the deadline, or what is held, is away: 今天, 明天, 3 天后."""
    days = (item.when.date() - until.astimezone(item.when.tzinfo).date()).days if item.when else 0
    return {0: _("今天"), 1: _("明天")}.get(days) or _("{n} 天后").format(n=days)


def change(one: Change) -> str:
    """Say what a later version changed: old → new."""
    return since(one) + _("；").join(f"{kind} {old} → {new}" for kind, old, new in differences(one))


def since(one: Change) -> str:
    """Say which earlier notice is compared, and whether this one takes its place."""
    text = _("代替 {at} 的通知：") if one.replaces else _("与 {at} 的相似通知不同：")
    return text.format(at=moment(one.earlier_at))


def differences(one: Change) -> list[tuple[str, str, str]]:
    """Return each difference: of what kind it is, the old words, the new ones."""
    names = {
        "day": _("日期"),
        "hour": _("时间"),
        "place": _("地点"),
        "number": _("数字"),
        "name": _("名称"),
        "link": _("链接"),
        "audience": _("对象"),
        "negation": _("要不要"),
    }
    kinds = one.kinds or ("other",) * len(one.before)
    rows = zip(kinds, one.before, one.after, strict=True)
    return [(names.get(kind, _("文字")), old or _("（无）"), new or _("（删去）")) for kind, old, new in rows]
