"""The same notice again, a related one, or another? When unsure: related, never same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qingqun.enrich.repeats.differ import Difference, differences
from qingqun.enrich.repeats.order import reordered
from qingqun.enrich.repeats.tokens import Read, Token, read
from qingqun.enrich.repeats.wording import ORDERED

_RELATED = 0.5  # of the tokens, facts left out
_OPTIONAL = ("audience", "source", "weekday")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict (same, related, different) and, unless same, where the texts differ."""

    verdict: str
    differs: tuple[Difference, ...] = ()


def _layer(token: Token) -> str:
    return "weekday" if token.kind == "weekday" and token.layer == "" else token.layer


def _droppable(extra: Counter[str], tokens: Sequence[Token]) -> set[str] | None:
    """Return the layers whose whole words are what one text has and the other has not; None if anything else is extra."""
    layers: set[str] = set()
    for name in _OPTIONAL:
        words = Counter(token.value for token in tokens if _layer(token) == name)
        if words and words <= extra and not (name == "weekday" and not _dated(tokens)):
            extra = extra - words
            layers.add(name)
    return None if extra else layers


def _dated(tokens: Sequence[Token]) -> bool:
    """A weekday may go only where it stands beside its date."""
    days = {token.end for token in tokens if token.kind == "day"} | {token.start for token in tokens if token.kind == "day"}
    return all(any(abs(edge - side) <= 2 for edge in days for side in (t.start, t.end)) for t in tokens if t.kind == "weekday")


def _kept(tokens: Sequence[Token], dropped: set[str]) -> list[Token]:
    return [token for token in tokens if _layer(token) not in dropped]


def same(a: Read, b: Read) -> bool:
    """Return whether two texts are sendings of one notice."""
    bag_a, bag_b = (Counter(token.value for token in read.tokens) for read in (a, b))
    if not bag_a or not bag_b:
        return a.text.strip() == b.text.strip()
    one, two = _droppable(bag_a - bag_b, a.tokens), _droppable(bag_b - bag_a, b.tokens)
    if one is None or two is None or one & two:
        return False
    kept_a, kept_b = _kept(a.tokens, one), _kept(b.tokens, two)
    if not kept_a or [t.value for t in kept_a] == [t.value for t in kept_b]:
        return bool(kept_a)
    return not (ORDERED.search(a.text) or ORDERED.search(b.text)) and reordered(kept_a, kept_b)


def _shared(a: Read, b: Read) -> float:
    one, two = (Counter(token.value for token in read.tokens if not token.key) for read in (a, b))
    total = sum(one.values()) + sum(two.values())
    return 2 * sum((one & two).values()) / total if total else 0.0


def compare(a: str, b: str) -> Comparison:
    """Say whether b is the notice a again. Offsets of the differences count code points of the texts as given."""
    one, two = read(a), read(b)
    if same(one, two):
        return Comparison("same")
    verdict = "related" if _shared(one, two) >= _RELATED else "different"
    return Comparison(verdict, differences(one, two))
