"""Shortening a text to a platform's room, never in the middle of a character as people see it; the link is not touched."""

import unicodedata
from collections.abc import Callable

from qingqun.hub.deliver.speak import packed

MORE = "…"
_JOINER, _KEYCAP = "\u200d", "\u20e3"
Size = Callable[[str], int]


def in_bytes(text: str) -> int:
    """Return the length in UTF-8."""
    return len(text.encode())


def in_json(text: str) -> int:
    """Return the length in UTF-8 inside a JSON text."""
    return len(packed(text).encode()) - 2


def in_units(text: str) -> int:
    """Return the length in UTF-16 units, as a short message counts them."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, room: int, size: Size = in_bytes) -> str:
    """Return a text that fits, with … where something is missing; empty where not even one character fits."""
    if size(text) <= room:
        return text
    end, low = len(text), 0
    while low < end:  # the longest beginning that fits with …
        middle = (low + end + 1) // 2
        low, end = (middle, end) if size(text[:middle]) + size(MORE) <= room else (low, middle - 1)
    while low and (_inside(text, low) or text[low - 1].isspace()):
        low -= 1
    return text[:low] + MORE if low else ""


def laid(title: str, summary: str, room: int, size: Size = in_bytes) -> tuple[str, str]:
    """Return title and summary within a room: the title goes first, the summary takes what is left."""
    head = cut(title, max(0, room), size)
    return head, cut(summary, max(0, room - size(head)), size)


def plain(text: str) -> str:
    """Return a text in which no markup begins: what an author writes is shown, not obeyed."""
    return text.translate(_PLAIN)


_PLAIN = str.maketrans({"[": "［", "]": "］", "<": "＜", ">": "＞", "*": "＊", "`": "｀", "#": "＃"})


def _inside(text: str, place: int) -> bool:
    """Tell whether a place lies inside one character: before a mark that joins, or between the halves of a flag."""
    before, after = text[place - 1], text[place]
    joins = unicodedata.combining(after) or after in {_JOINER, _KEYCAP} or before == _JOINER or unicodedata.category(after) in {"Mn", "Me"}
    return bool(joins or "\ufe00" <= after <= "\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff" or _half_flag(text, place))


def _half_flag(text: str, place: int) -> bool:
    start = place
    while start and "\U0001f1e6" <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return "\U0001f1e6" <= text[place] <= "\U0001f1ff" and (place - start) % 2 == 1
