"""Text for a terminal of a given width: a Chinese character takes two columns, an English word is not cut."""

import re
from collections.abc import Iterator
from unicodedata import category, east_asian_width

WIDTH = 100
_PIECES = re.compile(r"[!-~]+ *| +|.", re.DOTALL)  # a word with its blanks, or one wide character
_EDGE = 2  # kept free for a sign that closes
_CLOSES = ("Po", "Pe", "Pf")  # stops, and signs that close


def columns(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> Iterator[str]:
    """Yield the lines of a text, the first after `first`, the others after `rest`; a sign that closes stays with what it closes."""
    line, fresh = first, True
    for piece in _pieces(text, width - columns(rest) - _EDGE):
        most = width if len(piece) == 1 and category(piece) in _CLOSES else width - _EDGE
        if columns(line + piece.rstrip()) > most and not fresh:
            yield line.rstrip()
            line, piece = rest, piece.lstrip()  # noqa: PLW2901  a line does not begin with a blank
        line, fresh = line + piece, False
    yield line.rstrip()


def _pieces(text: str, most: int) -> Iterator[str]:
    """Cut a text where a line may end; a word longer than a line is cut, too."""
    for found in _PIECES.finditer(text):
        piece = found[0]
        yield from (piece[at : at + most] for at in range(0, len(piece), most))
