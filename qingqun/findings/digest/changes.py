"""What changed between versions: notices of one template whose facts differ are kept apart and shown with the difference."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qingqun.enrich.repeats import compare
from qingqun.findings.digest.model import Change, Item

ALIKE = 0.5  # share of common character pairs from which two notices are worth comparing fact by fact
MOST = 3  # differences: with more of them the later notice is another one, not a version of the earlier


def with_changes(items: Sequence[Item]) -> list[Item]:
    """Return the items, each with its differences from the nearest earlier notice of the same template."""
    ordered = sorted(items, key=lambda item: item.first_at)
    pairs = [_pairs(item.text) for item in ordered]
    return [replace(item, changes=_changes(item, ordered, pairs, n)) for n, item in enumerate(ordered)]


def _changes(item: Item, ordered: Sequence[Item], pairs: Sequence[frozenset[str]], n: int) -> tuple[Change, ...]:
    likely = sorted(((_likeness(pairs[n], pairs[m]), m) for m in range(n)), reverse=True)[:3]
    for likeness, m in likely:
        if likeness < ALIKE:
            break
        found = compare(ordered[m].text, item.text)
        if found.verdict == "related" and 0 < len(found.differs) <= MOST:
            earlier = ordered[m]
            before = tuple(earlier.text[d.a[0] : d.a[1]] for d in found.differs)
            after = tuple(item.text[d.b[0] : d.b[1]] for d in found.differs)
            return (Change(earlier.first_at, before, after),)
    return ()


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
