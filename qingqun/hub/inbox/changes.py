"""What changed between two texts, piece by piece; put together again, the pieces are both texts."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

FINE = 3_000  # pieces up to which single signs are compared; longer texts are compared line by line
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|[\s\S]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Piece(NamedTuple):
    """A stretch of text: `kind` is same, cut or added."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """Return the pieces in order, what was cut before what was added in its place. Numbers and Latin words stay whole."""
    fine = len(before) + len(after) <= 2 * FINE
    old, new = ((_PIECE if fine else _LINE).findall(text) for text in (before, after))
    found: list[Piece] = []
    for word, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if word == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        found += [Piece(kind, text) for kind, text in (("cut", "".join(old[a:b])), ("added", "".join(new[c:d]))) if text]
    return found
