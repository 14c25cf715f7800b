"""How many rows each waiver of a pack lets pass: what would have been found there without it."""

from typing import NamedTuple

import narwhals as nw

from qingqun.judge.judge import Binding, Judged
from qingqun.judge.waived import covers
from qingqun.words import Waiver


class Spared(NamedTuple):
    """A waiver and the rows that its rule hits there."""

    waiver: str
    rows: int


def spared(judged: Judged) -> list[Spared]:
    """Count for each waiver that covers something in this table; a row that two waivers cover counts under both."""
    frame = nw.from_native(judged.frame)
    columns = frame.collect_schema().names()
    counted = [
        hit.cast(nw.Int64).sum().alias(waiver.id) for waiver in judged.pack.waivers if (hit := _hit(waiver, judged, columns)) is not None
    ]
    if not counted:
        return []
    table = frame.select(*counted)
    row = (table.collect(backend="polars") if isinstance(table, nw.LazyFrame) else table).row(0)
    return [Spared(name, int(rows or 0)) for name, rows in zip(table.collect_schema().names(), row, strict=True)]


def _hit(waiver: Waiver, judged: Judged, columns: list[str]) -> nw.Expr | None:
    """Return the rows that the waiver's rule hits, on any of its numbers, where the waiver covers them."""
    mine: list[Binding] = [one for one in judged.bindings if one.rule.name == waiver.rule]
    here = covers(waiver, judged.pack, columns) if mine else None
    if here is None:
        return None
    return nw.any_horizontal(*(one.expression() for one in mine), ignore_nulls=True) & here.fill_null(value=False)
