"""Where the words stand: in the title, and in the piece of the text around the first of them."""

from typing import NamedTuple

from qingqun.hub.search.find import Found, Query
from qingqun.hub.search.grams import traced

BEFORE, AFTER = 24, 90  # signs of the text around its first hit

Span = tuple[int, int]


class Shown(NamedTuple):
    """A title and a piece of a text, each with the stretches to mark; code points."""

    title: str
    title_spans: list[Span]
    piece: str
    piece_spans: list[Span]


def shown(found: Found, query: Query) -> Shown:
    """Return what of a notice is shown, and marked."""
    spans = _spans(found.text, query)
    start = max(spans[0][0] - BEFORE, 0) if spans else 0
    end = min((spans[0][1] if spans else 0) + AFTER, len(found.text))
    front, back = "…" if start else "", "…" if end < len(found.text) else ""
    piece = front + found.text[start:end].replace("\n", " ") + back
    inside = [(begin - start + len(front), min(stop, end) - start + len(front)) for begin, stop in spans if begin < end]
    return Shown(found.title, _spans(found.title, query), piece, inside)


def _spans(text: str, query: Query) -> list[Span]:
    """Return where any of the words stands, in order, none over another."""
    known = traced(text)
    found = sorted(span for word in query.words for span in _of(word, known.text, known.places))
    apart: list[Span] = []
    for begin, stop in found:
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(stop, apart[-1][1]))
        else:
            apart.append((begin, stop))
    return apart


def _of(word: str, text: str, places: list[int]) -> list[Span]:
    found, at = list[Span](), text.find(word)
    while at >= 0:
        found.append((places[at], places[at + len(word) - 1] + 1))
        at = text.find(word, at + len(word))
    return found
