"""Text for people: Chinese is the source language, English comes from the catalogue in locale/."""

import errno
import gettext
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path

DOMAIN = "qingqun"
FOLDER = Path(__file__).parent / "locale"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, languages=[language], fallback=True)


def language() -> str:
    """Return zh or en: what is being spoken, else QINGQUN_LANG, else zh, since the offices this is for read Chinese."""
    return _named(_SPOKEN.get() or os.environ.get("QINGQUN_LANG", "zh"))


def _named(word: str) -> str:
    return "en" if word.startswith("en") else "zh"


@cache
def _speech(word: str) -> Callable[[str], str]:
    """Return what says a text in the language of a word: looked up once, since a page says hundreds."""
    return _catalogue(_named(word)).gettext


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let this thread speak a language meanwhile: a page is written in its reader's."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _(text: str) -> str:
    """Return the text in the user's language. The argument is the Chinese original; format it after translating."""
    return _speech(_SPOKEN.get() or os.environ.get("QINGQUN_LANG", "zh"))(text)


def listed(parts: Iterable[object]) -> str:
    """Return the parts as a list in a sentence."""
    return _("、").join(str(part) for part in parts)


def joined(parts: Iterable[object]) -> str:
    """Return the parts as clauses of a sentence."""
    return _("；").join(str(part) for part in parts)


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after another, as the language sets them; empty ones are left out."""
    return ("" if language() == "zh" else " ").join(part for part in parts if part)


def month(number: int) -> str:
    """Return a month as a date in the user's language has it: 9 in Chinese, Sep in English."""
    return str(number) if language() == "zh" else _MONTHS[number - 1]


def of_year(number: int, day_of_month: int) -> str:
    """Return a day of any year: 9月20日, 20 Sep."""
    return _("{m}月{d}日").format(m=month(number), d=day_of_month)


def day(on: date) -> str:
    """Return a day: 2026年9月20日, 20 Sep 2026."""
    return _("{y}年{m}月{d}日").format(y=on.year, m=month(on.month), d=on.day)


def weekday(on: date) -> str:
    """Return a day of this year with its weekday: 9月20日（周日）, Sun 20 Sep."""
    names = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))
    return _("{m}月{d}日（周{w}）").format(m=month(on.month), d=on.day, w=names[on.weekday()])


def stamp(at: datetime) -> str:
    """Return a day with its year and a time, for tables: 2026-09-20 17:30, 20 Sep 2026 17:30."""
    return f"{at:%Y-%m-%d %H:%M}" if language() == "zh" else f"{day(at)} {at:%H:%M}"


def moment(at: datetime) -> str:
    """Return a day and a time as the moment's own zone has them: 9月20日（周日）17:30, Sun 20 Sep 17:30."""
    return _("{day}{time}").format(day=weekday(at), time=f"{at:%H:%M}")


def why(error: OSError) -> str:
    """Return why the system refused a file, for people; the system's own words where it is nothing common."""
    reasons = {
        errno.ENOENT: _("没有这个文件或文件夹"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
        errno.EROFS: _("磁盘是只读的"),
        errno.ENOSPC: _("磁盘已满"),
        errno.EISDIR: _("这是文件夹，不是文件"),
        errno.ENOTDIR: _("路径中有一段不是文件夹"),
        errno.EEXIST: _("已有同名的文件"),
        errno.ENAMETOOLONG: _("文件名太长"),
    }
    return reasons.get(error.errno or 0) or error.strerror or str(error)[:200]
