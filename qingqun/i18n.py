"""Text for people: Chinese is the source language, English comes from the catalogue in locale/."""

import errno
import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "qingqun"
FOLDER = Path(__file__).parent / "locale"

_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, languages=[language], fallback=True)


def language() -> str:
    """Return zh or en: what is being spoken, else QINGQUN_LANG, else zh, since the offices this is for read Chinese."""
    return "en" if (_SPOKEN.get() or os.environ.get("QINGQUN_LANG", "zh")).startswith("en") else "zh"


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
    return _catalogue(language()).gettext(text)


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
