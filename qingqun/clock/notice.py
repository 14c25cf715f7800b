"""The State Council's holiday notice, read into a table: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

The wording of 2007 to 2026 is known: ranges that begin in the December before, 与周末连休 and 补休, the old 公休日…调至…, names in one
item (国庆节、中秋节), and a later notice that extends a block (延长…假期至…) or sets one anew. Every weekday and every 共N天 is checked,
and a sentence with a date but no known verb is an error: nothing is guessed and nothing is left out in silence.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from qingqun.clock.dated import Dates
from qingqun.clock.errors import NoticeError
from qingqun.clock.table import Named, Standing, Table
from qingqun.i18n import _

LONGEST = 20_000  # characters; a real notice has under 2,000
_YEAR = re.compile(r"([0-9]{4})年(?:部分节假日|[^。0-9]{0,12}(?:放假|节假日|假期))")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[.、]|\([一二三四五六七八九十]{1,3}\)|[-—–·•]+")
_HEAD = re.compile(rf"(?P<number>{_NUMBERED.pattern})?(?P<name>[^:。,;0-9]{{1,40}}):(?P<body>.*)")
_EXTENDS = re.compile(rf"(?:{_NUMBERED.pattern})?(?:决定)?延长(?:[0-9]{{4}}年)?(?P<name>[^0-9。,]{{1,20}}?)假期至(?P<body>.*)")
_INNER = re.compile(r"\(([^()]*)\)")
_COUNT = re.compile(r"(?:共|放假)([0-9]{1,2})天")
_DATED = re.compile(r"[0-9]日")
_SIGNED = re.compile(r".{0,20}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")  # the office and the day it signed, below the items
_WORK = "上班"
_ADVISES = ("鼓励", "年休假")  # a sentence that advises leave gives nobody a day off
_EXPLAINS = ("法定", "公休日", "照常公休", "调至")  # says why a day is off: the range has said which
_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}  # off by law; any notice has them
_ENDS = ("。", ";", ":", "上班", "放假", "休", "天")
_OFF = ("放假", "补休", "调休", "休息")


class Piece(NamedTuple):
    """A stretch of the text that speaks of one holiday, and the line it stands on."""

    line: int
    name: str
    body: str
    extends: bool = False


def parse(text: str, *, year: int | None = None, base: Table | None = None, paper: str = "") -> Table:
    """Read a notice into an official table.

    Args:
        text: the notice, with or without its title, addressees and signature.
        year: the year it is about, where the text does not say.
        base: the year's table so far, for a notice that changes it; each holiday named is set anew, or extended.
        paper: where the notice was published.

    Raises:
        NoticeError: with the line and the reason.
    """
    if len(text) > LONGEST:
        raise NoticeError(0, _("文字过长，不像放假通知"))
    lines = list(_lines(text))
    about = year or (base.year if base else None) or _year("".join(line for _number, line in lines))
    days = dict(base.days) if base else {}
    seen: set[str] = set()
    for piece in _pieces(lines):
        if piece.name not in seen and not piece.extends:
            days = {day: named for day, named in days.items() if named.name != piece.name}
        found = _read(piece, about, days)
        if piece.name not in seen:
            _check_head(piece, found, about)
        seen.add(piece.name)
        _add(days, piece, found)
    if not seen:
        raise NoticeError(0, _("没有找到放假安排，如“一、元旦：1月1日放假”"))
    return _table(base, about, days, paper)


def _check_head(piece: Piece, found: dict[date, bool], year: int) -> None:
    if not found:
        raise NoticeError(piece.line, _("“{name}”没有写日期").format(name=piece.name))
    for name, (month, day) in _FIXED.items():
        if name in piece.name and not piece.extends and not found.get(date(year, month, day)):
            raise NoticeError(piece.line, _("“{name}”不含 {month} 月 {day} 日").format(name=piece.name, month=month, day=day))


def _table(base: Table | None, year: int, days: dict[date, Named], paper: str) -> Table:
    ordered = dict(sorted(days.items()))
    papers = (*(base.papers if base else ()), *([paper] if paper else []))
    if base:
        return replace(base, standing=Standing.OFFICIAL, days=ordered, papers=papers)
    return Table(year, Standing.OFFICIAL, ordered, papers)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Number the lines, without spaces and in half width; one that breaks off inside an item takes the next one up."""
    held, begun, inside = "", 0, False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = "".join(unicodedata.normalize("NFKC", raw).split())
        inside = inside or (bool(_HEAD.match(held)) and bool(_DATED.search(held)))
        broken = inside and _DATED.search(held) and not _SIGNED.fullmatch(held) and not held.endswith(_ENDS)
        if broken and not _NUMBERED.match(line):
            held += line
            continue
        yield begun, held
        held, begun = line, number
    yield begun, held


def _year(text: str) -> int:
    found = _YEAR.search(text)
    if not found:
        raise NoticeError(0, _("没有写明是哪一年的安排"))
    return int(found[1])


def _pieces(lines: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    """Find the items. A line without a head goes on with the item before it; the signature ends them."""
    name = ""
    for number, line in lines:
        for part in re.split(rf"(?<=。)(?={_NUMBERED.pattern})", line):
            found, extends = _HEAD.fullmatch(part), _EXTENDS.fullmatch(part)
            if found and (found["number"] or _speaks(found["body"])):
                name = found["name"]
                yield Piece(number, name, found["body"])
            elif extends:
                name = extends["name"]
                yield Piece(number, name, f"至{extends['body']}", extends=True)
            elif _speaks(part) or (name and _DATED.search(part) and not _SIGNED.fullmatch(part)):
                if not name or _NUMBERED.match(part):
                    raise NoticeError(number, _("没有写是哪个节日，如“一、元旦：”"))
                yield Piece(number, name, part)


def _speaks(part: str) -> bool:
    return bool(_DATED.search(part)) and any(verb in part for verb in (_WORK, *_OFF)) and not any(word in part for word in _ADVISES)


def _read(piece: Piece, year: int, days: dict[date, Named]) -> dict[date, bool]:
    """Return the days a piece names, and whether they are off."""
    body = _INNER.sub(lambda inner: f"({inner[1].replace(',', '、')})", piece.body)
    dates = Dates(year, piece.line, new_year="元旦" in piece.name)
    found: dict[date, bool] = {}
    if piece.extends:
        found |= _extended(piece, dates, body, days)
        body = body.partition(",")[2]
    for sentence in re.split("[。;]", body):
        if not any(word in sentence for word in _ADVISES):
            found |= _sentence(sentence, dates, piece.line, found)
    return found


def _sentence(sentence: str, dates: Dates, line: int, before: dict[date, bool]) -> dict[date, bool]:
    """Read one sentence clause by clause; dates wait for the verb that follows them."""
    found: dict[date, bool] = {}
    waiting: list[date] = []
    for clause in sentence.split(","):
        waiting += dates.read(clause)
        words = _INNER.sub("", clause)
        if _WORK in words and "放假" in words:
            raise NoticeError(line, _("放假和上班混在一句里：{clause}").format(clause=clause))
        if _WORK in words:
            _check_weekend(waiting, words, line)
            found |= dict.fromkeys(waiting, False)
        elif not any(word in words for word in _EXPLAINS) and any(word in words for word in _OFF):
            found |= dict.fromkeys(waiting, True)
        elif waiting and not any(word in words for word in _EXPLAINS):
            continue
        waiting = []
        _check_count(words, {**before, **found}, line)
    if waiting:
        raise NoticeError(line, _("不知道这些日期是放假还是上班：{sentence}").format(sentence=sentence))
    return found


def _check_weekend(days: Iterable[date], words: str, line: int) -> None:
    plain = next((day for day in days if day.weekday() < 5 and "起" not in words), None)
    if plain:
        raise NoticeError(line, _("{day} 不是周末，本来就上班").format(day=plain))


def _check_count(words: str, found: dict[date, bool], line: int) -> None:
    stated, off = _COUNT.search(words), sum(found.values())
    if stated and int(stated[1]) != off:
        raise NoticeError(line, _("写着 {stated} 天，按日期数是 {off} 天").format(stated=stated[1], off=off))


def _extended(piece: Piece, dates: Dates, body: str, days: dict[date, Named]) -> dict[date, bool]:
    off = [day for day, named in days.items() if named.name == piece.name and named.off]
    until = dates.read(body.partition(",")[0])
    if not off or len(until) != 1 or until[0] <= max(off):
        raise NoticeError(piece.line, _("“{name}”原来的安排不在手边，无法延长").format(name=piece.name))
    return {max(off) + timedelta(days=ahead): True for ahead in range(1, (until[0] - max(off)).days + 1)}


def _add(days: dict[date, Named], piece: Piece, found: dict[date, bool]) -> None:
    for day, off in found.items():
        named = Named(piece.name, off)
        if day in days and days[day] != named and not piece.extends:
            raise NoticeError(piece.line, _("{day} 已经写在“{name}”里").format(day=day, name=days[day].name))
        days[day] = named
