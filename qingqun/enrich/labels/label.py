"""What a label is: weighted cues, each a few patterns that must stand together in one sentence, or in the whole text."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["sentence", "text"]
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign. It holds in a sentence (or text) that has all of `all` and none of `none`; then it adds `weight`, once."""

    name: str  # Chinese, for the page that explains a label
    weight: float
    all: tuple[str, ...]
    none: tuple[str, ...] = ()
    scope: Scope = "sentence"


@dataclass(frozen=True, slots=True)
class Label:
    """One label: yes where the weights of the cues that hold reach THRESHOLD. The module's name is the label's name."""

    meaning: str  # what the label says, Chinese
    gate: str  # a text without this cannot carry the label: keeps the rest cheap
    cues: tuple[Cue, ...]


def words(*groups: str) -> str:
    """Join words, written with spaces or line breaks between them, to one alternation."""
    return "(?:" + "|".join(word for group in groups for word in group.split()) + ")"


def near(*patterns: str, gap: int = 12) -> str:
    """The patterns in this order, at most `gap` characters apart."""
    return f".{{0,{gap}}}".join(patterns)


def either_order(one: str, other: str) -> str:
    """Both patterns, whichever comes first."""
    return f"(?:{one}.*{other}|{other}.*{one})"
