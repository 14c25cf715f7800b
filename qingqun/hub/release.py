"""Release: held deliveries whose time has come are judged again and put into the inbox, a batch in one transaction."""

from datetime import datetime

from qingqun.hub import ledger, sql
from qingqun.hub.models import Importance, Lane, State
from qingqun.hub.moment import to_ms

BATCH = 1_000

# Ordered by the index alone: thousands wait for the same minute, and sorting those by id would cost every batch all of them.
_RELEASE = f"""
UPDATE hub_delivery SET state = r.next, into_id = r.into_id,
       ring_after = CASE WHEN r.next IN ('{State.DELIVERED}', '{State.QUEUED}') THEN hub_delivery.ring_after END,
       delivered_at = CASE WHEN r.next IN ('{State.DELIVERED}', '{State.FOLDED}') THEN %s END
FROM (
  SELECT j.id, j.into_id,
         CASE WHEN j.withdrawn_at IS NOT NULL THEN '{State.WITHDRAWN}' WHEN j.valid_until <= %s THEN '{State.EXPIRED}'
              WHEN j.into_id IS NOT NULL OR (j.importance = '{Importance.EMERGENCY}' AND j.lane = '{Lane.ROUTINE}') THEN '{State.FOLDED}'
              WHEN j.inbox THEN '{State.DELIVERED}' ELSE '{State.QUEUED}' END AS next
  FROM (
    SELECT c.id, c.inbox, c.lane, n.withdrawn_at, n.valid_until, n.importance,
           (SELECT o.notice_id FROM hub_delivery o
            WHERE o.notice_id = n.same_as_id AND o.person_id = c.person_id AND o.state = '{State.DELIVERED}') AS into_id
    FROM (SELECT id, notice_id, person_id, inbox, lane FROM hub_delivery
          WHERE state = '{State.HELD}' AND lane = %s AND not_before <= %s ORDER BY not_before LIMIT %s {{claimed}}) AS c
    JOIN hub_notice n ON n.id = c.notice_id
  ) AS j
) AS r
WHERE hub_delivery.id = r.id AND hub_delivery.state = '{State.HELD}'
RETURNING hub_delivery.id, hub_delivery.state
"""  # noqa: S608  the words of states.py; every value is a parameter


def release(now: datetime, lane: str = Lane.ROUTINE, limit: int = BATCH) -> int:
    """Release up to `limit` deliveries of a lane, earliest first, and return how many; several workers take different ones."""
    at = to_ms(now)
    with sql.act():
        done = sql.rows(_RELEASE.format(claimed=sql.claimed()), [at, at, str(lane), at, limit])
        if done:
            ledger.write("release", now, count=len(done), digest=ledger.digest(done), data=_counts([state for _id, state in done]))
    return len(done)


def _counts(states: list[str]) -> dict[str, object]:
    return {state: states.count(state) for state in sorted(set(states))}
