"""Where a label shows in a text: the strongest cue's stretch, mapped back to the text as read.

Done on columns, as the labelling itself is: every cue is tried once, on those texts that carry the label and have no stretch yet.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from qingqun.enrich.labels.engine import SENTENCE, holding
from qingqun.enrich.labels.label import Cue, Label
from qingqun.enrich.normal import trace

Span = tuple[int, int]
MARKS = " ,。!;:?~\n"


def spans_of(texts: pl.Series, ready: pl.Series, flags: pl.DataFrame, labels: Mapping[str, Label]) -> list[dict[str, Span]]:
    """Give, for each text, a span in the text as read for each label it carries.

    Args:
        texts: as read.
        ready: the same, normalised, masked and lower-case, code point for code point with the normalised text.
        flags: `is_<label>` for each.
        labels: by name.
    """
    found: list[dict[str, Span]] = [{} for _ in range(len(texts))]
    for name, label in labels.items():
        rows = flags[f"is_{name}"].arg_true()
        for row, span in _shown(ready.gather(rows), label):
            found[rows[row]][name] = _trimmed(ready[rows[row]], *span)
    return [_mapped(text, spans) if spans else {} for text, spans in zip(texts, found, strict=True)]


def _shown(ready: pl.Series, label: Label) -> Iterator[tuple[int, Span]]:
    """Yield (place in `ready`, span there), the whole text where no cue shows a stretch."""
    left = pl.DataFrame({"text": ready}).with_row_index("row")
    for cue in sorted((c for c in label.cues if c.weight > 0), key=lambda c: -c.weight):
        hit = _stretches(left, cue)
        yield from ((row, (start, end)) for row, start, end in hit.iter_rows())
        left = left.join(hit, on="row", how="anti")
        if left.is_empty():
            return
    yield from ((row, (0, len(text))) for row, text in left.iter_rows())


def _stretches(left: pl.DataFrame, cue: Cue) -> pl.DataFrame:
    """Return row, start and end of the stretch that holds all the cue's patterns, in the first part of each text where the cue holds."""
    parts = left.with_columns(at=pl.lit(0, pl.Int64)) if cue.scope == "text" else _sentences(left)
    first = holding(parts, cue).unique("row", keep="first", maintain_order=True)
    before = [pl.col("text").str.extract(rf"^([\s\S]*?)(?:{p})", 1).str.len_chars().cast(pl.Int64) for p in cue.all]
    length = [pl.col("text").str.extract(f"({p})", 1).str.len_chars().cast(pl.Int64) for p in cue.all]
    # A pattern that may match nothing marks no stretch of its own.
    marked = [pl.when(n > 0).then(b) for b, n in zip(before, length, strict=True)]
    ends = [b + n for b, n in zip(marked, length, strict=True)]
    start, end = pl.min_horizontal(marked).fill_null(0), pl.max_horizontal(ends).fill_null(pl.col("text").str.len_chars().cast(pl.Int64))
    return first.select("row", start=pl.col("at") + start, end=pl.col("at") + end)


def _sentences(texts: pl.DataFrame) -> pl.DataFrame:
    """One row a sentence, with the place it starts at. Only what stands before the first sentence belongs to none."""
    parts = texts.select("row", whole=pl.col("text").str.len_chars(), text=pl.col("text").str.extract_all(SENTENCE))
    each = parts.explode("text").drop_nulls().with_columns(n=pl.col("text").str.len_chars().cast(pl.Int64))
    ends = pl.col("n").cum_sum().over("row")
    return each.with_columns(at=pl.col("whole").cast(pl.Int64) - pl.col("n").sum().over("row") + ends - pl.col("n"))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Leave the marks around the words out."""
    while start < end - 1 and text[start] in MARKS:
        start += 1
    while end - 1 > start and text[end - 1] in MARKS:
        end -= 1
    return start, end


def _mapped(text: str, spans: Mapping[str, Span]) -> dict[str, Span]:
    offsets = trace(text).offsets
    last = len(offsets) - 1
    return {name: (offsets[min(s, last)], offsets[min(e - 1, last)] + 1) for name, (s, e) in spans.items() if e > s and last >= 0}
