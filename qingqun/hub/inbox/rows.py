"""The list as the database gives it: one statement a person, plain tuples, no objects."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from qingqun.hub import often, sql
from qingqun.hub.models import State
from qingqun.hub.moment import to_ms

MOST = 300  # what one page can hold; older ones are found under "all"
RECENT = timedelta(days=1)  # what was done since then is still at hand


class Row(NamedTuple):
    """One delivery as the list shows it. Moments are milliseconds since the epoch, UTC; None where there is none."""

    delivery: int
    notice: int
    title: str
    unit: str
    author: str
    topic: str | None
    importance: str
    confirm: str
    deadline: int | None
    valid_until: int | None
    revision: int
    withdrawn_at: int | None
    accepted_at: int
    audience: Any
    state: str
    not_before: int
    ring_after: int | None
    delivered_at: int | None
    read_at: int | None
    done_at: int | None
    snoozed_until: int | None
    reason: Any
    behalf: str | None
    into: int | None  # the delivery that this one is folded into
    into_title: str | None
    changed_at: int | None  # when the text changed last; None: never


_COLUMNS = """
SELECT d.id, n.id, n.title, u.name, a.name, t.name, n.importance, n.confirm, n.deadline, n.valid_until, n.revision, n.withdrawn_at,
       n.accepted_at, n.audience, d.state, d.not_before, d.ring_after, d.delivered_at, d.read_at, d.done_at, d.snoozed_until,
       h.reason, b.name, f.id, m.title,
       CASE WHEN n.revision > 1 THEN (SELECT r.at FROM hub_revision r WHERE r.notice_id = n.id AND r.number = n.revision) END
"""
_JOINS = """
JOIN hub_notice n ON n.id = d.notice_id JOIN hub_unit u ON u.id = n.unit_id JOIN hub_person a ON a.id = n.author_id
LEFT JOIN hub_topic t ON t.id = n.topic_id LEFT JOIN hub_hold h ON h.id = d.hold_id LEFT JOIN hub_person b ON b.id = d.behalf_id
LEFT JOIN hub_notice m ON m.id = d.into_id LEFT JOIN hub_delivery f ON f.notice_id = d.into_id AND f.person_id = d.person_id
"""
_SEEN = f"(d.state IN ('{State.DELIVERED}', '{State.FOLDED}') OR d.state = '{State.WITHDRAWN}' AND d.delivered_at IS NOT NULL)"
# What is open is found in the index alone: a person's rows lie all over the table, and most of them are over and done.
# Four times as many as are shown: those never seen (taken back while held) fall out afterwards.
_OPEN = f"""
WITH still AS MATERIALIZED (
  SELECT o.id FROM hub_delivery o JOIN hub_notice k ON k.id = o.notice_id
  WHERE o.person_id = %s AND o.not_before <= %s AND (o.done_at IS NULL OR o.done_at > %s OR k.deadline > %s)
  ORDER BY o.not_before DESC, o.id DESC LIMIT %s
)
{_COLUMNS} FROM still JOIN hub_delivery d ON d.id = still.id {_JOINS} WHERE {_SEEN} ORDER BY d.not_before DESC, d.id DESC LIMIT %s
"""  # noqa: S608  the words of states.py; every value is a parameter
_ROWS = f"{_COLUMNS} FROM hub_delivery d {_JOINS} WHERE d.person_id = %s AND d.not_before <= %s AND {_SEEN}"
_ALL = " AND d.id < %s ORDER BY d.id DESC LIMIT %s"
_SINCE = " AND d.not_before >= %s ORDER BY d.not_before DESC, d.id DESC LIMIT %s"
_ONE = " AND d.id = %s"


def listed(person: int, now: datetime) -> list[Row]:
    """Return what is open for a person, and what was done a short while ago, newest first."""
    at = to_ms(now)
    return [_row(columns) for columns in often.rows(_OPEN, [person, at, to_ms(now - RECENT), at, 4 * MOST, MOST])]


def every(person: int, now: datetime, before: int, count: int) -> list[Row]:
    """Return all there ever was, newest first, those before a delivery."""
    return _rows(_ALL, person, now, before, count)


def since(person: int, start: datetime, now: datetime) -> list[Row]:
    """Return what came from a moment on."""
    return _rows(_SINCE, person, now, to_ms(start), 10 * MOST)


def one(delivery: int, person: int, now: datetime) -> Row | None:
    """Return a person's own delivery; None where it is another's, or not to be seen yet."""
    return next(iter(_rows(_ONE, person, now, delivery)), None)


def _rows(which: str, person: int, now: datetime, *values: int) -> list[Row]:
    return [_row(columns) for columns in sql.rows(_ROWS + which, [person, to_ms(now), *values])]


def _row(columns: Sequence[Any]) -> Row:
    row = Row._make(columns)
    return row._replace(audience=_read(row.audience), reason=_read(row.reason or "{}"))


@lru_cache(maxsize=1_024)
def _read(text: str) -> Mapping[str, Any]:
    """Read JSON; a notice's is the same for all its readers. Nobody changes what it gives."""
    found: Mapping[str, Any] = json.loads(text)
    return found
