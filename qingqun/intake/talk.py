"""Text pasted from a chat window: lines of speech under header lines, whose form is learned from the file itself.

A message may hold a line that looks like a header (会议时间 2026-07-03 14:30). So one form is chosen for a file, the one most
lines have, down to the date's separator and the seconds; and where headers stand after blank lines, only lines after blank lines count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from qingqun.intake.times import CLOCK, DAY, YEARLESS, Moment, day_of, from_match

_GAP = r"[ \t\u3000\u00a0]"
_WEEK = r"(?:\s*(?:星期|周)[一二三四五六日天])?"
_NAME = r"(?P<name>[^\s].{0,60}?)"
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_NAME}{_GAP}+{YEARLESS}{_WEEK}[T\s]*{CLOCK}{_GAP}*",
        rf"{DAY}{_WEEK}[T\s]*{CLOCK}{_GAP}+(?P<name>[^\s].{{0,60}}?)[:：]?{_GAP}*",
        rf"{_NAME}{_GAP}*[(（]{YEARLESS}{_WEEK}[T\s]*{CLOCK}[)）][:：]?{_GAP}*",
        rf"{_NAME}{_GAP}+{CLOCK}{_GAP}*",
    )
)
TIME_FIRST, TIME_ONLY = 1, 3
_DATE_LINE = re.compile(rf"[^0-9A-Za-z\u4e00-\u9fff]*{DAY}{_WEEK}[^0-9A-Za-z\u4e00-\u9fff]*")
_BACKWARDS = 3_600_000  # ms: a clock that goes back by more has passed midnight; by less, two people sent at once


class Style(NamedTuple):
    """How the headers of a file look."""

    form: int
    separators: str  # of the date, e.g. -- or 年月
    seconds: bool


class Turn(NamedTuple):
    """One header and the lines under it. `when` is None where the day is not known, or is no day."""

    line: int
    name: str
    when: Moment | None
    text: str
    dated: bool


def style_of(lines: Sequence[str], forms: Iterable[int] = range(len(FORMS))) -> tuple[Style, bool] | None:
    """Return how most headers look and whether they stand after a blank line; None where no line is a header."""
    wanted = tuple(forms)
    found = [(style, _free(lines, row)) for row, line in enumerate(lines) if (style := _style(line, wanted))]
    if not found:
        return None
    style, times = Counter(style for style, _blank in found).most_common(1)[0]
    return style, times > 1 and sum(blank for other, blank in found if other == style) >= times * 0.6


def _free(lines: Sequence[str], row: int) -> bool:
    return row == 0 or not lines[row - 1].strip() or _DATE_LINE.fullmatch(lines[row - 1]) is not None


def _style(line: str, forms: Iterable[int]) -> Style | None:
    if len(line) > 120 or (":" not in line and "：" not in line):
        return None
    for form in forms:
        if found := FORMS[form].fullmatch(line):
            return Style(form, _separators(found), found["second"] is not None)
    return None


def _separators(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts.get("month") is None:
        return ""
    year = found.string[found.end("year")] if parts["year"] else ""
    return year + found.string[found.end("month")]


@dataclass(slots=True)
class Talk:
    """Reads the turns of one file."""

    style: Style
    after_blank: bool
    day: date | None = None
    rolls: bool = False  # the day was stated, not read: a clock going back means the next day
    _last: int = 0

    def turns(self, lines: Iterable[tuple[int, str]]) -> Iterator[Turn]:
        """Yield every turn; lines before the first header make a turn without a name."""
        body: list[str] = []
        start, header, on, before = 0, None, self.day, ""
        for number, line in lines:
            dated = self._date(line)
            found = None if dated else self._header(line, before)
            if found or dated:
                yield from self._turn(start, header, body, on)
                start, header, body = number, found, []
                on = self._day_at(dated, found, on)
            else:
                start = start or number
                body.append(line)
            before = "" if dated or found else line
        yield from self._turn(start, header, body, on)

    def _date(self, line: str) -> date | None:
        found = _DATE_LINE.fullmatch(line) if self.style.form == TIME_ONLY and len(line) < 80 else None
        return day_of(found) if found else None

    def _header(self, line: str, before: str) -> re.Match[str] | None:
        if (self.after_blank and before.strip()) or _style(line, (self.style.form,)) != self.style:
            return None
        return FORMS[self.style.form].fullmatch(line)

    def _day_at(self, dated: date | None, header: re.Match[str] | None, on: date | None) -> date | None:
        if dated:
            self.rolls = False
            return dated
        when = from_match(header, on) if header and self.rolls else None
        if when is None or on is None:
            return on
        later = self._last and when.ms < self._last - _BACKWARDS
        self._last = when.ms + (86_400_000 if later else 0)
        return on + timedelta(days=1) if later else on

    def _turn(self, line: int, header: re.Match[str] | None, body: list[str], on: date | None) -> Iterator[Turn]:
        text = "\n".join(body).strip("\n")
        if header is not None:
            yield Turn(
                line, header["name"].strip(), from_match(header, on), text, on is not None or header.groupdict().get("year") is not None
            )
        elif text.strip():
            yield Turn(line, "", None, text, dated=True)
