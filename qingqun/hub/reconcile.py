"""Reconciliation: what was accepted is the sum of the states, notice by notice, and the ledger says the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qingqun.hub import sql
from qingqun.hub.models import Ring, State
from qingqun.hub.moment import to_ms

UNPROVEN_AFTER = timedelta(minutes=30)  # where a channel names no limit of its own


@dataclass(frozen=True, slots=True)
class Gap:
    """A notice whose sums differ."""

    notice: int
    accepted: int  # as the ledger says
    found: int  # deliveries there are


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`states` adds up to `accepted` where there is no gap; `stale` are attempts without an outcome for too long."""

    accepted: int
    states: dict[str, int]
    gaps: tuple[Gap, ...]
    stale: tuple[int, ...]
    sent_back: int  # emergencies that their second person refused: no notice came of them
    exports: int  # acts that took out what the hub holds
    overdue: int  # held although their time came more than the limit ago: no worker runs

    @property
    def explained(self) -> bool:
        """Tell whether every accepted delivery is in exactly one known state."""
        return not self.gaps and self.accepted == sum(self.states.values()) and set(self.states) <= set(State)


# One pass over the deliveries; a notice that only one side knows shows as a gap too.
_BY_NOTICE = "SELECT notice_id, state, count(*) FROM hub_delivery GROUP BY notice_id, state"
_ACCEPTED = "SELECT notice, SUM(count) FROM hub_entry WHERE act IN ('accept', 'add') GROUP BY notice"
_BESIDE = "SELECT SUM(CASE WHEN act = 'send back' THEN 1 ELSE 0 END), SUM(CASE WHEN act = 'export' THEN 1 ELSE 0 END) FROM hub_entry"
_STALE = "SELECT id FROM hub_attempt WHERE state IN (%s, %s) AND tried_at < %s ORDER BY tried_at"
_OVERDUE = "SELECT count(*) FROM hub_delivery WHERE state = %s AND not_before < %s"


def reconcile(now: datetime, limit: timedelta = UNPROVEN_AFTER) -> Reconciled:
    """Add everything up. Runs in one view of the database, so that acts going on meanwhile make no false gap."""
    before = to_ms(now - limit)
    with sql.act():
        sql.one_view()
        accepted = {notice: int(count) for notice, count in sql.rows(_ACCEPTED)}
        rows = sql.rows(_BY_NOTICE)
        stale = tuple(row[0] for row in sql.rows(_STALE, [str(Ring.SENT), str(Ring.UNKNOWN), before]))
        sent_back, exports = (int(count or 0) for count in sql.rows(_BESIDE)[0])
        overdue = sql.value(_OVERDUE, [str(State.HELD), before])
    return Reconciled(sum(accepted.values()), _by_state(rows), _gaps(accepted, rows), stale, sent_back, exports, overdue)


def _by_state(rows: list[tuple[int, str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for _notice, state, count in rows:
        found[state] = found.get(state, 0) + count
    return found


def _gaps(accepted: dict[int, int], rows: list[tuple[int, str, int]]) -> tuple[Gap, ...]:
    found: dict[int, int] = {}
    for notice, _state, count in rows:
        found[notice] = found.get(notice, 0) + count
    every = sorted(set(accepted) | set(found))
    pairs = ((notice, accepted.get(notice, 0), found.get(notice, 0)) for notice in every)
    return tuple(Gap(*pair) for pair in pairs if pair[1] != pair[2])
