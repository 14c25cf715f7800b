"""One message of the week, with what only its author knows."""

from typing import NamedTuple

NOTHING: frozenset[str] = frozenset()
DOUBT = "~"


class Said(NamedTuple):
    """One message: when, where, who, what; and beside it the truth about it."""

    at: int  # seconds of the week
    group: int
    sender: int
    kind: str  # a Kind of words.py
    text: str
    labels: frozenset[str] = NOTHING
    due: int | None = None  # seconds of the week
    at_once: bool = False
    secret: bool = False
    key: str = ""  # notices with the same key are the same notice; with DOUBT before it, a line of work that is no notice
    near: str = ""  # the rule it resembles and does not break
