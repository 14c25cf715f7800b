"""A unit's file: its seasons, evenings, shifts, region and entered years, as docs/working-time.md describes them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

from qingqun.clock import fields, notice, region, table
from qingqun.clock.calendar import shipped
from qingqun.clock.errors import NoticeError
from qingqun.clock.fields import Fields
from qingqun.clock.hours import MIDNIGHT, Evening, Hours, Season, Shift, Span, Yearly
from qingqun.clock.table import Standing, Table
from qingqun.i18n import _, listed, why

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})(?:-|–|—|~|至)([0-9]{1,2}):([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_WEEKDAYS = "一二三四五六日"
_LEAP = [date(2000, 1, 1) + timedelta(days=number) for number in range(366)]
_TOP = {"name", "region", "calendars", "season", "evening", "shift"}


def load(path: Path) -> Hours:
    """Read a unit's hours. Days of the year no season holds get the product's default hours, and the result is marked so.

    Raises:
        ClockFileError: the unit's file, or a region or calendar it names, is wrong; file, key and reason are in it.
    """
    top = fields.read(path, _TOP)
    seasons = tuple(_season(given) for given in top.tables("season", {"name", "from", "to", "hours"}))
    _check_apart(seasons, top)
    calendar = shipped().entered(_entered(top, path.parent))
    name = top.text("region", "")
    if name:
        calendar = calendar.overlaid(_region(top, name, path.parent).days)
    return Hours(
        top.text("name"),
        seasons,
        tuple(_evening(given) for given in top.tables("evening", {"days", "hours", "from", "to"})),
        tuple(_shift(given) for given in top.tables("shift", {"days", "hours", "holidays", "from", "to"})),
        name or None,
        not all(any(season.when.holds(day) for season in seasons) for day in _LEAP),
        calendar,
    )


def _season(given: Fields) -> Season:
    spans = tuple(_span(given, text) for text in given.texts("hours"))
    if not spans:
        raise given.refused("hours", _('不能缺少，如 ["08:30-12:00", "14:30-17:30"]'))
    if any(before.end >= after.start for before, after in pairwise(spans)):
        raise given.refused("hours", _("各段应按先后写，不能重叠"))
    return Season(given.text("name", ""), _yearly(given), spans)


def _check_apart(seasons: Iterable[Season], top: Fields) -> None:
    for (before, one), (number, other) in combinations(enumerate(seasons, start=1), 2):
        shared = next((day for day in _LEAP if one.when.holds(day) and other.when.holds(day)), None)
        if shared:
            reason = _("与第 {before} 季都含 {day}").format(before=before, day=f"{shared:%m-%d}")
            raise top.refused(f"season.{number}.from", reason)


def _evening(given: Fields) -> Evening:
    return Evening(_weekdays(given), _span(given, given.text("hours")), _yearly(given))


def _shift(given: Fields) -> Shift:
    span = _span(given, given.text("hours"), wraps=True)
    return Shift(_weekdays(given), span, given.flag("holidays"), _yearly(given))


def _span(given: Fields, text: str, *, wraps: bool = False) -> Span:
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not found:
        raise given.refused("hours", _("“{text}”应写成 08:30-12:00").format(text=text))
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or start >= MIDNIGHT or end > MIDNIGHT:
        raise given.refused("hours", _("“{text}”：没有这样的钟点").format(text=text))
    if wraps and end <= start:
        end += MIDNIGHT
    if end <= start:
        raise given.refused("hours", _("“{text}”：结束应晚于开始").format(text=text))
    return Span(start, end)


def _yearly(given: Fields) -> Yearly:
    if ("from" in given.values) != ("to" in given.values):
        raise given.refused("to" if "from" in given.values else "from", _("from 和 to 应一起写"))
    return Yearly(_month_day(given, "from"), _month_day(given, "to")) if "from" in given.values else Yearly()


def _month_day(given: Fields, key: str) -> tuple[int, int]:
    found = _DAY.fullmatch(given.text(key))
    try:
        day = date(2000, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise given.refused(key, _('应为月和日，如 "06-01"'))
    return day.month, day.day


def _weekdays(given: Fields) -> frozenset[int]:
    days: set[int] = set()
    for text in given.texts("days"):
        name = text.removeprefix("星期").removeprefix("周").replace("天", "日")
        if text == "每天":
            days.update(range(7))
        elif len(name) == 1 and name in _WEEKDAYS:
            days.add(_WEEKDAYS.index(name))
        else:
            raise given.refused("days", _("“{text}”应写成 周一 至 周日，或 每天").format(text=text))
    if not days:
        raise given.refused("days", _('不能缺少，如 ["周二", "周四"]'))
    return frozenset(days)


def _region(top: Fields, name: str, beside: Path) -> region.Region:
    if name.endswith(".toml"):
        return region.load(beside / name)
    if name not in region.names():
        raise top.refused("region", _("没有“{name}”；自带的有：{names}").format(name=name, names=listed(region.names())))
    return region.load(region.REGIONS / f"{name}.toml")


def _entered(top: Fields, beside: Path) -> list[Table]:
    tables = []
    for file in top.texts("calendars"):
        found = _table(top, beside / file)
        known = shipped().standing(found.year)
        if found.standing is Standing.UNKNOWN or (known is Standing.OFFICIAL and found.standing is not Standing.OFFICIAL):
            raise top.refused(
                "calendars", _("“{file}”：{year} 年不能以 {standing} 录入").format(file=file, year=found.year, standing=found.standing)
            )
        tables.append(found)
    return tables


def _table(top: Fields, path: Path) -> Table:
    try:
        if path.stat().st_size > table.LARGEST:
            raise top.refused("calendars", _("“{file}”：文件过大").format(file=path.name))
        content = path.read_bytes()
        return notice.parse(content.decode("utf-8-sig"), paper=path.name) if path.suffix == ".txt" else table.read(content, path.name)
    except OSError as error:
        raise top.refused("calendars", _("“{file}”读不了：{error}").format(file=path.name, error=why(error))) from error
    except (NoticeError, UnicodeDecodeError) as error:
        raise top.refused("calendars", _("“{file}”：{error}").format(file=path.name, error=error)) from error
