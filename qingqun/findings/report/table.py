"""A table on paper: what all three formats set."""

from collections.abc import Sequence
from dataclasses import dataclass

from qingqun.office import Value

Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows of values for people. `widths` are characters; `levels` holds a Level a row where rows have one."""

    title: str
    header: Sequence[str]
    rows: Sequence[Row]
    widths: Sequence[float]
    notes: Sequence[str] = ()
    levels: Sequence[str] = ()
    total: Row | None = None
