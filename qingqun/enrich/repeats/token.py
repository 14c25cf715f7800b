"""What a notice is read into."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum


class Edge(IntEnum):
    """The boundary before a token."""

    NONE = 0
    COMMA = 1
    LIST = 2  # 、
    LINE = 3
    ITEM = 4  # a sentence or a numbered item


@dataclass(frozen=True, slots=True)
class Token:
    """One token, with its place in the normalised text."""

    value: str
    kind: str  # day weekday hour number link, or word for a content character
    key: str  # facts of one key may not change places; empty for words
    start: int
    end: int
    layer: str  # a name from layers.py, or empty
    edge: Edge
    tail: str = ""  # 的 or : where one follows: the token belongs to what comes next


@dataclass(frozen=True, slots=True)
class Read:
    """A text read into tokens."""

    text: str
    offsets: list[int]
    tokens: tuple[Token, ...]
    labels: int  # how many labels (时间：) were dropped
    closing: str = ""  # the closing clauses


def starts(token: Token) -> bool:
    """Return whether a clause starts with a token: more than a list's mark stands before it."""
    return token.edge not in (Edge.NONE, Edge.LIST)


def placed(words: Sequence[Token], at: Sequence[Token], edge: Edge) -> list[Token]:
    """Return words of one text as said at a place of another: its span in that text, the edge before it, what follows it."""
    start, end = at[0].start, at[-1].end
    said = [replace(word, start=start, end=end, edge=word.edge if n else edge, tail="") for n, word in enumerate(words)]
    return [*said[:-1], replace(said[-1], tail=at[-1].tail)]
