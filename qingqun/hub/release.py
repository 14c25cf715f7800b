"""Release: held deliveries whose time has come are judged again and put into the inbox, a batch in one transaction.

Judged again: withdrawn, over, the same there already, and who does not work now after all (leave, shift, hours or calendar changed since).
Where that cannot be told, the error is the caller's and everything stays held: this lane fails closed.
"""

from collections.abc import Callable
from datetime import datetime

from qingqun.hub import ledger, sql
from qingqun.hub.models import Importance, Lane, State
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql, marks

BATCH = 1_000

Resting = Callable[[Sql, datetime], Sql | None]  # persons -> who of them does not work now; hold.resting

# Ordered by the index alone: thousands wait for the same minute, and sorting those by id would cost every batch all of them.
_CLAIM = f"""
SELECT id FROM hub_delivery WHERE state = '{State.HELD}' AND lane = %s AND not_before <= %s ORDER BY not_before LIMIT %s {{claimed}}
"""  # noqa: S608  a word of states.py
# Copies of one notice and what passes it on: the first that a person has, else the first that this very statement brings them, unless it
# is over, withdrawn, or brought by a channel. What asks anew folds into nothing.
_TREE = "(f.id = COALESCE(n.root_id, n.same_as_id) OR f.root_id = COALESCE(n.root_id, n.same_as_id))"
_HAD = f"""
SELECT MIN(o.notice_id) FROM hub_notice f JOIN hub_delivery o ON o.notice_id = f.id AND o.person_id = c.person_id
WHERE {_TREE} AND f.id <> n.id AND o.state = '{State.DELIVERED}'
"""  # noqa: S608  same
_FIRST = f"""
SELECT MIN(e.notice_id) FROM hub_notice f JOIN hub_delivery e ON e.notice_id = f.id AND e.person_id = c.person_id
WHERE {_TREE} AND f.id < n.id AND e.id IN (SELECT id FROM batch) AND e.inbox AND e.state = '{State.HELD}' AND f.withdrawn_at IS NULL
  AND f.importance <> '{Importance.EMERGENCY}' AND (f.valid_until IS NULL OR f.valid_until > %s)
"""  # noqa: S608  same
# The batch is named twice, so that its rows are read by their numbers and never by walking all there are. What is decided is written down
# (MATERIALIZED) before it is used, or PostgreSQL works it out once for each column.
_RELEASE = f"""
WITH batch AS MATERIALIZED (SELECT id, notice_id, person_id, inbox, lane FROM hub_delivery WHERE id IN ({{ids}})),
judged AS MATERIALIZED (
  SELECT c.id, c.inbox, c.lane, n.withdrawn_at, n.valid_until, n.importance,
         CASE WHEN COALESCE(n.root_id, n.same_as_id) IS NOT NULL AND NOT n.anew THEN COALESCE(({_HAD}), ({_FIRST})) END AS into_id
  FROM batch c JOIN hub_notice n ON n.id = c.notice_id
),
decided AS MATERIALIZED (
  SELECT j.id, j.into_id,
         CASE WHEN j.withdrawn_at IS NOT NULL THEN '{State.WITHDRAWN}' WHEN j.valid_until <= %s THEN '{State.EXPIRED}'
              WHEN j.into_id IS NOT NULL OR (j.importance = '{Importance.EMERGENCY}' AND j.lane = '{Lane.ROUTINE}') THEN '{State.FOLDED}'
              WHEN j.inbox THEN '{State.DELIVERED}' ELSE '{State.QUEUED}' END AS next
  FROM judged AS j
)
UPDATE hub_delivery SET state = r.next, into_id = r.into_id,
       ring_after = CASE WHEN r.next IN ('{State.DELIVERED}', '{State.QUEUED}') THEN hub_delivery.ring_after END,
       delivered_at = CASE WHEN r.next IN ('{State.DELIVERED}', '{State.FOLDED}') THEN %s END
FROM decided AS r
WHERE hub_delivery.id = r.id AND hub_delivery.id IN ({{ids}}) AND hub_delivery.state = '{State.HELD}'
RETURNING hub_delivery.id, hub_delivery.state
"""  # noqa: S608  the words of states.py; every value is a parameter
# The group's decision is kept beside those made at acceptance; its reason says that it was made later.
_KEEP = """
INSERT INTO hub_hold (notice_id, worktime, shift_from, back_at, not_before, ring_from, ring_spread, reason)
SELECT DISTINCT d.notice_id, r.worktime, r.shift_from, r.back_at, r.not_before, r.ring_from, r.spread, {json}
FROM ({resting}) AS r JOIN hub_delivery d ON d.person_id = r.person_id WHERE d.id IN ({ids})
ON CONFLICT (notice_id, worktime, shift_from, back_at)
DO UPDATE SET not_before = excluded.not_before, ring_from = excluded.ring_from, ring_spread = excluded.ring_spread, reason = excluded.reason
"""
_AGAIN = """
UPDATE hub_delivery SET not_before = r.not_before,
       hold_id = (SELECT h.id FROM hub_hold h WHERE h.notice_id = hub_delivery.notice_id
                  AND h.worktime = r.worktime AND h.shift_from = r.shift_from AND h.back_at = r.back_at),
       ring_after = CASE WHEN ring_after IS NOT NULL
                    THEN r.ring_from + ((r.person_id * 7919 + hub_delivery.notice_id * 104729) %% (r.spread + 1)) * 1000 END
FROM ({resting}) AS r WHERE r.person_id = hub_delivery.person_id AND hub_delivery.id IN ({ids}) RETURNING hub_delivery.id
"""


def release(now: datetime, lane: str = Lane.ROUTINE, limit: int = BATCH, resting: Resting | None = None) -> int:
    """Release up to `limit` deliveries of a lane, earliest first; return how many were looked at. Several workers take different ones."""
    at = to_ms(now)
    with sql.act():
        ids = [row[0] for row in sql.rows(_CLAIM.format(claimed=sql.claimed()), [str(lane), at, limit])]
        if not ids:
            return 0
        later = _hold_again(ids, now, resting) if resting else set()
        due = [one for one in ids if one not in later]
        done = sql.rows(_RELEASE.format(ids=marks(due)), [*due, at, at, at, *due]) if due else []
        if done:
            ledger.write("release", now, count=len(done), digest=ledger.digest(done), data=_counts([state for _id, state in done]))
    return len(ids)


def _hold_again(ids: list[int], now: datetime, resting: Resting) -> set[int]:
    people = Sql(f"SELECT DISTINCT person_id AS id FROM hub_delivery WHERE id IN ({marks(ids)})", tuple(ids))  # noqa: S608  only marks
    found = resting(people, now)
    if found is None:
        return set()
    reason = sql.json_text('{"code": "held_again"}')
    sql.run(_KEEP.format(json=reason, resting=found.text, ids=marks(ids)), [*found.params, *ids])
    later = sql.rows(_AGAIN.format(resting=found.text, ids=marks(ids)), [*found.params, *ids])
    if later:
        ledger.write("hold", now, count=len(later), digest=ledger.digest((row[0], str(State.HELD)) for row in later))
    return {row[0] for row in later}


def _counts(states: list[str]) -> dict[str, object]:
    return {state: states.count(state) for state in sorted(set(states))}
