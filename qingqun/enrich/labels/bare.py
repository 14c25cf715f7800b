"""Label texts once more with their key words restored, where one stands in disguise (disguise.py); what shows only then counts for less."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from qingqun.cores import beside
from qingqun.enrich.disguise import Undone, suspicious, undo
from qingqun.enrich.labels.reading import matched, ready
from qingqun.enrich.normal import normalise, trace

AT_ONCE = 20_000  # texts
SURENESS = 0.8  # of a label that shows only once the disguise is undone
Span = tuple[int, int]


def label_bare(texts: pl.Series, label: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """Label texts as read, and once more those in disguise without it, all in one pass: yes if either says so, and the higher score."""
    read, undone = _read(texts)
    bared = pl.Series([found.text for found in undone.values()], dtype=pl.String)
    both = label(pl.concat([read, ready(bared)]))
    said, again = both[: len(texts)], both[len(texts) :]
    if not undone:
        return said
    rows = np.fromiter(undone, np.int64)
    columns = []
    for name in said.columns:
        first, second = said[name].gather(rows), again[name]
        either = first | second if name.startswith("is_") else pl.Series(np.maximum(first, second * np.float32(SURENESS)), dtype=pl.Float32)
        columns.append(said[name].scatter(rows, either))
    return pl.DataFrame(columns)


def shown_bare(texts: pl.Series, shown: list[dict[str, Span]], show: Callable[[pl.Series], list[dict[str, Span]]]) -> list[dict[str, Span]]:
    """Add the spans that show only without disguise, as code points of the texts as read."""
    undone = _undone(normalise(texts.fill_null("")))
    if not undone:
        return shown
    added = show(ready(pl.Series([found.text for found in undone.values()], dtype=pl.String)))
    for (row, found), spans in zip(undone.items(), added, strict=True):
        shown[row] = _mapped(texts[row], found, spans) | shown[row]
    return shown


def _read(texts: pl.Series) -> tuple[pl.Series, dict[int, Undone]]:
    """Return texts ready for labelling, and those in disguise without it, by their row."""
    starts = range(0, max(len(texts), 1), AT_ONCE)
    normal = beside(lambda at: normalise(texts.slice(at, AT_ONCE).fill_null("")), starts)
    bare = beside(_undone, normal)
    undone = {start + row: found for start, some in zip(starts, bare, strict=True) for row, found in some.items()}
    return pl.concat(beside(matched, normal)), undone


def _undone(normal: pl.Series) -> dict[int, Undone]:
    found = ((int(row), undo(normal[int(row)])) for row in suspicious(normal))
    return {row: undone for row, undone in found if undone is not None}


def _mapped(text: str, found: Undone, spans: Mapping[str, Span]) -> dict[str, Span]:
    offsets = trace(text).offsets
    return {name: (offsets[found.offsets[start]], offsets[found.offsets[end - 1]] + 1) for name, (start, end) in spans.items()}
