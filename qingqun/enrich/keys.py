"""Whole numbers instead of names: groups, senders and distinct texts, numbered in the order of their first appearance.

Numbers in order of appearance never change when later messages are taken away.
"""

import polars as pl


def numbered(frame: pl.DataFrame, key: pl.Expr, name: str) -> pl.DataFrame:
    """Add an Int64 column that numbers the distinct values of an expression."""
    keys = frame.select(key.alias("key"))
    distinct = keys.unique(maintain_order=True).with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias(name))
    return frame.hstack([keys.join(distinct, on="key", how="left", maintain_order="left", nulls_equal=True)[name]])


def group_key() -> pl.Expr:
    """What tells groups apart: the platform and its id, else the name, else the file it came in."""
    return pl.concat_str("platform", pl.coalesce("group_id", "group_name", "file"), separator="\t")


def sender_key() -> pl.Expr:
    """What tells senders apart: the platform and its id, else the name."""
    return pl.concat_str("platform", pl.coalesce("sender_id", "sender_name"), separator="\t")
