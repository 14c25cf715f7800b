"""Groups that the chats show and the register does not have."""

from datetime import date

import polars as pl

from qingqun.words import GROUPS, SHANGHAI


def strangers(register: pl.DataFrame, messages: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return rows (GROUPS, and `is_registered` false) for such groups, in the order of their first lines; none where there is no register.

    A group is the register's where its platform and id are, or its name where either side has no id. Nothing else of it is known.
    """
    day = pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date()
    named = messages.filter(day <= on).drop_nulls("group_name") if register.height else messages.clear()
    seen = named.group_by("platform", "group_id", "group_name", maintain_order=True).agg(pl.col("file", "line").first())
    keys = register.select("platform", "group_id", group_name="name")
    by_id = seen.join(keys.drop_nulls("group_id"), on=["platform", "group_id"], how="semi")
    nameless = keys.filter(pl.col("group_id").is_null())["group_name"]
    known = pl.col("group_name").is_in(nameless.implode()) | (
        pl.col("group_id").is_null() & pl.col("group_name").is_in(keys["group_name"].implode())
    )
    rest = seen.join(by_id, on=["platform", "group_id", "group_name"], how="anti", nulls_equal=True).filter(~known)
    rows = rest.rename({"group_name": "name"}).with_columns(is_registered=pl.lit(value=False))
    return pl.concat([GROUPS.to_frame(), rows], how="diagonal")
