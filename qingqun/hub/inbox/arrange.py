"""The list in the order a person needs it: emergencies, what is asked, by when first; then what to know; the rest folded away."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from qingqun.hub.inbox.rows import Row
from qingqun.hub.models import Confirm, Importance, State
from qingqun.hub.moment import to_ms

DAY = 24 * 3_600_000
STALE = 14 * DAY  # what only informs and was not opened for so long is folded


class Arranged(NamedTuple):
    """Every row stands in exactly one of these."""

    must: list[Row]
    know: list[Row]
    later: list[Row]
    folded: list[Row]
    done: list[Row]


def arranged(rows: Iterable[Row], now: datetime) -> Arranged:
    """Put each row where it belongs at a moment."""
    at = to_ms(now)
    found = Arranged([], [], [], [], [])
    for row in rows:
        getattr(found, _place(row, at)).append(row)
    found.must.sort(key=lambda row: (row.importance != Importance.EMERGENCY, row.deadline is None, row.deadline or 0, row.not_before))
    return found


def asks(row: Row) -> bool:
    """Tell whether anything is asked beyond knowing it; an emergency always asks to be seen now."""
    return row.importance == Importance.EMERGENCY or row.deadline is not None or row.confirm in {Confirm.CONFIRM, Confirm.ANSWER}


def _place(row: Row, at: int) -> str:
    if row.withdrawn_at is not None or row.state == State.WITHDRAWN:
        return "know" if row.read_at is None or row.read_at < (row.withdrawn_at or 0) else "done"
    if _finished(row, at):
        return "done"
    if row.state == State.FOLDED or _past(row, at):
        return "folded"
    if row.snoozed_until is not None and row.snoozed_until > at:
        return "later"
    return "must" if asks(row) else "know"


def _finished(row: Row, at: int) -> bool:
    """A task that takes no confirmation was only read: it stays in sight until its deadline."""
    if row.done_at is None:
        return False
    return row.confirm in {Confirm.CONFIRM, Confirm.ANSWER} or row.deadline is None or row.deadline <= at


def _past(row: Row, at: int) -> bool:
    expired = row.valid_until is not None and row.valid_until <= at
    return expired or (not asks(row) and row.not_before < at - STALE)
