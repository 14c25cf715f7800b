"""How long ago was the n-th earlier message? One sort and a shift, no window."""

from collections.abc import Iterable

import polars as pl

from qingqun.enrich.facts.fact import Asked
from qingqun.words import Kind

TALK = tuple(kind.value for kind in (Kind.TEXT, Kind.EMOJI, Kind.REPLY, Kind.LINK, Kind.SHARE, Kind.FORWARD))
"""What counts as speaking: nine photos of one album are one act, and a machine's line is nobody's."""


def earlier(frame: pl.DataFrame, asked: Iterable[Asked]) -> list[pl.DataFrame]:
    """Return, for each of these facts, `row` and its column. In: a table in order of time with `row`, `ms` and the keys.

    Raises LookupError for a fact that is not known here.
    """
    return [_since(frame, each) for each in sorted(asked, key=lambda each: each.column)]


def _since(frame: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    keys, rows = _SELECTIONS[asked.fact]
    same = [pl.col(key) == pl.col(key).shift(asked.n) for key in keys]
    past = (pl.col("ms") - pl.col("ms").shift(asked.n)) // 1000
    return (
        frame.lazy()
        .filter(rows)
        .select("row", "ms", *keys)
        .sort(*keys, maintain_order=True)
        .select("row", pl.when(*same).then(past).alias(asked.column))
        .collect()
    )


_SELECTIONS = {
    "seconds_since_earlier": (("group_no", "sender_no"), pl.col("kind").is_in(TALK)),
    "seconds_since_receipt": (("group_no",), pl.col("is_receipt")),
}
