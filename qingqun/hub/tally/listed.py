"""What a supervisor may see: the notices their offices sent, and those of others that are over, as far as their own units go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from qingqun.findings.suppress import FEW
from qingqun.hub import sql
from qingqun.hub.models import Tally
from qingqun.hub.moment import from_ms
from qingqun.hub.tally.coarse import Step
from qingqun.hub.tally.take import Shown, midnight, whole

_NOTICES = f"""
SELECT n.id, n.title, u.name, u.path, n.confirm, n.people, n.accepted_at, n.deadline, n.withdrawn_at, n.forgotten_at
FROM hub_notice n JOIN hub_unit u ON u.id = n.unit_id
WHERE n.id < %s AND n.people >= {FEW} AND ({{sent}} OR EXISTS (
  SELECT 1 FROM hub_tally t JOIN hub_unit c ON c.id = t.unit_id WHERE t.notice_id = n.id AND ({{cells}})))
ORDER BY n.id DESC LIMIT %s
"""  # noqa: S608  a number; every value is a parameter


class Part(NamedTuple):
    """One cell of a notice that is over."""

    unit: str
    rest: bool
    shown: Shown


class Line(NamedTuple):
    """One notice as a supervisor sees it; `shown` is None where nothing may be said of the whole."""

    notice: int
    title: str
    office: str
    confirm: str
    people: int
    at: datetime
    deadline: datetime | None
    withdrawn: bool
    over: bool
    own: bool  # sent from these units: the whole may be seen, not only their own part
    shown: Shown | None
    parts: Sequence[Part]


def listed(paths: Iterable[str], now: datetime, before: int, count: int) -> list[Line]:
    """Return the notices that concern units at these paths and below, the newest first, those before a number."""
    reach = [f"{path}%" for path in paths]
    if not reach:
        return []
    either = {name: " OR ".join([f"{name}.path LIKE %s"] * len(reach)) for name in ("u", "c")}
    text = _NOTICES.format(sent=f"({either['u']})", cells=either["c"])
    rows = sql.rows(text, [before, *reach, *reach, count])
    kept = _kept([row[0] for row in rows])
    return [_line(row, kept.get(row[0], []), [path.removesuffix("%") for path in reach], now) for row in rows]


def _kept(notices: Sequence[int]) -> dict[int, list[Tally]]:
    found: dict[int, list[Tally]] = {}
    for row in Tally.objects.select_related("unit").filter(notice_id__in=notices).order_by("notice_id", "unit__path"):
        found.setdefault(row.notice_id, []).append(row)
    return found


def _line(row: tuple[Any, ...], kept: Sequence[Tally], reach: Sequence[str], now: datetime) -> Line:
    number, title, office, path, confirm, people, at, deadline, withdrawn, over = row
    cells = [one for one in kept if one.unit_id]
    own = _within(path, reach)
    return Line(
        notice=number,
        title=title,
        office=office,
        confirm=confirm,
        people=people,
        at=from_ms(at),
        deadline=from_ms(deadline) if deadline else None,
        withdrawn=withdrawn is not None,
        over=over is not None,
        own=own,
        shown=_total(number, at, kept, now, over=over is not None) if own and not withdrawn else None,
        parts=[_part(one) for one in cells if not withdrawn and one.unit and _within(one.unit.path, reach)],
    )


def _total(notice: int, at: int, kept: Sequence[Tally], now: datetime, *, over: bool) -> Shown | None:
    """Return how the whole stands: at the end as it was kept, before as this day began; None on its first day."""
    if over:
        return next((_shown(one) for one in kept if one.unit_id is None), None)
    return whole(notice, now) if from_ms(at) < midnight(now) else None


def _within(path: str, reach: Sequence[str]) -> bool:
    return any(path.startswith(begin) for begin in reach)


def _part(one: Tally) -> Part:
    return Part(one.unit.name if one.unit else "", one.rest, _shown(one))


def _shown(one: Tally) -> Shown:
    done = None if one.done_low is None or one.done_high is None else Step(one.done_low, one.done_high)
    return Shown(one.people, Step(one.delivered_low, one.delivered_high), done)
