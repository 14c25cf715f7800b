"""A register of public accounts to facts, at a day of inspection."""

from datetime import date

import polars as pl

AGE = ("created", "file", "line")


def accounts(register: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add one column per fact of facts/accounts.py. In: ACCOUNTS and the day. Out: the register in its own order with `account`."""
    frame = register.with_row_index("account").with_columns(
        pl.col("account").cast(pl.Int64),
        is_closed=(pl.col("closed") <= on).fill_null(value=False),
        days_since_post=pl.when(pl.col("last_post") <= on).then((on - pl.col("last_post")).dt.total_days()),
    )
    kept = frame.filter(~pl.col("is_closed")).drop_nulls(["unit", "platform"]).sort(*AGE, nulls_last=True)
    before = kept.select("account", accounts_before=pl.int_range(pl.len(), dtype=pl.Int64).over("unit", "platform"))
    return frame.join(before, on="account", how="left", maintain_order="left")
