"""Read a text once into what it orders for a named day, nothing resolved."""

import re
from collections.abc import Iterator
from dataclasses import replace

from qingqun.enrich.deadline.asked import how_asked
from qingqun.enrich.deadline.days import read_day
from qingqun.enrich.deadline.parse import spoken
from qingqun.enrich.deadline.read import Found, Reader, due
from qingqun.enrich.deadline.spec import END, Day, Due, On
from qingqun.enrich.restdays.innocent import addressed, lawful, others, roster, spared
from qingqun.enrich.restdays.place import STOP, place
from qingqun.enrich.restdays.spec import Ordered
from qingqun.enrich.restdays.told import coming, ordered, topical
from qingqun.enrich.restdays.words import CANCELLED

_FEASTS = "元旦|春节|除夕|过年|清明|五一|劳动节|端午|中秋|国庆|十一"
_LONG = "[一二三四五六七八两0-9]天|当天|当日|那天|那几天|期间"
_PERIOD = re.compile(
    rf"(?P<feast>{_FEASTS})[\"”]?(?:(?:小长假|长假|假期|假日|放假|节日|节)+(?:{_LONG}|里|内|中)?|{_LONG}|(?=不[休放]|每[天日人]|也不|都不|照常))"
    rf"|(?:小长假|长假|假期|假日|节日)(?:{_LONG}|里|内|中)|(?:双节|两节)期间"
    rf"|(?P<off>(?:双休日?|休息日|公休日|节假日)(?:{_LONG}|里)?)"
)
_MORROW = re.compile("明后(?:两|二)?天|明天?和?后天")
_CANCELLED = re.compile(CANCELLED)
_DAYS = (On.OFFSET, On.WEEKDAY, On.DATE, On.DAY)
_ENDS = ("前", "之前", "以前", "截止", "为止", "止", "为限", "内", "之内", "以内", "后", "起")
_NO_DATE = re.compile(r"[0-9]+[./][0-9]+|[0-9一二三四五六七八九十]+号|[0-9一二三四五六七八九十两]+天")
_JOINS = re.compile(r"[,、和及与至到/ ()-]{0,3}")
_EVERYONE = re.compile("@(?:全体(?:成员|人员)?|所有人|全员) ?")  # how a group is rung, not who is told
_BREAK = re.compile(r"[,()]")
_ARRIVES = re.compile(
    r"(?:务必|准时|必须|要|须|统一|全部|都|请|[^,。;]{0,6}(?:集中|乘车))*(?:到(?![位账手期货]|[^,。;]{0,10}[领取交])|抵达|赶到|集合|报到|在[^,。;]{1,10}集合)"
)
_BEFORE = ("前", "之前", "以前")


def orders(text: str) -> tuple[Ordered, ...]:
    """Return what a normalised text orders its readers to do on the days it names."""
    said = spoken(_EVERYONE.sub("", text))
    found = list(Reader(said))
    told = (*_moments(said, found), *_periods(said, found), *_cancelled(said))
    let_be = told and (lawful(said) or addressed(text) or roster(said))
    return () if let_be else told


def _moments(text: str, found: list[Found]) -> Iterator[Ordered]:
    for at, one in enumerate(found):
        if (_is_day(one) or _arrival(text, one)) and not _belongs(text, found, at):
            where = place(text, one.start, one.end, _next(found, at))
            then = not _today(one) or coming(where)
            if then and ordered(text, where) and how_asked(one) not in ("marked", "said"):
                first = read_day(text, one.start) if one.ranged else None
                yield Ordered(text[one.start : one.end], due(one, None), first.day if first else None)


def _periods(text: str, found: list[Found]) -> Iterator[Ordered]:
    for one in _PERIOD.finditer(text):
        where = place(text, *one.span(), _day_after(text, found, one.end()))
        if not topical(where) and ordered(text, where):
            yield Ordered(one[0], feast=one["feast"] or ("off" if one["off"] else ""))
    for one in _MORROW.finditer(text):
        if ordered(text, place(text, *one.span(), _day_after(text, found, one.end()))):
            yield Ordered(one[0], Due(Day(On.OFFSET, 2), END), Day(On.OFFSET, 1))


def _cancelled(text: str) -> Iterator[Ordered]:
    for one in _CANCELLED.finditer(text):
        where = place(text, *one.span(), len(text))
        if not others(where) and not spared(where):
            yield Ordered(one[0], feast="off")


def _day_after(text: str, found: list[Found], end: int) -> int:
    return next((one.start for one in found if one.start >= end and _is_day(one)), len(text))


def _is_day(one: Found) -> bool:
    """Tell whether it names a day, or an hour of one, at which something is: no last moment, no week, no beginning."""
    if one.bare or one.day.on not in _DAYS or one.day.name == "周" or one.mark in _ENDS:
        return False
    return not _NO_DATE.fullmatch(one.text[one.start : one.end])


def _arrival(text: str, one: Found) -> bool:
    """Tell whether it is the hour before which readers are to be there: 周六下午2点前到社区报到."""
    return one.mark in _BEFORE and _is_day(replace(one, mark="")) and bool(_ARRIVES.match(text, one.end))


def _today(one: Found) -> bool:
    """Tell whether it is the day of sending: what is to be done by the end of it is due then, and no more."""
    return one.day.on is On.OFFSET and one.day.a == 0


def _next(found: list[Found], at: int) -> int:
    """Return where the next day is named after a moment that is not joined to it."""
    end = found[at].end
    for one in found[at + 1 :]:
        if not one.bare and one.day.on is not On.NONE and not _JOINS.fullmatch(one.text[end : one.start]):
            return one.start
        end = one.end
    return len(found[at].text)


def _belongs(text: str, found: list[Found], at: int) -> bool:
    """Tell whether the clause has its own moment before this one: 周四前把周六义诊的传单发下去."""
    before = found[at - 1] if at else None
    if before is None or before.day.on is On.NONE or before.mark == "起" or (before.day.on is On.MONTH and not before.mark):
        return False
    between = text[before.end : found[at].start]
    if between == "(":
        return not _is_day(before)
    return not (STOP.search(between) or _BREAK.search(between) or _JOINS.fullmatch(between))
