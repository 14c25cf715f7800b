"""What changed between versions: notices of one template whose facts differ are kept apart and shown with the difference."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qingqun.enrich.repeats import Comparison, compare
from qingqun.findings.digest.cues import CORRECTS
from qingqun.findings.digest.model import Change, Item

ALIKE = 0.5  # share of common character pairs from which two notices are worth comparing fact by fact
MOST = 3  # differences: with more of them the later notice is another one, not a version of the earlier
_MOVED = {"day", "hour", "place", "link"}


def with_changes(items: Sequence[Item]) -> list[Item]:
    """Return the items, each with its differences from the nearest earlier notice of the same template; those replaced are marked."""
    ordered = sorted(items, key=lambda item: item.first_at)
    pairs = [_pairs(item.text) for item in ordered]
    found = [_change(item, ordered, pairs, n) for n, item in enumerate(ordered)]
    gone = {m for m, change in filter(None, found) if change.replaces}
    return [
        replace(item, changes=(one[1],) if one else (), replaced=n in gone)
        for n, (item, one) in enumerate(zip(ordered, found, strict=True))
    ]


def _change(item: Item, ordered: Sequence[Item], pairs: Sequence[frozenset[str]], n: int) -> tuple[int, Change] | None:
    """Return which earlier notice, of the same sender or in the same group, differs, and in what."""
    near = [m for m in range(n) if ordered[m].sender == item.sender or set(ordered[m].groups) & set(item.groups)]
    likely = sorted(((_likeness(pairs[n], pairs[m]), m) for m in near), reverse=True)[:3]
    for likeness, m in likely:
        if likeness < ALIKE:
            break
        found = compare(ordered[m].text, item.text)
        if found.verdict == "related" and 0 < len(found.differs) <= MOST:
            return m, _shown(ordered[m], item, found)
    return None


def _shown(earlier: Item, item: Item, found: Comparison) -> Change:
    return Change(
        earlier.first_at,
        tuple(earlier.text[d.a[0] : d.a[1]] for d in found.differs),
        tuple(item.text[d.b[0] : d.b[1]] for d in found.differs),
        tuple(d.kind for d in found.differs),
        replaces=_replaces(earlier, item, {d.kind for d in found.differs}),
    )


def _replaces(earlier: Item, item: Item, kinds: set[str]) -> bool:
    """A later notice takes the place of an earlier where it says so, or where the same sender moves time or place in the same group."""
    if not set(earlier.groups) & set(item.groups):
        return False
    return bool(re.search(CORRECTS, item.text)) or (earlier.sender == item.sender and kinds <= _MOVED)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
