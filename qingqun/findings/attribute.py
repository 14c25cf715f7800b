"""To whom a hit belongs: to the notice that asked for it, never to those who did as they were told.

A chain of receipts belongs to the demand before it, a photo race to the call for photos (`asked_by`), a burst to the group. An answer
that nobody is known to have asked for has no text: it can be counted, not quoted.
"""

from collections.abc import Mapping

import polars as pl

ANSWERS = ("receipts_since_demand", "photo_senders_since_demand")
PAUSE = pl.duration(hours=1)  # hits in one group further apart are two bursts


def hits(facts: pl.DataFrame, columns: list[str], bursts: Mapping[str, int]) -> pl.DataFrame:
    """Take keyed facts, the names of their yes/no columns, and which of these are about bursts of how many messages.

    Return one row for each column and each message it is about: `column`, `order` (the message's `row`), `evidence` (how many messages
    or people it consists of), `quotable`, and the message's own columns.
    """
    hit = facts.filter(pl.any_horizontal(*columns))
    found = pl.concat([_of(hit.filter(column), column, bursts.get(column, 0)) for column in columns])
    own = facts.drop(*columns).rename({"row": "order"})
    quotable = pl.col("quotable") & ~(pl.col("is_receipt") & ~pl.col("is_reply_demand"))
    return found.join(own, on="order", how="inner", maintain_order="left").with_columns(quotable=quotable)


def _of(hit: pl.DataFrame, column: str, burst: int) -> pl.DataFrame:
    return (
        hit.sort("row")
        .with_columns(order=pl.coalesce("asked_by", _first() if burst else "row"))
        .group_by("order", maintain_order=True)
        .agg(pl.len() + max(burst - 1, 0), pl.col("asked_by").is_not_null().all(), *(pl.col(answer).max() for answer in ANSWERS))
        .select(
            "order",
            column=pl.lit(column),
            evidence=pl.max_horizontal("len", *ANSWERS).cast(pl.Int64),
            quotable=pl.col("asked_by") | pl.lit(not burst),
        )
    )


def _first() -> pl.Expr:
    """The first hit of each burst: in one group, no longer than PAUSE after the one before."""
    starts = (pl.col("sent_at").diff() > PAUSE).fill_null(value=True).over("key", order_by="row")
    return pl.when(starts).then("row").forward_fill().over("key", order_by="row")
