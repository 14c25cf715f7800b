"""Read a time of day: 下午五点半, 17:30, 24点, 中午, 下班."""

import re
from typing import NamedTuple

from qingqun.enrich.deadline.days import N
from qingqun.enrich.deadline.numerals import HAN_DIGITS, number
from qingqun.enrich.deadline.spec import At, Time

_PERIOD = re.compile(
    r"凌晨|清晨|早晨|早上|一大?早|上午|午前|中午|正午|晌午|[头前]晌|午间|下午|后晌|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|晚|早|夜|晨"
)
_CLOCK = re.compile(rf"({N})(?:(:)([0-5][0-9])(?::[0-5][0-9])?|(点|时(?![间候段期代]))(?:(半|一刻|三刻)|([0-5]?[0-9]|{N})分?|钟|整|正)?)")
_NAMED = re.compile(
    r"(当天|当日)?(下班|收班|收工|放学|闭馆|散学|营业结束|午饭|午餐|中饭|吃午饭|午休|晚饭|晚餐|吃晚饭|日终|天黑|太阳落山|太阳下山|日落|入夜|睡觉|睡|上班|开工|上课|到岗|开门)"
)
_FIRST = frozenset(f"0123456789{HAN_DIGITS}凌清早一大上午中正晌头前后下傍晚夜深半晨当收放闭散营吃睡天太日入开到")
_NOON = 12 * 60
_EVENING = 18 * 60
_LOOSE_PERIODS = dict.fromkeys(
    ("清晨", "早晨", "早上", "一早", "一大早", "早", "晨", "上午", "午前", "中午", "正午", "午间", "晌午", "头晌", "前晌"), _NOON
)
_LOOSE_PERIODS |= {"凌晨": _NOON // 2, "下午": _EVENING, "午后": _EVENING, "后晌": _EVENING, "傍晚": _EVENING}
_MOMENTS = {"午": _NOON, "中": _NOON, "晚": _EVENING, "天": _EVENING, "太": _EVENING, "日": _EVENING, "入": _EVENING}
NIGHT = ("晚上", "晚间", "晚", "夜里", "夜间", "深夜", "半夜", "夜")
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}


class Clocked(NamedTuple):
    """A time read at a place in the text, and where its words end."""

    time: Time
    end: int
    period: str


def _evening(hour: int) -> int:
    if hour == 12 or hour <= 4:
        return hour + 24 if hour <= 4 else 24
    return hour + 12 if hour < 12 else hour


def _hour(hour: int, period: str) -> int:
    if period in NIGHT:
        return _evening(hour)
    if period in ("下午", "午后", "后晌", "傍晚"):
        return hour + 12 if hour < 12 else hour
    return hour + 12 if period in ("中午", "午间", "正午", "晌午") and hour <= 3 else hour


def _minutes(found: re.Match[str]) -> int:
    return _PARTS[found[5]] if found[5] else number(found[3] or found[6] or "0")


def _clock(found: re.Match[str], period: str) -> Time | None:
    hour, minute = number(found[1]), _minutes(found)
    if hour > 24 or minute > 59 or (found[2] and not found[1].isascii()):
        return None
    if not period and 1 <= hour <= 12:
        # 08:30 with its zero and 24-hour colon times say the half of the day; 5:30 and 五点 do not.
        exact = len(found[1]) == 2 and found[1].startswith("0")
        return Time(At.CLOCK if exact else At.LOOSE, hour * 60 + minute)
    return Time(At.CLOCK, _hour(hour, period) * 60 + minute)


def _named(found: re.Match[str]) -> Time:
    word = found[2].removeprefix("吃")
    if word in ("上班", "开工", "上课", "到岗", "开门"):
        return Time(At.OPENING)
    if word[0] == "睡" or word in ("营业结束", "日终"):
        return Time(At.END)
    return Time(At.CLOCK, _MOMENTS[word[0]]) if word[0] in _MOMENTS else Time(At.CLOSING)


def _loose(period: str) -> Time:
    return Time(At.CLOCK, _LOOSE_PERIODS[period]) if period in _LOOSE_PERIODS else Time(At.END)


def read_time(text: str, at: int) -> Clocked | None:
    """Read the time of day named at a place of a normalised text; END with a period means the period alone was named."""
    if text[at : at + 1] not in _FIRST:
        return None
    period = _PERIOD.match(text, at)
    word, end = (period[0], period.end()) if period else ("", at)
    if (found := _CLOCK.match(text, end)) and (time := _clock(found, word)):
        return Clocked(time, found.end(), word)
    if found := _NAMED.match(text, end if word in ("", "晚上") else at):
        return Clocked(_named(found), found.end(), "named")
    return Clocked(_loose(word), end, word) if period else None
