"""The workbook: totals, findings, register, plan, definitions. Every sheet says what it is made of; no cell can become a formula."""

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path

from qingqun.findings.report import lists, savings, since, tables, unread
from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import summarise
from qingqun.findings.report.table import Row, Table
from qingqun.findings.report.told import basis, caution, coverage, headline
from qingqun.i18n import _
from qingqun.office import Mark, Sheet, Value, write_book

MARKS = {"violation": Mark.RED, "warning": Mark.AMBER, "hint": Mark.GREY}
LEVEL_COLUMN = 2
LINE = 15.0
COVER = (16, 100)
MOST_LINES = 12


def write(report: Report, path: Path) -> None:
    """Write the report as a workbook, whole or not at all. Raises OSError if the folder cannot be written."""
    write_book(path, _sheets(report))


def _sheets(report: Report) -> Iterator[Sheet]:
    summary = summarise(report)
    yield _cover(report)
    yield sheet(tables.by_unit(summary), _("汇总"))
    yield sheet(tables.by_rule(summary))
    yield sheet(savings.costs(summary))
    yield sheet(lists.findings(report), _("问题清单"))
    yield sheet(tables.register(report), _("台账"))
    yield sheet(tables.plan(report))
    yield sheet(savings.fates(report))
    yield sheet(savings.each_fate(report))
    yield sheet(savings.forecast(report))
    yield sheet(lists.burden(report))
    yield sheet(lists.definitions())
    compared = [table for table in (since.before_after(report), since.foretold(report), since.mended(report)) if table]
    optional = [lists.hints(report), tables.accounts(report), unread.problems(report.problems), *compared]
    optional += [*report.annexes, *report.confidential]
    yield from (sheet(table) for table in optional if table.rows)
    yield sheet(tables.clauses(summary))


def _cover(report: Report) -> Sheet:
    summary = summarise(report)
    said = [(_("结论"), headline(report, summary)), *basis(report)]
    rest = [*((_("覆盖范围"), line) for line in coverage(report, summary)), *((_("说明"), line) for line in caution())]
    rows = [*said, *rest]
    heights = [_height(row, COVER) for row in rows]
    return Sheet(_("说明"), [_("项目"), _("内容")], rows, report.title, widths=COVER, heights=heights)


def sheet(table: Table, name: str | None = None) -> Sheet:
    """Return a table as a sheet whose rows are as high as their longest cell needs."""
    rows = [*table.rows, table.total] if table.total else table.rows
    marks = {(i, LEVEL_COLUMN): MARKS[level] for i, level in enumerate(table.levels)}
    heights = [_height(row, table.widths) for row in rows]
    return Sheet(name or table.title, table.header, rows, table.title, table.notes, table.widths, marks, heights=heights)


def _height(row: Row, widths: Sequence[float]) -> float:
    """Return the points a row needs: a Chinese character is two columns' units wide."""
    return LINE * min(max(map(_lines, row, widths), default=1), MOST_LINES) + 3


def _lines(value: Value, width: float) -> int:
    if not isinstance(value, str):
        return 1
    return sum(max(1, ceil(_units(part) / (width - 1))) for part in value.split("\n"))


def _units(text: str) -> float:
    wide = sum(1 for character in text if character > "\u2e7f")
    return len(text) + wide
