"""Read a fact at a place of a normalised text: a day, an hour, a number with its unit, a link, an identifier. Each gets one spelling."""

import re
from typing import NamedTuple

from qingqun.enrich.deadline.days import Named, read_name
from qingqun.enrich.deadline.numerals import DIGITS, number
from qingqun.enrich.deadline.spec import At, Day, On
from qingqun.enrich.deadline.times import read_time

_LINK = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&%#_~:+@\-]+")
_TRACKING = re.compile(
    r"^(?:from|share[a-z_]*|utm_[a-z]+|scene|spm|isappinstalled|timestamp|clicktime|sharer_[a-z]+|src|source|wxfrom|nsukey|v_p|plg_[a-z]+)="
)
_PHONE = re.compile(r"[0-9]{3,4}(?:[- ][0-9]{3,4}){2,3}(?![0-9])|[0-9]{3,4}[-—–][0-9xX*]{7,8}|1[0-9]{2}[0-9*]{4}[0-9]{4}")
_GROUPS = re.compile(r"(?:0[0-9]{2,3}[- ])?[0-9]{4} [0-9]{4}(?![0-9 -])")  # a telephone written in two halves, where one is named
_RINGS = re.compile("电话|热线|专线|座机|总机|号码|拨打|联系|[值班办公室房打拨]$")
_APART = re.compile("[ —–-]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WORDLIKE = re.compile(r"[0-9]{0,40}[A-Za-z@_.#%+&][0-9A-Za-z%+&]|[0-9]{1,40}\.[0-9]|[A-Za-z]")
_HALF = re.compile(r"半个?小时")
_MINUTES = (("一刻钟", 15), ("一个半小时", 90), ("两个半小时", 150))
_MEASURES = {
    "ml": "毫升", "kg": "公斤", "千克": "公斤", "km": "公里", "cm": "厘米", "mm": "毫米", "v": "伏", "块钱": "元", "块": "元",
    "㎡": "平方米", "平米": "平方米", "平方": "平方米", "个小时": "小时",
}  # fmt: skip
_MEASURE = re.compile(
    r"([0-9]{1,12}(?:\.[0-9]{1,6})?|[一二两三四五六七八九十]{1,3}) ?"
    r"((?:ml|mL|ML|kg|KG|Kg|km|cm|mm|V)(?![A-Za-z0-9])|毫升|千克|公斤|平方米|平米|㎡|平方(?!公里|千米)|块钱|块(?=[,。;!)\n]|$)|个小时|伏(?!天))"
)
_NOON = 12
_NEAR = 8  # characters before a telephone that say it is one
_NIGHT = ("晚上", "晚", "晚间", "今晚", "夜里", "深夜", "半夜")
_LATE = ("下午", "午后", "傍晚", "晚上", "晚", "晚间", "今晚", "夜里")
_LIMIT = re.compile(
    r"(?:不得?|不能|不可)(?:超过|超|多于|高于|大于)|至多|最多|(?:不得?|不能|不可)(?:少于|低于|小于)|至少|最少|超过|超出|多于|高于|大于|少于|低于|小于|满|大?约|大概"
)
_LIKELY_PM = (60, 360)  # 2点 without a part of the day: nobody is called for two in the morning
_NEXT_DAY = re.compile("(?:次日|翌日|第二天|隔天|夜|晨|早|[-—~])$")
# A numbered thing, no day of a month: 3号锅炉, 5号窗口.
_THING = re.compile(
    "楼|栋|窗口|线|机[组房器床台]|锅炉?|库|桌|井|泵|车[间厢库]|柜|厅|馆|厂房|电梯|配电|变[电压]|仓|码头|站[台点]|塔|桥|岗[位亭]|棚|病[房区]|诊室|手术"
    "|会议室|教室|考场|场[地馆]|检票|卡口|闸|平台|标段|地块|[出入]口|通道|公寓|门(?!诊|店|市)"
)
_WITHIN_WORDS = tuple("预签合节相制邀如违特")  # 预约, 节约
_BEHIND = (
    ("^截", "前"),
    ("约|概", "左右"),
    ("^(?:少于|低于|小于)", "下"),
    ("^(?:超过|超出|多于|高于|大于)", "上"),
    ("[超多高]|.大", "内"),
    ("", "上"),
)
_UNTIL = re.compile(r"截[止至](?:时间|日期)?(?:[到至为于是:])?")
_WORD = re.compile(r"[0-9A-Za-z@_.#%+&]+[0-9A-Za-z%+]|[0-9A-Za-z]")
_NUMERAL = re.compile(f"[{DIGITS}]{{1,40}}")
_SUFFIX = re.compile(r"(?:之|以)?前(?!往)|(?:之|以)?后|起?开始|起|止|(?:之|以)?内|截止|为止|以上|以下|左右")
_UNIT = re.compile(
    r"(?:周岁|[万亿千]元|万[吨亩人]|公斤|千克|毫米|厘米|公里|平方|小时|分钟|年级|季度|号楼|个月|工作日|[元份人户名件台袋套个张页次批期楼号栋班组层路万亿米吨天日月年周点度分岁位支只辆瓶箱场课节级幢室区条折字%])"
)
# One part of the day in two words.
_PERIODS = {"早上": "早", "早晨": "早", "清早": "早", "晚上": "晚", "晚间": "晚", "午后": "下午", "午间": "中午"}
START = set("0123456789〇零一二两三四五六七八九十廿百今明后大本这下上当次周星礼月年季元春除清端中国早凌晚夜午傍半第")


class Fact(NamedTuple):
    """A fact in its one spelling. The key says which facts may not change places."""

    value: str
    kind: str  # day hour number link
    key: str
    end: int
    period: str = ""
    year: str = ""  # a date's year, where it is given


def link(text: str, at: int) -> Fact | None:
    """Read a link; what only says who shared it is dropped."""
    found = _LINK.match(text, at)
    if found is None:
        return None
    base, _, query = found[0].partition("?")
    kept = sorted(part for part in query.split("&") if part and not _TRACKING.match(part))
    value = base.rstrip("/.,;:)") + ("?" + "&".join(kept) if kept else "")
    return Fact(value, "link", "link", found.end())


def suffix_at(text: str, end: int) -> tuple[str, int]:
    """Return the word behind a fact that says which side of it is meant (前 起 内 ...), and where it ends."""
    found = _SUFFIX.match(text, end)
    return (
        (found[0].lstrip("之以").replace("起开始", "起").replace("开始", "起").replace("截止", "前").replace("为止", "前"), found.end())
        if found
        else ("", end)
    )


def _year(day: Day) -> str:
    return str(day.a) if day.on is On.DATE and day.a is not None else ""


def _day(text: str, named: Named) -> Fact | None:
    day = named.day
    if day.on is On.HOLIDAY or (text[named.end - 1] == "号" and _THING.match(text, named.end) and not (day.b or day.a)):
        return None
    suffix, end = suffix_at(text, named.end)
    weekday = day.on is On.WEEKDAY
    shift = "" if day.on is On.DATE or (weekday and not day.a) else day.a
    if day.on is On.MONTH and day.a == 0 and day.c:  # 本月25日
        return Fact(f"{On.DAY}:None-None-{day.c}{suffix}", "day", "day", end)
    key = "day" if day.on in (On.DATE, On.DAY, On.OFFSET) else str(day.on)
    value = f"{day.on}:{shift}-{day.b}-{day.c}{day.name}{'当' if named.this else ''}{suffix}"
    return Fact(value, "weekday" if weekday else "day", key, end, year=_year(day))


def _clock(text: str, at: int, period: str) -> Fact | None:
    found = read_time(text, at)
    if found is None or found.period == "named" or found.end == at:
        return None
    suffix, end = suffix_at(text, found.end)
    suffix = "" if suffix == "起" else suffix  # what begins at an hour is what is at that hour
    if found.time.at is At.END or text[found.end - 1] not in "0123456789〇零一二三四五六七八九十分点时半刻整钟正":
        return Fact(f"{_PERIODS.get(found.period, found.period)}{suffix}", "hour", "period", end, found.period)
    minutes = found.time.minutes
    if (found.period in ("下午", "午后") and minutes // 60 == _NOON) or (found.period == "上午" and minutes // 60 > _NOON):
        suffix = found.period + suffix  # 下午12点, 上午14点: whatever is meant, it is not the other half of the day
    if minutes == _NOON * 60 and (found.period or period) in _NIGHT:
        minutes *= 2  # 晚上12点
    if _afternoon(text[:at], text[at : found.end], period or found.period, minutes, loose=found.time.at is At.LOOSE):
        minutes += 720
    return Fact(f"{minutes}{suffix}", "hour", "hour", end, found.period)


def _afternoon(before: str, said: str, period: str, minutes: int, *, loose: bool) -> bool:
    """Return whether an hour written without a part of the day is one after noon: by what stands before, or as 2点 is by day."""
    if loose and minutes < _NOON * 60 and period in _LATE:
        return True
    return "点" in said and not period and minutes in range(*_LIKELY_PM) and not _NEXT_DAY.search(before)


def _value(written: str) -> str:
    plain = written.lower().replace(",", "")
    return str(number(plain)) if len(plain) < 5 and _NUMERAL.fullmatch(plain) else plain


def _measured(text: str, at: int) -> Fact | None:
    """Read a length of time or a measure with one of its names, or a telephone number."""
    if found := _HALF.match(text, at):
        suffix, end = suffix_at(text, found.end())
        return Fact("30分钟" + suffix, "number", "#分钟", end)
    for words, minutes in _MINUTES:
        if text.startswith(words, at):
            suffix, end = suffix_at(text, at + len(words))
            return Fact(f"{minutes}分钟{suffix}", "number", "#分钟", end)
    if found := _MEASURE.match(text, at):
        suffix, end = suffix_at(text, found.end())
        measure = _MEASURES.get(found[2].lower(), found[2])
        return Fact(f"{_value(found[1])}{measure}{suffix}", "number", f"#{measure}", end)
    found = _PHONE.match(text, at) or (_GROUPS.match(text, at) if _RINGS.search(text[max(0, at - _NEAR) : at]) else None)
    return Fact(_APART.sub("", found[0].lower()), "number", "phone", found.end()) if found else None


def _number(text: str, at: int) -> Fact | None:
    first = at + 1 if text[at] == "第" else at
    if measured := _measured(text, at):
        return measured
    found = _GROUPED.match(text, first) or _NUMERAL.match(text, first) if not _WORDLIKE.match(text, first) else _WORD.match(text, first)
    if found is None:
        return None
    unit = _UNIT.match(text, found.end())
    name, end = (unit[0], unit.end()) if unit else ("", found.end())
    if name == "周岁":
        name = "岁"
    if name in ("名", "位", "个"):  # 2名家长, 2位家长; 限2名
        name = "" if name == "个" or "\u3400" <= text[end : end + 1] <= "\u9fff" else "人"
    suffix, end = suffix_at(text, end)
    if name == "折" and len(value := _value(found[0])) == len("98"):
        return Fact(f"{value[0]}.{value[1]}折", "number", "#折", end)
    head = "" if name in ("季度", "批", "期") else text[at:first]
    return Fact(f"{head}{_value(found[0])}{name}{suffix}", "number", f"{head}#{name}", end)


def bounded(text: str, at: int, period: str) -> Fact | None:
    """Read a fact that says before itself what others say behind: 截止25日 (25日截止), 不超过3人 (3人以内), 至少2份 (2份以上)."""
    found = _UNTIL.match(text, at) or (_LIMIT.match(text, at) if text[at - 1 : at] not in _WITHIN_WORDS or not at else None)
    if found is None or not text[found.end() : found.end() + 1].strip():
        return None
    fact = read_fact(text, found.end(), period)
    if fact is None or (found[0][0] == "截") != (fact.kind in ("day", "weekday", "hour")):
        return None
    behind = next(word for start, word in _BEHIND if re.search(start, found[0]))
    if found[0] == "满" and not fact.value.endswith("岁"):
        return None
    value = fact.value.removesuffix("前") if behind == "前" else fact.value
    return None if value[-1] in "上下内右" else fact._replace(value=value + behind)


def read_fact(text: str, at: int, period: str) -> Fact | None:
    """Read the fact at a place; `period` is the part of day named before in the sentence."""
    if text[at] == "第" and (quarter := read_name(text, at + 1)) and quarter.day.on is On.QUARTER:
        return _day(text, quarter)
    if text[at].isascii() and not text[at].isdigit():
        return link(text, at) or _number(text, at)
    if not _PHONE.match(text, at):
        if (named := read_name(text, at)) and (fact := _day(text, named)):
            return fact
        if fact := _clock(text, at, period):
            return fact
    return _number(text, at)
