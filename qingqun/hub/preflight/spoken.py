"""The days and the deadlines of a text, each with its place in the author's own words: what somebody who reads it on another day misses."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.enrich.deadline import spec
from qingqun.enrich.deadline.asked import standing
from qingqun.enrich.deadline.days import Named, read_name
from qingqun.enrich.deadline.parse import ITEM, closing_hour, parse
from qingqun.enrich.deadline.read import Found, Reader, due
from qingqun.enrich.deadline.resolve import moment
from qingqun.enrich.deadline.spec import END, At, Due, On, Time
from qingqun.enrich.normal import Normal, trace
from qingqun.findings.wording.times import WEEKDAYS

_JOINED = re.compile(r"[、,和与及或至到~—–-]{1,2}")
_BRACKET = re.compile(r"\(([^()\n]{1,6})\)")
_JUST_NOW = re.compile(r"刚才|刚刚(?!好)")
_PARTS = {"早": "早上", "晚": "晚上", "夜": "夜里"}
_PART_GOES_ON = re.compile(r"[上间里些点0-9一二两三四五六七八九十]")
_WEEK, _WEEKEND = "周", "末"  # how the reader calls a day that stands for several
_TODAY = Due(spec.Day(On.OFFSET, 0), END)


class Day(NamedTuple):
    """A day named as seen from the day of writing; `start` to `end` are code points of the text."""

    start: int
    end: int
    words: str
    instead: str  # the date, which says the same on any day


class Asked(NamedTuple):
    """A moment (UTC+8) by which the text asks for something, whether or not it is over; of a day without an hour its last second."""

    start: int
    end: int
    words: str
    at: datetime


class _Name(NamedTuple):
    start: int
    end: int
    due: Due
    tail: str = ""  # what stands behind the date: 晚上
    both: bool = False  # 今明两天: the day before as well


def days(whole: str, sent: datetime, heard: datetime, hours: Hours) -> list[Day]:
    """Return the days that a text sent at one moment names otherwise than who hears of it at another takes them (both aware)."""
    there, then = sent.astimezone(BEIJING), heard.astimezone(BEIJING)
    found = []
    for one in _names(whole):
        meant, taken = moment(one.due, there, hours), moment(one.due, then, hours)
        if meant and taken and meant.date() != taken.date():
            words = whole[one.start : max(one.end, one.start + 2)]  # 今晚 is said though the hour keeps its 晚
            found.append(Day(one.start, one.end, words, _dated(one, meant.date()) + one.tail))
    return found


def asked(whole: str, sent: datetime, hours: Hours) -> list[Asked]:
    """Return by when a text sent at a moment (aware) asks for something, the earliest first."""
    plain = _plain(whole)
    dues, closing = parse([plain.text])[0], closing_hour(plain.text)
    found = ((one, moment(due(one, closing), sent.astimezone(BEIJING), hours)) for one in Reader(plain.text) if due(one, closing) in dues)
    spans = ((plain.offsets[one.start], plain.offsets[one.end - 1] + 1, at) for one, at in found if at)
    return sorted((Asked(start, end, whole[start:end], at) for start, end, at in spans), key=lambda one: one.at)


def put(whole: str, changes: list[tuple[int, int, str]]) -> str:
    """Return a text with other words in some places, the rest as it stands."""
    for start, end, words in sorted(changes, reverse=True):
        whole = whole[:start] + words + whole[end:]
    return whole


def _plain(whole: str) -> Normal:
    return trace(re.sub(ITEM, ";", whole))


@lru_cache(maxsize=32)
def _names(whole: str) -> tuple[_Name, ...]:
    """Return the names of days that hang on the day they are read."""
    plain = _plain(whole)
    found = {one.start: one for said in Reader(plain.text) for one in _of(plain.text, said)}
    found |= {one.start(): _Name(*one.span(), _TODAY) for one in _JUST_NOW.finditer(plain.text)}
    return tuple(one._replace(start=plain.offsets[one.start], end=plain.offsets[one.end - 1] + 1) for one in found.values())


def _of(plain: str, said: Found) -> Iterator[_Name]:
    """Yield the relative names of one time expression: several where they are joined (周六、周日); none where its date stands there too."""
    if said.day.on in {On.DATE, On.DAY} or (said.mark != "起" and standing(said)):
        return
    at = said.start
    while named := read_name(plain, at):
        if named.day.on in {On.OFFSET, On.WEEKDAY} and not named.this and plain[at] not in "当次":
            yield _name(plain, at, named, said.time)
        joined = _JOINED.match(plain, named.end)
        if joined is None:
            return
        at = joined.end()


def _name(plain: str, at: int, named: Named, time: Time) -> _Name:
    clocked = named.day.on is On.WEEKDAY and time.at is At.CLOCK and time.minutes < 24 * 60
    one = Due(named.day, time if clocked else END)
    end, words = named.end, plain[at : named.end]
    part = plain[end : end + 1]
    if len(words) == 1:  # 今晚: the reader leaves the half of the day to the hour
        spelt = part in _PARTS and not _PART_GOES_ON.match(plain, end + 1)
        return _Name(at, end + 1, one, _PARTS[part]) if spelt else _Name(at, end, one)
    if words.startswith("后") and plain[at - 1 : at] == "明":
        return _Name(at - 1, end, one, both=True)
    return _Name(at, _again(plain, end), one, both=words.startswith("今明"))


def _again(plain: str, end: int) -> int:
    """Return where the name ends with the weekday that repeats it: 今天(周一)."""
    found = _BRACKET.match(plain, end)
    inner = read_name(found[1], 0) if found else read_name(plain, end)
    if inner is None or inner.day.on is not On.WEEKDAY or inner.day.name:
        return end
    return found.end() if found else inner.end


def _dated(one: _Name, day: date) -> str:
    name = one.due.day.name if one.due.day.on is On.WEEKDAY else ""
    if name in {_WEEK, _WEEKEND}:
        first = day - timedelta(days=6 if name == _WEEK else 1)
        return f"{first.month}月{first.day}日至{day.month}月{day.day}日"
    before = f"{_day(day - timedelta(days=1))}、" if one.both else ""
    return before + _day(day)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日\uff08周{WEEKDAYS[day.weekday()]}\uff09"
