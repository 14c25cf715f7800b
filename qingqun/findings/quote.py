"""At most sixty characters of a message, masked, with the words that decided in the middle."""

from collections.abc import Iterable

import polars as pl

from qingqun.findings.many import mask_all
from qingqun.findings.mask import Masked, Names, mask

LIMIT = 60
AROUND = 300  # characters either side of the span that are looked at at all
MORE = "…"
Span = tuple[int, int]


def quote(text: str, span: Span | None, names: Names) -> str | None:
    """Return the masked quote with `span` (positions in `text`) inside it; None where nothing may be shown."""
    low, looked_at = _near(text, span)
    return _shown(mask(looked_at, names), low, _span(text, span))


def quotes(shown: Iterable[tuple[str, Span | None]], names: Names) -> list[str | None]:
    """Return `quote(text, span, names)` for each text and span; what is looked at several times is masked once."""
    asked = list(shown)
    near = [_near(text, span) for text, span in asked]
    pieces = list({piece for _, piece in near})
    masked = dict(zip(pieces, mask_all(pieces, names), strict=True))
    return [_shown(masked[piece], low, _span(text, span)) for (text, span), (low, piece) in zip(asked, near, strict=True)]


def shown_whole(texts: pl.Series, names: Names) -> dict[str, str | None]:
    """Return the quotes of those texts that are shown whole, whatever words decided."""
    short = texts.filter(texts.str.len_chars() <= LIMIT).to_list()
    masked = zip(short, mask_all(short, names), strict=True)
    return {text: _shown(one, 0, (0, 0)) for text, one in masked if one is None or len(one.text) <= LIMIT}


def _span(text: str, span: Span | None) -> Span:
    return span or (0, min(len(text), LIMIT))


def _near(text: str, span: Span | None) -> tuple[int, str]:
    """Return the part of a text around a span, and where it starts."""
    start, end = _span(text, span)
    low = max(0, start - AROUND)
    return low, text[low : end + AROUND]


def _shown(masked: Masked | None, low: int, span: Span) -> str | None:
    if masked is None or not masked.text.strip():
        return None
    return cut(masked.text, masked.position(span[0] - low), masked.position(span[1] - low))


def cut(text: str, start: int, end: int) -> str:
    """Return at most LIMIT characters of a text around a span, an ellipsis where something was left out."""
    if len(text) <= LIMIT:
        return text.strip()
    room = LIMIT - 2 * len(MORE)
    begin = max(0, min(start - max(0, room - (end - start)) // 2, len(text) - room))
    stop = min(len(text), begin + room)
    return (MORE if begin else "") + text[begin:stop].strip() + (MORE if stop < len(text) else "")
