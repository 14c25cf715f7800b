"""What the last audit found, to be read only: rules with their numbers, and the measured burden with small cells hidden.

Shown is what `qingqun audit --out DATA/report` left to be kept: no text, no name, no person. It speaks of the whole office, so it is
open to who administers or audits the whole office, not a part of it.
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse

from qingqun.findings import before
from qingqun.findings.metrics import metrics
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import refused, show
from qingqun.hub.pages.better import WRITTEN
from qingqun.judge.catalogue import subject_title
from qingqun.judge.discovery import rules
from qingqun.judge.rule import Rule

URL, NAME, ROLES, METHODS = "findings/", "findings", {Right.ADMINISTRATOR, Right.AUDITOR}, {"GET", "HEAD"}
NAV = (65, "check", later("审计发现"))
_FACTS = Path("report") / "facts.parquet"


class Broken(NamedTuple):
    """A rule with its findings; `way` is the rule's name where there is a better way to write."""

    title: str
    subject: str
    reason: str
    found: int
    way: str = ""


class Measured(NamedTuple):
    """A metric, a row a unit: name (empty for all), people, median, the ninth decile; None where a cell is too small to show."""

    title: str
    unit: str
    definition: str
    rows: list[tuple[str, int | None, float | None, float | None]]


def page(request: Asked) -> HttpResponse:
    """Show it; where there was no audit yet, how to make one."""
    if not any(right in ROLES and path.count("/") == 2 for right, path in request.visitor.powers):
        return refused(request, 403)
    path: Path = settings.DATA / _FACTS
    if not path.exists():
        return show(request, "findings", kept=None, folder=path.parent)
    kept = _kept(path, path.stat().st_mtime_ns)
    return show(request, "findings", kept=kept, broken=_broken(kept), measured=_measured(kept))


@lru_cache(maxsize=1)
def _kept(path: Path, _changed: int) -> before.Kept:
    return before.load(path)


def _broken(kept: before.Kept) -> list[Broken]:
    """Order by number; a rule that this version no longer has keeps its name."""
    known = {rule.name: rule for rule in rules()}
    rows = [_row(known.get(name), name, count) for name, count in kept.findings.items() if count]
    return sorted(rows, key=lambda row: (-row.found, row.title))


def _row(rule: Rule | None, name: str, count: int) -> Broken:
    if rule is None:
        return Broken(name, "", "", count)
    return Broken(rule.title, subject_title(rule.subject), rule.reason, count, name if rule.subject == WRITTEN else "")


def _measured(kept: before.Kept) -> list[Measured]:
    columns = ("unit", "metric", "people", "median", "p90", "hidden")
    cells: dict[str, list[tuple[str, int | None, float | None, float | None]]] = {}
    for unit, metric, people, median, p90, hidden in kept.burden.select(columns).iter_rows():
        cells.setdefault(metric, []).append((unit or "", *((None, None, None) if hidden else (people, median, p90))))
    return [Measured(one.title, one.unit, one.definition, sorted(cells[one.name])) for one in metrics() if one.name in cells]
