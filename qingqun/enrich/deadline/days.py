"""Read the name of a day: 3月13日（周五）, 明天, 下周三, 月底, 节后第一个工作日."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from qingqun.enrich.deadline.numerals import DIGITS, HAN_DIGITS, number
from qingqun.enrich.deadline.spec import Day, On

N = f"[{DIGITS}]{{1,3}}"
_MONTH = rf"(?:{N}|本|这个?|当|下个?|上个?)"
_DATE = re.compile(rf"(?:(20[0-9]{{2}}|今|明|本|去|来)年)?({_MONTH})月份?({N})(?:[日号]|(?=之?前|以前|晚|上午|下午|中午|截止|\())")
_ISO = re.compile(r"(20[0-9]{2})[-/.年](1[0-2]|0?[1-9])[-/.月](3[01]|[12][0-9]|0?[1-9])日?")
_SLASH = re.compile(r"()(1[0-2]|0?[1-9])[/.](3[01]|[12][0-9]|0?[1-9])[日号]?")
_BAD_SLASH = re.compile(r"[0-9./%:元万米吨倍版折分°℃kKmM-]")
_DAY = re.compile(rf"({N})[日号]")
_THING = re.compile(r"[楼线泵库门机床井文主变仓罐基坑车院桥厅岗馆厂站点店柜桌窗台房室炉地标桩路码公令召称院段塔箱会]")
_RELATIVE = re.compile(r"(大后|今|明|后|当|次|昨|前)[天日儿]")
_TWO_DAYS = re.compile(r"今明(?:两|二)?(?:[天日]|(?![年早晚晨后]))")
_SHORT = re.compile(r"([今明当次昨])[早晚晨夜]")
_WEEK = re.compile(r"(本|这个?|下下个?|下个?|上个?)?(?:周|星期|礼拜)([一二三四五六日天末1-6])")
_WEEK_SPAN = re.compile(r"(本|这个?|下个?)(?:周|星期|礼拜)")
_MONTH_PART = re.compile(rf"({_MONTH})?月(底|末|初|中旬|上旬|下旬|中|份)?")
_LAST_DAY = re.compile(rf"({_MONTH})月份?的?最后(?:一|1)个?(天|日|工作日)")
_YEAR = re.compile(r"(?:(20[0-9]{2}|今|本|明)?年)(底|末|终|内)")
_QUARTER = re.compile(r"(本|([一二三四1-4]))季度(末|内)?")
_FEAST = re.compile(
    r'["“]?(元旦|春节|除夕|清明|五一|劳动节|端午|中秋|国庆|十一|双节|两节|节日|小长假|长假|假期|放假|节)["”]?(?:节日|假期|放假|长假|小长假|假|节)*'
)
_FEAST_AFTER = re.compile(r"(?:过?后|结束后)?(?:上班|返岗|复工)?(?:后)?的?(?:第([一二三四五])|首)个?(?:工作日|天|上班日|日)")
# Feasts of one date: before them means by the evening before.
_FIXED = {
    "三八": date(2001, 3, 8), "五四": date(2001, 5, 4), "六一": date(2001, 6, 1), "七一": date(2001, 7, 1), "八一": date(2001, 8, 1),
    "双十一": date(2001, 11, 11), "教师": date(2001, 9, 10), "护士": date(2001, 5, 12), "妇女": date(2001, 3, 8), "青年": date(2001, 5, 4), "儿童": date(2001, 6, 1),
    "建党": date(2001, 7, 1), "建军": date(2001, 8, 1),
}  # fmt: skip
_DATED_FEAST = re.compile(
    r'["“]?(三八|五四|六一|七一|八一|双十一|(?:教师|护士|妇女|青年|儿童|建党|建军)(?=节))["”]?(?:妇女|青年|儿童|建党|建军)?节?(?=前|之前|以前|当天|上午|下午|中午|晚上)'
)
_AHEAD = ("前", "之前", "以前")
_ENDS_OF_FEASTS = "师士女童军年者树阳宵亲牙火水化术技文细情章环季关调"
_OFFSETS = {"今": 0, "当": 0, "明": 1, "次": 1, "后": 2, "大后": 3, "昨": -1, "前": -2}
_WEEKDAYS = "一二三四五六日"
_BRACKET = re.compile(r"\(([^()\n]{1,16})\)")
_JOIN = re.compile(r"[,、 ]?")


class Named(NamedTuple):
    """A day read at a place in the text, and where its words end. `this` marks 当天: the day named before."""

    day: Day
    end: int
    this: bool = False


def _shift(word: str | None) -> int | None:
    if word is None:
        return None
    return {"本": 0, "这": 0, "当": 0, "下": 1, "上": -1}[word[0]] + (word[:2] == "下下")


def _year(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else {"今": -1, "本": -1, "明": -2, "来": -2, "去": -3}[word]


def _date(found: re.Match[str]) -> Day | None:
    year, month, day = found.groups()
    if month[0] in "本这当下上":
        return Day(On.MONTH, _shift(month), None, number(day)) if number(day) else None
    m, d = number(month), number(day)
    return Day(On.DATE, _year(year), m, d) if 1 <= m <= 12 and 1 <= d <= 31 else None


def _weekday(found: re.Match[str]) -> Day:
    word = found[2].replace("天", "日")
    if word == "末":
        return Day(On.WEEKDAY, _shift(found[1]) if found[1] else 0, 6, 0, "末")
    return Day(On.WEEKDAY, _shift(found[1]), int(word) - 1 if word.isdigit() else _WEEKDAYS.index(word))


def _month_part(found: re.Match[str]) -> Day | None:
    month, part = found.groups()
    last = {"中旬": 20, "上旬": 10, "初": 5, "中": 15}.get(part or "", 0)
    if month is None:
        return Day(On.MONTH, 0, None, last) if part in ("底", "末") else None
    if month[0] in "本这当下上":
        return Day(On.MONTH, _shift(month), None, last)
    return _month_of(month, part if part in ("初", "中") else "" if part in ("底", "末") or last or part == "下旬" else "月", last)


def _month_of(month: str, name: str, last: int = 0) -> Day | None:
    """Return the end (or day `last`) of a month named by number or as this or the next one."""
    if month[0] in "本这当下上":
        return Day(On.MONTH, _shift(month), None, last, name)
    m = number(month)
    return Day(On.MONTH, None, m, last, name) if 1 <= m <= 12 else None


def _feast(text: str, found: re.Match[str]) -> Named | None:
    name, end = found[1], found.end()
    if after := _FEAST_AFTER.match(text, end):
        return Named(Day(On.HOLIDAY, _WEEKDAYS.index(after[1]) + 1 if after[1] else 1, name=name), after.end())
    return Named(Day(On.HOLIDAY, -1, name=name), end) if text[end : end + 1] in ("前", "之", "以") else None


def _dated(text: str, at: int) -> Named | None:
    for pattern in (_ISO, _DATE):
        if (found := pattern.match(text, at)) and (day := _date(found)):
            return Named(day, found.end())
    found = _SLASH.match(text, at)
    if found and not _BAD_SLASH.match(text, found.end()) and (day := _date(found)):
        return Named(day, found.end())
    found = _DAY.match(text, at)
    if found and not (found[0][-1] == "号" and _THING.match(text, found.end())) and 1 <= number(found[1]) <= 31:
        return Named(Day(On.DAY, None, None, number(found[1])), found.end())
    return None


def _month(text: str, at: int) -> Named | None:
    if (last := _LAST_DAY.match(text, at)) and (day := _month_of(last[1], "工作日" if last[2] == "工作日" else "")):
        return Named(day, last.end())
    found = _MONTH_PART.match(text, at)
    return Named(day, found.end()) if found and (day := _month_part(found)) else None


def _quarter(text: str, at: int) -> Named | None:
    found = _QUARTER.match(text, at)
    return Named(Day(On.QUARTER, number(found[2]) if found[2] else None), found.end()) if found else None


def _near(text: str, at: int) -> Named | None:
    if found := _TWO_DAYS.match(text, at):
        return Named(Day(On.OFFSET, 1), found.end())
    if found := _RELATIVE.match(text, at):
        return Named(Day(On.OFFSET, _OFFSETS[found[1]]), found.end(), this=found[1] == "当")
    found = _SHORT.match(text, at)
    return Named(Day(On.OFFSET, _OFFSETS[found[1]]), found.end() - 1, this=found[1] == "当") if found else None


def _week(text: str, at: int) -> Named | None:
    if found := _WEEK.match(text, at):
        return Named(_weekday(found), found.end())
    found = _WEEK_SPAN.match(text, at)
    return Named(Day(On.WEEKDAY, _shift(found[1]), 6, 0, "周"), found.end()) if found else None


def _year_end(text: str, at: int) -> Named | None:
    found = _YEAR.match(text, at)
    return Named(Day(On.YEAR, _year(found[1])), found.end()) if found else None


def _named_feast(text: str, at: int) -> Named | None:
    if found := _DATED_FEAST.match(text, at):
        day = _FIXED[found[1]] - timedelta(days=text.startswith(_AHEAD, found.end()))
        return Named(Day(On.DATE, None, day.month, day.day, name="节"), found.end())
    if text[at] == "节" and at and text[at - 1] in _ENDS_OF_FEASTS:
        return None
    found = _FEAST.match(text, at)
    return _feast(text, found) if found else None


_READERS = (
    ("0123456789", (_dated, _month, _quarter, _year_end)),
    (HAN_DIGITS, (_dated, _named_feast, _month, _quarter)),
    ("今明", (_near, _dated, _year_end)),
    ("后大次昨前去来", (_near, _dated)),
    ("本当", (_near, _week, _dated, _month, _quarter, _year_end)),
    ("这下上", (_week, _dated, _month)),
    ("周星礼", (_week,)),
    ("月年", (_month, _year_end)),
    ('元春清端中国双两节小长假放除劳教护妇青儿建"“', (_named_feast,)),
)
_BY_FIRST = {char: readers for chars, readers in reversed(_READERS) for char in chars}


def read_name(text: str, at: int) -> Named | None:
    """Read one name of a day at a place of a normalised text, without what repeats it behind."""
    for reader in _BY_FIRST.get(text[at : at + 1], ()):
        if named := reader(text, at):
            return named
    return None


_RANK = {On.DATE: 0, On.DAY: 1, On.WEEKDAY: 2, On.OFFSET: 3}


def _again(text: str, end: int) -> Named | None:
    """Return the same day named once more: in brackets, or a weekday written straight after the date."""
    if found := _BRACKET.match(text, end):
        inner = read_name(found[1], 0)
        return Named(inner.day, found.end()) if inner and inner.day.on in _RANK else None
    step = _JOIN.match(text, end)
    second = read_name(text, step.end()) if step else None
    return second if second and second.day.on in (On.WEEKDAY, On.DATE) and not second.day.name else None


def read_day(text: str, at: int) -> Named | None:
    """Read the day named at a place of a normalised text; of two names for one day the exacter is kept."""
    named = read_name(text, at)
    if named is None:
        return None
    again = _again(text, named.end) if named.day.on in _RANK else None
    if again is None:
        return named
    return Named(min(named.day, again.day, key=lambda d: _RANK[d.on]), again.end, named.this)
