"""Where a text may be cut: whole clauses, or from a joining word to the clause's end. Nothing else of it is touched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SOFT = ",;\uff0c\uff1b "  # a comma and a semicolon, half and full width
HARD = "\u3002!?\uff01\uff1f\n"  # what ends a sentence
_MARKS = re.escape(SOFT.strip() + HARD + "~")
_CLAUSE = re.compile(rf"[^{_MARKS}]*[{_MARKS}]*")
_JOINS = re.compile(r"并(?:且|请|在|于)?|同时|且[^不]|然后|以及")
LONGEST = 3  # clauses in a run
MOST = 60
KEPT = 6  # characters a clause must keep to stand after a cut


@dataclass(frozen=True, slots=True)
class Cut:
    """A text without one stretch: `start` to `end` are code points of the text as it was."""

    text: str
    start: int
    end: int


def cuts(text: str) -> list[Cut]:
    """Return what remains after each possible cut, the shortest cut first."""
    found = {cut.text: cut for cut in (*_runs(text), *_tails(text))}
    return sorted(found.values(), key=lambda cut: cut.end - cut.start)[:MOST]


def clauses(text: str) -> list[tuple[int, int]]:
    """Return where the clauses stand, each with the marks behind it."""
    return [found.span() for found in _CLAUSE.finditer(text) if found[0].strip()]


def _runs(text: str) -> Iterator[Cut]:
    spans = clauses(text)
    for first in range(len(spans)):
        for last in range(first, min(first + LONGEST, len(spans))):
            yield without(text, spans[first][0], spans[last][1])


def _tails(text: str) -> Iterator[Cut]:
    for start, end in clauses(text):
        words = len(text[start:end].rstrip(SOFT + HARD + "~"))
        for join in _JOINS.finditer(text, start, start + words):
            if join.start() - start >= KEPT:
                yield without(text, join.start(), end)


def without(text: str, start: int, end: int) -> Cut:
    """Leave a stretch out; the sentence before it ends as the stretch did."""
    head, gone, tail = text[:start], text[start:end], text[end:]
    if not head.strip() or head.endswith("\n"):
        return Cut(head + tail.lstrip(SOFT), start, end)
    marks = gone[len(gone.rstrip(SOFT + HARD + "~")) :]
    ending = "".join(char for char in marks if char in HARD)
    kept = head.rstrip(SOFT)
    if not kept.endswith(tuple(HARD)):
        return Cut((kept + (ending or ("\u3002" if not tail.strip() else "\uff0c")) + tail).rstrip(), start, end)
    return Cut((kept + ("\n" if ending.endswith("\n") else "") + tail).rstrip(), start, end)
