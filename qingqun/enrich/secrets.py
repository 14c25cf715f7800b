"""Secret markings (国家秘密标志): a text that bears one is refused, not stored and never quoted.

A marking is the degree followed by ★ or a term, or alone in brackets, or alone on a head line (保守国家秘密法实施条例: 密级★保密期限).
The word inside a sentence (保密培训, 涉及秘密) is none.
"""

import polars as pl

from qingqun.enrich.normal import normalise, trace

_DEGREE = "(?:绝密|机密|秘密)"
_TERM = r"(?:[0-9一二三四五六七八九十]{1,3} ?(?:年|个?月|日|天)|长期|永久|启用前|解密)"
_EDGE = r"[ \t\[\](){}【】〔〕《》<>「」『』*#:\-—=|·★☆]*"
_STAR = rf"{_DEGREE}[ \t]*[★☆⭐✩✪✭✯*]"
_DATED = rf"(?:^|[\n\[(【〔<「 \t:,。;]){_DEGREE}[ \t:\-—·]*(?:{_TERM})(?:$|[\n\])】〕>」 \t,。;!])"
_YEARS = rf"{_DEGREE}[ \t:\-—·]*[0-9]{{1,3}} ?(?:年|个月)(?:[^前后来以了里间]|$)"
_BRACKETED = rf"[\[(【〔<「『《{{][ \t]*(?:密级[: ]*)?{_DEGREE}(?:级|文件|件)?[ \t]*[\])】〕>」』》}}]"
_HEAD = rf"^[ \n\t]*(?:[^\n]{{0,20}}\n){{0,2}}{_EDGE}(?:密级[ \t:]*)?{_DEGREE}(?:级|文件|件)?{_EDGE}(?:\n|$)"
_LEVEL = rf"密级[ \t]*[:为是][ \t]*{_DEGREE}"
MARK = f"{_STAR}|{_DATED}|{_YEARS}|{_BRACKETED}|{_HEAD}|{_LEVEL}"


def has_secret_mark(texts: pl.Series) -> pl.Series:
    """Say for each text as read whether it bears a marking (Boolean; a null text bears none)."""
    return marked(normalise(texts))


def marked(plain: pl.Series) -> pl.Series:
    """Say the same of normalised texts."""
    return plain.str.contains(MARK).fill_null(value=False)


def secret_span(text: str) -> tuple[int, int] | None:
    """Return where the marking stands, in code points of the text as read; None where there is none."""
    normal = trace(text)
    column = pl.Series([normal.text])
    found, start = column.str.extract(f"({MARK})", 1).item(), column.str.find(MARK).item()
    if not found:
        return None
    at = len(normal.text.encode()[:start].decode())
    return normal.offsets[at], normal.offsets[at + len(found) - 1] + 1
