"""Whose group a message was sent in: what a unit's waiver asks of a message."""

import polars as pl

from qingqun.findings.roster import keyed
from qingqun.judge.waived import OF_UNIT


def owned(facts: pl.DataFrame, roster: pl.DataFrame) -> pl.DataFrame:
    """Add the unit of its group to every enriched message, from the ROSTER; null where no register names one."""
    groups = keyed(facts.select("group_no", "platform", "group_id", "group_name").unique("group_no"))
    units = groups.join(roster.select("key", pl.col("unit").alias(OF_UNIT)).unique("key"), on="key", how="left")
    return facts.join(units.select("group_no", OF_UNIT), on="group_no", how="left", maintain_order="left")
