"""Moments and reasons in words, as somebody says them who stands at `now` in Beijing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from qingqun.clock import BEIJING
from qingqun.clock.calendar import shipped
from qingqun.clock.table import Standing
from qingqun.hub.moment import from_ms
from qingqun.i18n import _, language, weekday


def day_word(moment: datetime, now: datetime) -> str:
    """Return 今天, 明天, 周五 within a week, else 3月20日（周五）; with the year where it is another."""
    return _day(moment.astimezone(BEIJING).date(), now.astimezone(BEIJING).date(), language())


@lru_cache(maxsize=2_048)
def _day(day: date, today: date, _spoken: str) -> str:
    """Say a day; a list says the same few again and again."""
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天"), 2: _("后天")}
    ahead = (day - today).days
    if ahead in near:
        return near[ahead]
    if 0 < ahead < 7 and day.isocalendar().week == today.isocalendar().week:
        return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]
    return weekday(day) if day.year == today.year else f"{day:%Y-%m-%d}"


def at_word(moment: datetime, now: datetime) -> str:
    """Return a moment as 今天 08:30."""
    return _at(moment, now.astimezone(BEIJING).date(), language())


@lru_cache(maxsize=4_096)
def _at(moment: datetime, today: date, spoken: str) -> str:
    """Say a moment; what one notice says to many readers is said once."""
    there = moment.astimezone(BEIJING)
    return f"{_day(there.date(), today, spoken)} {there:%H:%M}"


def due_word(deadline: int | None, now: datetime) -> str:
    """Return by when something is asked, or calmly how long ago that was; empty without a deadline."""
    if deadline is None:
        return ""
    moment = from_ms(deadline)
    if moment > now:
        return _("{when} 前").format(when=at_word(moment, now))
    days = (now.astimezone(BEIJING).date() - moment.astimezone(BEIJING).date()).days
    late = _("已过 {n} 天").format(n=days) if days else _("刚过时限")
    return _("{late}（{when} 前）").format(late=late, when=at_word(moment, now))


def held_word(reason: Mapping[str, Any], accepted: datetime, now: datetime) -> str:
    """Return why something came later than it was sent, or rings later than it came; empty where it did neither."""
    opens = reason.get("opens")
    if not opens or reason.get("code") in {None, "working"}:
        return ""
    until = at_word(datetime.fromisoformat(str(opens)), now)
    why = _cause(str(reason.get("code")), accepted.astimezone(BEIJING).date(), language())
    return _("留到 {until} 才提醒：{why}").format(until=until, why=why)


def cause_word(code: str, accepted: datetime) -> str:
    """Return for the author why what was sent at a moment waits for others."""
    if code == "shift":
        return _("他们按班次上班")
    return _cause(code, accepted.astimezone(BEIJING).date(), language())


@lru_cache(maxsize=2_048)
def _cause(code: str, day: date, _spoken: str) -> str:
    """Say why what was sent on a day was held."""
    named = shipped().named(day)
    words = {
        "holiday": _("{day}是{name}假期").format(day=weekday(day), name=named.name) if named else _("{day}放假").format(day=weekday(day)),
        "night": _("发出时是夜间"),
        "rest_day": _("{day}是休息日").format(day=weekday(day)),
        "lunch": _("发出时是午休"),
        "after": _("发出时已下班或还没上班"),
        "leave": _("您当时在休假"),
        "shift": _("您按班次上班"),
    }
    return words.get(code, _("发出时不是工作时间")) + _doubt(day.year)


def _doubt(year: int) -> str:
    if shipped().standing(year) is Standing.OFFICIAL:
        return ""
    return _("（{year} 年放假安排尚未公布，暂按周末和法定日推算）").format(year=year)


def next_day(now: datetime) -> datetime:
    """Return the coming midnight in Beijing."""
    return (now.astimezone(BEIJING) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
