"""A table on paper: what all three formats set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qingqun.i18n import _
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

    def first(self, most: int) -> "Table":
        """Return the table with at most so many rows and a note on the rest; the totals stay those of all rows."""
        if len(self.rows) <= most:
            return self
        note = _("共 {n} 行，此处列出前 {most} 行，其余见同名工作簿。").format(n=f"{len(self.rows):,}", most=most)
        return replace(self, rows=self.rows[:most], notes=[*self.notes, note])
