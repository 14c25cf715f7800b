"""Text for people: Chinese is the source language, English comes from the catalogue in locale/."""

import gettext
import os
from functools import cache
from pathlib import Path

DOMAIN = "qingqun"
FOLDER = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, languages=[language], fallback=True)


def language() -> str:
    """Return zh or en: QINGQUN_LANG, else zh, since the offices this is for read Chinese."""
    return "en" if os.environ.get("QINGQUN_LANG", "zh").startswith("en") else "zh"


def _(text: str) -> str:
    """Return the text in the user's language. The argument is the Chinese original; format it after translating."""
    return _catalogue(language()).gettext(text)
