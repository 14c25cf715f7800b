"""Where a label shows in one text: the strongest cue's sentence, mapped back to the text as read."""

import re
from collections.abc import Iterator

from qingqun.enrich.labels.engine import SENTENCE
from qingqun.enrich.labels.label import Cue, Label
from qingqun.enrich.labels.quoting import mask_one
from qingqun.enrich.normal import Normal

Span = tuple[int, int]


def lower(text: str) -> str:
    """Lower case, character by character, so that offsets hold."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _parts(cue: Cue, text: str) -> Iterator[Span]:
    if cue.scope == "text":
        yield 0, len(text)
    else:
        yield from (found.span() for found in re.finditer(SENTENCE, text))


def _shown(cue: Cue, text: str) -> Span | None:
    """Return the smallest stretch holding all the cue's patterns in the first part where the cue holds."""
    for start, end in _parts(cue, text):
        part = text[start:end]
        found = [re.search(p, part) for p in cue.all]
        if all(found) and not any(re.search(p, part) for p in cue.none):
            hits = [(start + m.start(), start + m.end()) for m in found if m and m.group()]
            return (min(s for s, _ in hits), max(e for _, e in hits)) if hits else (start, end)
    return None


def _best(label: Label, text: str) -> Span:
    strongest = sorted((c for c in label.cues if c.weight > 0), key=lambda c: -c.weight)
    shown = (_shown(cue, text) for cue in strongest)
    return next((span for span in shown if span), (0, len(text)))


def spans_of(normal: Normal, labels: dict[str, Label]) -> dict[str, Span]:
    """Give a span in the original for each of the labels, which must hold for the text."""
    text = lower(mask_one(normal.text))
    best = {name: _best(label, text) for name, label in labels.items()}
    return {name: (normal.offsets[s], normal.offsets[e - 1] + 1) for name, (s, e) in best.items() if e > s}
