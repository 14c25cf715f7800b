"""Memberships: those an export lists, and everybody who has spoken."""

import polars as pl

from qingqun.words import MEMBERSHIPS, Kind

_PERSON = ["platform", "group_id", "group_name", "person_id", "person_name"]


def memberships(listed: pl.DataFrame, messages: pl.DataFrame) -> pl.DataFrame:
    """Return MEMBERSHIPS: one row for each person and group; a listed one (with card and role) goes before one derived from messages."""
    spoke = messages.lazy().filter(~pl.col("kind").is_in([Kind.SYSTEM.value, Kind.RECALL.value]))
    derived = spoke.select(
        "platform",
        "group_id",
        "group_name",
        person_id="sender_id",
        person_name="sender_name",
        card="sender_card",
        role=pl.lit(None, pl.String()),
    )
    both = pl.concat([listed.lazy(), derived.unique(maintain_order=True)])
    ranked = both.sort(pl.col("role").is_null(), pl.col("card").is_null(), maintain_order=True)
    keys = pl.coalesce("group_id", "group_name").alias("_group"), pl.coalesce("person_id", "person_name").alias("_person")
    once = ranked.with_columns(*keys).unique(["platform", "_group", "_person"], keep="first", maintain_order=True)
    return once.select(MEMBERSHIPS.names()).sort(_PERSON, nulls_last=True).collect()


def name_groups(messages: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return the messages with a group's name where they have only its id."""
    named = groups.lazy().filter(pl.col("group_id").is_not_null()).select("platform", "group_id", _name="name")
    known = (
        named.filter(pl.col("_name") != pl.col("group_id")).unique(["platform", "group_id"], keep="first", maintain_order=True).collect()
    )
    if known.is_empty():
        return messages
    nameless = pl.col("group_name").is_null() | (pl.col("group_name") == pl.col("group_id"))
    joined = messages.join(known, on=["platform", "group_id"], how="left", maintain_order="left")
    name = pl.when(nameless & pl.col("_name").is_not_null()).then("_name").otherwise("group_name")
    return joined.with_columns(name.alias("group_name")).drop("_name")
