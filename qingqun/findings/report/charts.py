"""Where the bars of the charts stand, in units of a 360 wide drawing that is still legible on a phone. Drawn by the page's template."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from qingqun.findings.report.model import Report
from qingqun.findings.report.summary import Summary
from qingqun.i18n import _

WIDTH = 360.0
TALL = 120.0
LINE = 32.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle and what a screen reader says of it. `look` is a class of the style sheet."""

    x: float
    y: float
    width: float
    height: float
    look: str
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """One horizontal bar with its name above and its number at the end; a `mark` is a second value on the same scale."""

    y: float
    name: str
    bars: tuple[Bar, ...]
    figure: str
    mark: float | None = None


def hours(activity: pl.DataFrame) -> list[Bar]:
    """Twenty-four stacked columns: working time, outside it, emergencies."""
    most = max(1, *activity.select(pl.sum_horizontal("work", "off", "emergency")).to_series())
    return [bar for row in activity.iter_rows(named=True) for bar in _column(row, TALL / most)]


def _column(row: dict[str, int], scale: float) -> Iterable[Bar]:
    step = WIDTH / 24
    top = TALL
    for look in ("work", "off", "emergency"):
        height = row[look] * scale
        top -= height
        if height:
            yield Bar(
                round(row["hour"] * step + 1.5, 1), round(top, 1), step - 3, round(height, 1), look, f"{row['hour']:02d}:00 {row[look]}"
            )


def rules(summary: Summary) -> list[Line]:
    """One line a rule, the most first: violations, then warnings."""
    most = max(1, *summary.by_rule["total"]) if len(summary.by_rule) else 1
    ordered = summary.by_rule.sort("total", descending=True, maintain_order=True)
    return [_rule(i, row, (WIDTH - 50) / most) for i, row in enumerate(ordered.iter_rows(named=True))]


def _rule(i: int, row: dict[str, int | str], scale: float) -> Line:
    bars, left, y = [], 0.0, i * LINE
    for look in ("violation", "warning"):
        width = int(row[look]) * scale
        if width:
            bars.append(Bar(round(left, 1), y + 17, round(max(width, 1), 1), 8, look, f"{row['title']} {row[look]}"))
        left += width
    return Line(y, str(row["title"]), tuple(bars), str(row["total"]))


def units(report: Report, metric: str) -> list[Line]:
    """One line a unit: the median as a bar, the 90th percentile as a mark. A hidden cell has no bar and says so."""
    table = report.burden.table.filter(pl.col("metric") == metric)
    most = max([1.0, *table["p90"].drop_nulls(), *table["median"].drop_nulls()])
    return [_unit(i, row, (WIDTH - 70) / most) for i, row in enumerate(table.iter_rows(named=True))]


def _unit(i: int, row: dict[str, float | str | None], scale: float) -> Line:
    name, median, p90 = str(row["unit"] or _("全部")), row["median"], row["p90"]
    if not isinstance(median, float):
        return Line(i * LINE, name, (), _("人数不足，不显示"))
    bar = Bar(0, i * LINE + 17, round(max(median * scale, 1), 1), 8, "work", f"{name} {median:.0f}")
    return Line(i * LINE, name, (bar,), f"{median:.0f}", round(p90 * scale, 1) if isinstance(p90, float) else None)
