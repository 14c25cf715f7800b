"""Whose hours a message stands under, where some units have hours of their own."""

from collections.abc import Sequence

import polars as pl

from qingqun.clock.hours import Hours
from qingqun.findings.roster import keyed
from qingqun.findings.tree import Tree
from qingqun.i18n import _, listed
from qingqun.words import Refused


def timed(messages: pl.DataFrame, roster: pl.DataFrame, tree: Tree, others: Sequence[Hours]) -> pl.DataFrame:
    """Add `hours_no` to messages: the place in `others` of the hours of the nearest unit at or above their group's; null where it has none.

    Nothing is added where no unit has hours of its own. Raises Refused where `others` name a unit that no group belongs to.
    """
    if not others:
        return messages
    numbers = {tree.named.get(hours.name, hours.name): number for number, hours in enumerate(others)}
    units = roster["unit"].drop_nulls().unique().to_list()
    strange = set(numbers) - {up for unit in units for up in tree.line(unit)}
    if strange:
        raise Refused(_("作息时间文件的 name 要与台账中的单位一致，台账中没有：{names}").format(names=listed(sorted(strange))))
    nearest = {unit: [numbers[up] for up in tree.line(unit) if up in numbers] for unit in units}
    first = {unit: found[0] for unit, found in nearest.items() if found}
    keys = roster.select("key", hours_no=pl.col("unit").replace_strict(first, default=None, return_dtype=pl.Int64)).unique("key")
    return keyed(messages).join(keys, on="key", how="left", maintain_order="left").drop("key")
