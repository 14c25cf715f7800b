"""The waivers that cover nothing any more, in an audit and before sending: over, or of what no register and no export has."""

from collections.abc import Collection, Iterable
from datetime import date

import polars as pl

from qingqun.findings.tree import Tree
from qingqun.packs.waivers import Idle, idle
from qingqun.words import Waiver


def unused(waivers: Iterable[Waiver], on: date, tables: Collection[pl.DataFrame], tree: Tree) -> list[Idle]:
    """Return them. `tables` (the ROSTER, accounts, apps) have `name` and `unit`; the tree knows units without a group of their own."""
    return idle(waivers, on, _all(tables, "name"), _all(tables, "unit") | tree.registered)


def _all(tables: Iterable[pl.DataFrame], column: str) -> set[str]:
    return {value for table in tables for value in table[column].drop_nulls().unique().to_list()}
