"""Asking platforms later what became of a ring they took: where one says that it was not given out, the next channel rings."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from qingqun.hub import ledger, sql
from qingqun.hub.deliver.channels import Opened
from qingqun.hub.deliver.ringing import Asked, Outcome
from qingqun.hub.deliver.speak import Denied, Unheard, Unsent
from qingqun.hub.models import Lane, Ring, State
from qingqun.hub.moment import MINUTE, from_ms, to_ms

BATCH = 50
LONGEST = 3 * 24 * 60 * MINUTE  # after that nothing new is to be learned
Clock = Callable[[], datetime]

# Whoever asks puts the next time off first: two workers do not ask the same, and one that dies is not missed. Each time as long again.
_DUE = f"""
WITH due AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE channel = %s AND lane = %s AND ask_after <= %s ORDER BY ask_after LIMIT %s {{claimed}}
)
UPDATE hub_attempt SET ask_after = CASE WHEN state <> '{Ring.SENT}' OR 2 * (%s - tried_at) > {LONGEST} THEN NULL
  WHEN %s - tried_at < {MINUTE} THEN %s + {MINUTE} ELSE %s + (%s - tried_at) END
WHERE id IN (SELECT id FROM due) RETURNING id
"""  # noqa: S608  words of states.py and numbers
_WHAT = f"""
SELECT a.id, a.delivery_id, a.platform_id, c.address, a.tried_at FROM hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id
JOIN hub_contact c ON c.person_id = d.person_id AND c.channel = a.channel WHERE a.id IN ({{ids}}) AND a.state = '{Ring.SENT}'
"""  # noqa: S608  same
_PROVEN = f"UPDATE hub_attempt SET state = %s, outcome = %s, ended_at = %s, ask_after = NULL WHERE id = %s AND state = '{Ring.SENT}'"  # noqa: S608  same
_ARRIVED = f"""
UPDATE hub_delivery SET state = '{State.DELIVERED}', delivered_at = %s
WHERE id = %s AND NOT inbox AND state IN ('{State.SENT}', '{State.UNKNOWN}', '{State.QUEUED}', '{State.REFUSED}')
"""  # noqa: S608  same
_NEXT = f"""
UPDATE hub_delivery SET ring_after = CASE WHEN read_at IS NULL AND not_before <= %s THEN %s ELSE ring_after END,
       state = CASE WHEN NOT inbox AND state = '{State.SENT}' THEN '{State.REFUSED}' ELSE state END
WHERE id = %s
"""  # noqa: S608  same


def prove(clock: Clock, lane: str, opened: Opened) -> int:
    """Ask a channel's platform about a batch of its rings; return how many were asked about."""
    ask = getattr(opened.channel, "poll_result", None)
    if ask is None:
        return 0
    rows = _due(clock(), lane, opened.name)
    found = [(row, outcome) for row in rows if (outcome := _asked(ask, row, opened))]
    if found:
        with sql.act(first=lane == Lane.EMERGENCY):
            done = [(row[0], outcome.state) for row, outcome in found if _write(row, outcome, clock())]
            told = Counter(str(state) for _attempt, state in done)
            ledger.write("proof", clock(), count=len(done), digest=ledger.digest(done), data=told)
    return len(rows)


def _due(now: datetime, lane: str, channel: str) -> list[tuple[Any, ...]]:
    at = to_ms(now)
    with sql.act(first=lane == Lane.EMERGENCY):
        ids = [row[0] for row in sql.rows(_DUE.format(claimed=sql.claimed()), [channel, lane, at, BATCH, at, at, at, at, at])]
        return sql.rows(_WHAT.format(ids=sql.marks(ids)), ids) if ids else []


def _asked(ask: Callable[..., Outcome | None], row: tuple[Any, ...], opened: Opened) -> Outcome | None:
    try:
        return ask(Asked(row[2], row[3], from_ms(row[4])), opened.credentials)
    except (Denied, Unsent, Unheard):
        return None  # it is asked again later


def _write(row: tuple[Any, ...], outcome: Outcome, now: datetime) -> bool:
    attempt, delivery, at = row[0], row[1], to_ms(now)
    if not sql.run(_PROVEN, [str(outcome.state), outcome.word[:190], at, attempt]):
        return False
    if outcome.state == Ring.DELIVERED:
        sql.run(_ARRIVED, [at, delivery])
    else:
        sql.run(_NEXT, [at, at, delivery])
    return True
