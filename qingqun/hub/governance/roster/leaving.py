"""Somebody leaves: no access from this moment on, and what they had not done goes to their deputy."""

from collections.abc import Sequence
from datetime import datetime

from qingqun.hub import ledger, sql
from qingqun.hub.models import State, User
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import marks

# The nearest deputy who is still there: one's own, else theirs. A deputy who has the notice already gets no second.
_HEIRS = """
SELECT p.id, CASE WHEN d.left_at IS NULL THEN d.id ELSE e.id END FROM hub_person p
JOIN hub_person d ON d.id = p.deputy_id LEFT JOIN hub_person e ON e.id = d.deputy_id AND e.left_at IS NULL AND e.id <> p.id
WHERE p.id IN ({persons}) AND (d.left_at IS NULL OR e.id IS NOT NULL)
"""
_HANDED = f"""
INSERT INTO hub_delivery (notice_id, person_id, behalf_id, hold_id, into_id, state, lane, inbox, not_before, ring_after, delivered_at)
SELECT d.notice_id, h.id, d.person_id, d.hold_id, NULL,
       CASE WHEN d.not_before > %s THEN '{State.HELD}' WHEN h.inbox THEN '{State.DELIVERED}' ELSE '{State.QUEUED}' END,
       d.lane, h.inbox, CASE WHEN d.not_before > %s THEN d.not_before ELSE %s END,
       CASE WHEN d.not_before > %s THEN d.ring_after ELSE %s END, CASE WHEN d.not_before <= %s AND h.inbox THEN %s END
FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id JOIN hub_person h ON h.id = %s
WHERE d.person_id = %s AND d.done_at IS NULL AND n.withdrawn_at IS NULL AND (n.valid_until IS NULL OR n.valid_until > %s)
  AND d.state IN ('{State.HELD}', '{State.DELIVERED}', '{State.QUEUED}', '{State.SENT}', '{State.UNKNOWN}')
ON CONFLICT (notice_id, person_id) DO NOTHING
RETURNING id, notice_id, state
"""  # noqa: S608  words of states.py


def leave(persons: Sequence[int], now: datetime, by: int | None = None) -> int:
    """Let persons leave, inside an act; return how many deliveries went to deputies. Who has left before is passed over."""
    at = to_ms(now)
    if not persons:
        return 0
    going = [row[0] for row in sql.rows(f"SELECT id FROM hub_person WHERE left_at IS NULL AND id IN ({marks(persons)})", persons)]  # noqa: S608  only marks
    if not going:
        return 0
    places = marks(going)
    sql.run(f"UPDATE hub_person SET left_at = %s WHERE id IN ({places})", [at, *going])  # noqa: S608  only marks
    User.objects.filter(person__in=going).update(is_active=False)
    sql.run(f"UPDATE hub_delivery SET ring_after = NULL WHERE person_id IN ({places}) AND ring_after IS NOT NULL", going)  # noqa: S608  same
    sql.run(f"DELETE FROM hub_power WHERE person_id IN ({places})", going)  # noqa: S608  same
    handed = sum(_handed(person, heir, at, now) for person, heir in sql.rows(_HEIRS.format(persons=places), going) if heir)
    ledger.write("leave", now, person=by, count=len(going), data={"handed": handed})
    return handed


def _handed(person: int, heir: int, at: int, now: datetime) -> int:
    made = sql.rows(_HANDED, [*[at] * 7, heir, person, at])
    by_notice: dict[int, list[tuple[int, str]]] = {}
    for number, notice, state in made:
        by_notice.setdefault(notice, []).append((number, state))
    for notice, pairs in by_notice.items():
        ledger.write("add", now, notice=notice, person=heir, count=len(pairs), digest=ledger.digest(pairs))
    return len(made)
