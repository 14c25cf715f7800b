"""Find the time expressions of a text, each with its span and the words around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qingqun.enrich.deadline.days import N, Named, read_day
from qingqun.enrich.deadline.numerals import DIGITS, HAN_DIGITS, number
from qingqun.enrich.deadline.spec import END, NO_DAY, At, Day, Due, On, Time
from qingqun.enrich.deadline.times import NIGHT, Clocked, read_time

START = (
    rf"(?:双十|[三五六七八])[一四八](?:[妇青儿建]|节|前|之前|以前|当天|[上中下]午|晚上|[\"”])|[{DIGITS}]{{1,4}}(?:[年月日号点时:/.季天周hm-]|个?(?:半)?个?(?:小时|钟头|分钟|刻钟|工作日|星期|礼拜|月|半))|半个?(?:小时|钟头|天)|大后[天日]|今明|[今明后次当昨前][天日儿早晚晨夜年月]|[去来]年"
    r"|[本这下上]{1,2}个?(?:周|星期|礼拜|月|季)|[周星礼]|月[底末]|年[底末终内]|[\"“]?(?:元旦|春节|除夕|清明|五一|十一|端午|中秋|国庆|劳动节|双节|两节|小?长假|假期|放假|节)"
    r"|凌晨|清晨|早[上晨]|一大?早|[上下中]午|午[前后间]|正午|晌午|[头前后]晌|日终|傍晚|[晚夜深半][上间里夜]|下班|收[班工]|放学|散学|闭馆|营业结束|吃?[午中晚][饭餐]|午休|天黑|太阳[落下]|日落|(?:[教护][师士]|妇女|青年|儿童|建[党军])节|入夜|睡|上班|开工|上课|到岗|开门|[在此这]{1,2}之?前|晚"
)
"""A text without one of these names no moment; in the dialect RE2 accepts."""
# Only where one of the first characters stands are the alternatives tried.
_FIRST = rf"双三五六七八{DIGITS}半大今明后次当昨前去来本这下上周星礼月年\"“元春除清端中国十劳两小长假放节凌早一午正晌头傍晚夜深收散闭营吃天太日教护妇青儿建入睡开到在此"
_STARTS = re.compile(rf"(?=[{_FIRST}])(?:{START})")
_GLUED = re.compile(r"[0-9A-Za-z.#第]")
_DURATION = re.compile(rf"([0-9]+\.5|{N}|半)个?(半)?个?(小时|钟头|分钟|刻钟|个?工作日|天|日|周|星期|礼拜|月|h|min)(之?内|以内|里|后)?")
_ALLOWED = re.compile(r"(?:[再只就]给(?:我|大家|你们|各位)?|给(?:大家|你们|各位)|限期?|宽限|限时)$")
_MINUTES = {"小时": 60, "钟头": 60, "h": 60, "分钟": 1, "min": 1, "刻钟": 15}
_MARK = re.compile(r"(?:\([^()\n]{1,12}\))?,?(之前|以前|前|截止|为止|止|为限|之?内|以内)")
_NOT_BEFORE = re.compile(
    r"[后台往方沿锋期述端面身赴夕最]|[两三半几](?:天|日|周|个?小时|个?月|个?半|年|分钟)|[0-9一二三四五六七八九十百]{1,3}[名位强]"
)
_RANGE = re.compile(r"(?:起|开始)?(?:-|—|–|~|至|到){1,2}")
_FROM = re.compile(r"起|开始")
_INNER = re.compile(r"\(([^()\n]{2,12})\)")
_EVENT = re.compile(
    r"(?:正式)?(?:开会|上会|例会|会议|班会|晨会|早会|晨检|上课|上班|开工|开考|出发|集合|发车|开门|开园|开始|交班|出操|巡查|检查|验收|开标|开馆|开播|起飞|返程|离校|下班|封校)(?:之?前)(?![后往面夕台方半一两三])"
)
_ANAPHOR = re.compile(r"(?:在此|在?[此这]之|在这)之?前|此前(?=,?(?:请|务必|完成|把|将|报|交|提交|反馈))")
_DIGIT = re.compile(f"[{DIGITS}]")
_COUNTS = frozenset(f"0123456789半{HAN_DIGITS}")
_NOON = 12 * 60
_STOP = "。;!?\n"
_STOPS = re.compile(f"[{_STOP}]")


@dataclass(frozen=True)
class Found:
    """One time expression: what it names, its mark (前, 内, 截止, 后, 起 or none) and where in the text it stands."""

    day: Day
    time: Time
    mark: str
    text: str
    start: int
    end: int  # behind its last character, the mark included
    bare: bool  # an hour without a day, or a day taken over from the words before
    ranged: bool = False

    @cached_property
    def sentence(self) -> str:
        """Return the text from the last full stop to the expression."""
        return _before(self.text, self.start, _STOP)

    @cached_property
    def clause(self) -> str:
        """Return the text from the last comma to the expression."""
        return _before(self.sentence, len(self.sentence), ",()")

    @cached_property
    def after(self) -> str:
        """Return the text from the expression to the next full stop."""
        return _after(self.text, self.end)


def _before(text: str, at: int, stops: str) -> str:
    return text[max([text.rfind(stop, 0, at) for stop in stops]) + 1 : at]


def _after(text: str, end: int) -> str:
    found = _STOPS.search(text, end)
    return text[end : found.start()] if found else text[end:]


def _duration(found: re.Match[str]) -> tuple[Day, Time] | None:
    count, half, unit, _ = found.groups()
    amount = 0.5 if count == "半" else float(count) if "." in count else number(count)
    amount += 0.5 if half else 0
    if minutes := _MINUTES.get(unit):
        return NO_DAY, Time(At.AFTER, int(amount * minutes))
    if amount < 1:
        return None
    if unit.endswith("工作日"):
        return Day(On.WORKDAYS, int(amount)), END
    if unit == "月":
        return Day(On.MONTHS, int(amount)), END
    return Day(On.OFFSET, int(amount) * (1 if unit in "天日" else 7)), END


def _mark(text: str, end: int, *, hour: bool = False) -> tuple[str, int]:
    """Read the mark behind a moment; 前去 behind a day is a verb, behind an hour a mark."""
    found = _MARK.match(text, end)
    if found is None or (found[1] == "前" and (_NOT_BEFORE.match(text, found.end()) or (not hour and text[found.end() :][:1] == "去"))):
        return "", end
    return found[1], found.end()


def _carries(day: Day) -> bool:
    return (day.on in (On.WEEKDAY, On.DATE, On.DAY) and day.name not in ("周", "末")) or (day.on is On.OFFSET and (day.a or 0) >= 0)


def _mere(clocked: Clocked, text: str) -> bool:
    """Return whether one syllable alone (晚, 早) belongs to another word: 晚点名, 早会, 晚一点."""
    return len(clocked.period) == 1 and clocked.time == END and not _MARK.match(text, clocked.end)


def _afternoon(exact: Time | None, time: Time) -> Time | None:
    """Return the hour that says when work ends; five o'clock is then seventeen hours."""
    if exact and time.at is At.CLOSING and exact.at is At.LOOSE:
        return Time(At.CLOCK, exact.minutes % 720 + 720)
    return exact


def _later(first: Time, second: Time) -> Time:
    """Return the end of a range of hours in the half of the day that comes after its beginning: 下午4点到5点."""
    if second.at is At.LOOSE and first.at is At.CLOCK and second.minutes % 720 + 720 > first.minutes >= 720:
        return Time(At.CLOCK, second.minutes % 720 + 720)
    return second


class Reader:
    """Walks once over a normalised text; remembers the day and month last named."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.day: tuple[Day, int] | None = None  # the last day named, and where
        self.month: int | None = None
        self.begin: tuple[Day, Time] | None = None  # the last moment named

    def __iter__(self) -> Iterator[Found]:
        end = 0
        for start in _STARTS.finditer(self.text):
            at = start.start()
            if at >= end and not (at and _GLUED.match(self.text, at - 1) and start[0] in "0123456789"):
                found, end = self._at(at, end)
                if found:
                    yield found

    def _at(self, at: int, end: int) -> tuple[Found | None, int]:
        char = self.text[at]
        if (
            char in _COUNTS
            and (found := _DURATION.match(self.text, at))
            and (found[4] or found[3] in _MINUTES or _ALLOWED.search(self.text[max(at - 5, 0) : at]))
        ):
            read = _duration(found)
            return (Found(*read, found[4] or "", self.text, at, found.end(), bare=False) if read else None), found.end()
        if char in "在此这" and self.begin and (found := _ANAPHOR.match(self.text, at)):
            return Found(*self.begin, "之前", self.text, at, found.end(), bare=False), found.end()
        named = read_day(self.text, at)
        clocked = read_time(self.text, named.end if named else at)
        if named is None and (clocked is None or clocked.end == at or _mere(clocked, self.text)):
            return None, end
        return self._moment(at, named, clocked)

    def _moment(self, at: int, named: Named | None, clocked: Clocked | None) -> tuple[Found | None, int]:
        end = clocked.end if clocked else named.end if named else at
        day, bare = self._day(named, at, clocked)
        time = clocked.time if clocked else END
        self.begin = day, time if clocked else Time(At.CLOCK, 0)
        if (dash := _RANGE.match(self.text, end)) and (second := self._second(dash.end(), day)):
            first, (day, time, end) = time, second
            time = _later(first, time) if self.begin[0] == day else time
            mark, end = _mark(self.text, end, hour=time.at is At.CLOCK)
            return Found(day, time, mark, self.text, at, end, bare=bare, ranged=True), end
        before = self._bracket(end) if clocked else None  # 放学(16:30)前
        mark, end = ("起", end + 1) if _FROM.match(self.text, end) else _mark(self.text, end, hour=bool(clocked))
        if mark and (inner := self._bracket(end) or (before if before and before[2] < end else None)):
            day, time, end = inner[0] or day, _afternoon(inner[1], time) or time, max(end, inner[2])
        elif mark and time.at in (At.CLOSING, At.OPENING) and (exact := self._exact(end)):
            time, end = exact
        elif clocked and not mark and (event := _EVENT.match(self.text, end)):
            mark, end = "前", event.end()
        return Found(day, time, mark, self.text, at, end, bare=bare), end

    def _bracket(self, at: int) -> tuple[Day | None, Time | None, int] | None:
        """Read the exacter name in brackets: 春节前(2月15日前), 天黑前(六点), 下班前(冬季五点)."""
        if not (inner := _INNER.match(self.text, at)):
            return None
        named = read_day(self.text, inner.start(1))
        begin = named.end if named else next((one.start() for one in _DIGIT.finditer(self.text, *inner.span(1))), inner.start(1))
        clocked = read_time(self.text, begin)
        exact = clocked if clocked and clocked.time.at in (At.CLOCK, At.LOOSE) and clocked.end <= inner.end(1) else None
        day = self._month(named.day) if named and named.day.on in (On.DATE, On.DAY) else None
        return (day, exact.time if exact else None, inner.end()) if day or exact else None

    def _exact(self, at: int) -> tuple[Time, int] | None:
        """Read the hour that says again, and better, when work begins or ends: 上班前九点前."""
        clocked = read_time(self.text, at)
        mark, end = _mark(self.text, clocked.end, hour=True) if clocked and clocked.time.at in (At.CLOCK, At.LOOSE) else ("", at)
        return (clocked.time, end) if clocked and mark else None

    def _second(self, at: int, first: Day) -> tuple[Day, Time, int] | None:
        named = read_day(self.text, at)
        clocked = read_time(self.text, named.end if named else at)
        if named is None and (clocked is None or clocked.time.at is At.CLOSING):
            return None
        day = self._month(named.day) if named else first
        return day, clocked.time if clocked else END, clocked.end if clocked else named.end if named else at

    def _morning(self) -> bool:
        """Tell whether what was named last is tomorrow's morning, no hour said: the evening named after it (明早出发, 晚上八点前报名) comes before it."""
        day, time = self.begin or (NO_DAY, END)
        return day.on is On.OFFSET and day.a == 1 and time == Time(At.CLOCK, _NOON)

    def _month(self, day: Day) -> Day:
        if day.on is On.DATE:
            self.month = day.b
        return day._replace(b=self.month) if day.on is On.DAY else day

    def _day(self, named: Named | None, at: int, clocked: Clocked | None) -> tuple[Day, bool]:
        near = self.day and not any(stop in self.text[self.day[1] : at] for stop in "。\n")
        if named and not named.this:
            day = self._month(named.day)
            # An hour without a day goes with the day before it, unless that is over, or longer than a day.
            self.day = (day, named.end) if _carries(day) else None
            return day, False
        if self.day and near and not (named is None and clocked and clocked.period in NIGHT and self._morning()):
            return self.day[0], True
        if named and clocked is None:
            return Day(On.OFFSET, 0, name="当"), True
        return NO_DAY, True


def due(found: Found, closing: int | None) -> Due:
    """Return the found moment as a due time; an hour without a day is weak, and before the weekend means by Friday."""
    weekend = found.day.name == "末" and found.mark.endswith("前")
    return Due(
        found.day._replace(b=4) if weekend else found.day, found.time, weak=found.bare and found.time.at is At.CLOCK, closing=closing
    )
