"""At most sixty characters of a message, masked, with the words that decided in the middle."""

from qingqun.findings.mask import Names, mask

LIMIT = 60
AROUND = 300  # characters either side of the span that are looked at at all
MORE = "…"


def quote(text: str, span: tuple[int, int] | None, names: Names) -> str | None:
    """Return the masked quote with `span` (positions in `text`) inside it; None where nothing may be shown."""
    start, end = span or (0, min(len(text), LIMIT))
    low = max(0, start - AROUND)
    masked = mask(text[low : end + AROUND], names)
    if masked is None or not masked.text.strip():
        return None
    return cut(masked.text, masked.position(start - low), masked.position(end - low))


def cut(text: str, start: int, end: int) -> str:
    """Return at most LIMIT characters of a text around a span, an ellipsis where something was left out."""
    if len(text) <= LIMIT:
        return text.strip()
    room = LIMIT - 2 * len(MORE)
    begin = max(0, min(start - max(0, room - (end - start)) // 2, len(text) - room))
    stop = min(len(text), begin + room)
    return (MORE if begin else "") + text[begin:stop].strip() + (MORE if stop < len(text) else "")
