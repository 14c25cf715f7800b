"""Dates as a notice writes them: 2月15日（农历腊月二十八、周日）至23日 — the year, and after the first the month too, left out."""

import re
from datetime import date, timedelta

from qingqun.clock.errors import NoticeError
from qingqun.i18n import _

_DATE = r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(\([^()]*\)|(?:周|星期)[一二三四五六日天])?"
_SHORT = re.compile(r"([0-9])(?=(?:[至到—–~、-][0-9]{1,2})+日)")  # 1月1至3日、17、25日
_ONE_OR_RANGE = re.compile(rf"{_DATE}(?:(?:至|到|-|—|–|~|―)+{_DATE})?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_HALF = re.compile(r"[0-9]+月|月日|[0-9]\((?:周|星期)")  # what is left of a date that lost its day or its 日
_LONGEST = 20  # days; the longest block so far had 10
_FARTHEST = 31  # days between an item's first date and any other; so far 20


class Dates:
    """Reads the dates of one item in order; each leans on the one before it for its month and year."""

    def __init__(self, year: int, line: int, *, new_year: bool) -> None:
        """Take the notice's year; the item on New Year may begin in the December before it."""
        self.year, self.line = year, line
        self.last = date(year, 1, 1) if new_year else None
        self.first: date | None = None
        self.month: int | None = None

    def read(self, clause: str) -> list[date]:
        """Return the clause's days, ranges written out.

        Raises:
            NoticeError: a day that does not exist, stands in another year, or is not the weekday it is said to be.
        """
        days: list[date] = []
        for found in _ONE_OR_RANGE.finditer(_SHORT.sub(r"\1日", clause)):
            first = self._day(*found.groups()[:4])
            last = self._day(*found.groups()[4:]) if found[7] else first
            if not 0 <= (last - first).days < _LONGEST:
                raise NoticeError(self.line, _("起止日期不对：{text}").format(text=found[0]))
            days += [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
        half = _HALF.search(_ONE_OR_RANGE.sub("", _SHORT.sub(r"\1日", clause)))
        if half:
            raise NoticeError(self.line, _("日期不完整：{clause}").format(clause=clause))
        return days

    def _day(self, year: str | None, month: str | None, day: str, inner: str | None) -> date:
        if month is None and self.month is None:
            raise NoticeError(self.line, _("“{day}日”没有写月份").format(day=day))
        self.month = int(month or self.month or 0)
        try:
            found = date(int(year), self.month, int(day)) if year else self._nearest(self.month, int(day))
        except ValueError as error:
            raise NoticeError(self.line, _("没有 {month} 月 {day} 日").format(month=self.month, day=day)) from error
        if not date(self.year - 1, 12, 1) <= found <= date(self.year, 12, 31):
            raise NoticeError(self.line, _("{found} 不在 {year} 年").format(found=found, year=self.year))
        self._check_weekday(found, inner or "")
        self.first = self.first or found
        if abs(found - self.first).days > _FARTHEST:
            raise NoticeError(self.line, _("{found} 与 {first} 相隔太远").format(found=found, first=self.first))
        self.last = found
        return found

    def _nearest(self, month: int, day: int) -> date:
        """Without a year: the notice's own, or for New Year's item the one nearest to the day before it in the text."""
        own = date(self.year, month, day)
        if self.last is None or month < 12:
            return own
        before = date(self.year - 1, month, day)
        return min(own, before, key=lambda found: abs(found - (self.last or found)))

    def _check_weekday(self, found: date, inner: str) -> None:
        stated = _WEEKDAY.search(inner)
        if stated and "一二三四五六日".index(stated[1].replace("天", "日")) != found.weekday():
            raise NoticeError(self.line, _("{found} 不是{stated}").format(found=found, stated=stated[0]))
