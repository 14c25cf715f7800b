"""What became of attempts: begun, ended, rescued; and when the delivery is looked at next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from qingqun.hub import ledger, sql
from qingqun.hub.deliver.claim import LEASE
from qingqun.hub.deliver.ringing import MARK, WANTED, Outcome, Sent
from qingqun.hub.models import Lane, Ring, State
from qingqun.hub.moment import MINUTE, SECOND, to_ms

NEXT_AFTER = {str(Lane.ROUTINE): 60 * MINUTE, str(Lane.EMERGENCY): 1 * MINUTE}  # unread for so long: the next channel
FIRST_PAUSE = {str(Lane.ROUTINE): 30 * SECOND, str(Lane.EMERGENCY): 2 * SECOND}  # before a second try; four times as long each time
LONGEST_PAUSE = {str(Lane.ROUTINE): 120 * MINUTE, str(Lane.EMERGENCY): 15 * SECOND}
_WORD = 190

_BEGIN = f"""
UPDATE hub_attempt SET tried_at = %s, lease_until = %s
WHERE id = %s AND worker = %s AND state = '{Ring.SENDING}' AND tried_at IS NULL AND lease_until > %s
"""  # noqa: S608  a word of states.py
_END = f"""
UPDATE hub_attempt SET state = %s, ended_at = %s, outcome = %s, platform_id = %s, ask_after = %s, lease_until = NULL
WHERE id = %s AND worker = %s AND state = '{Ring.SENDING}' RETURNING delivery_id, key, lane
"""  # noqa: S608  same
# Who was reminded of what they have seen is rung on one channel; who has not seen it, on the next one too.
_NEXT = f"""
UPDATE hub_delivery SET ring_after = CASE WHEN read_at IS NOT NULL AND (%s = 1 OR NOT {WANTED.format(d="hub_delivery")}) THEN NULL
                        WHEN not_before > %s THEN not_before ELSE %s END,
       state = CASE WHEN NOT inbox AND state IN ('{State.QUEUED}', '{State.SENT}', '{State.UNKNOWN}', '{State.REFUSED}')
                    THEN %s ELSE state END,
       delivered_at = CASE WHEN NOT inbox AND %s = '{State.DELIVERED}' THEN %s ELSE delivered_at END
WHERE id = %s
"""  # noqa: S608  same
# One that was not begun has not left; one that was begun may have.
_UNBEGUN = f"""
WITH lost AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE state = '{Ring.SENDING}' AND lane = %s AND lease_until < %s AND tried_at IS NULL {{claimed}}
)
UPDATE hub_attempt SET state = '{Ring.QUEUED}', worker = '', lease_until = NULL
WHERE id IN (SELECT id FROM lost) AND state = '{Ring.SENDING}' RETURNING id
"""  # noqa: S608  same
_BEGUN = f"""
SELECT id, worker, channel FROM hub_attempt
WHERE state = '{Ring.SENDING}' AND lane = %s AND lease_until < %s AND tried_at IS NOT NULL {{claimed}}
"""  # noqa: S608  same
# One that is locked is just being begun or ended, which prolongs it as well; waiting for it could be a deadlock.
_BEAT = f"""
WITH mine AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE state = '{Ring.SENDING}' AND worker = %s AND lease_until > %s {{claimed}}
)
UPDATE hub_attempt SET lease_until = %s WHERE id IN (SELECT id FROM mine) AND state = '{Ring.SENDING}'
"""  # noqa: S608  same
_DROPPED = f"UPDATE hub_attempt SET lease_until = 0 WHERE worker = %s AND channel = %s AND state = '{Ring.SENDING}'"  # noqa: S608  same


def begin(attempt: int, worker: str, lane: str, now: datetime, ended: Iterable[Sent] = (), *, keyed: bool = False) -> bool:  # noqa: PLR0913  one act for two things: half the commits
    """Promise durably to hand an attempt over now, and write what became of earlier ones; False where the lease is lost."""
    at = to_ms(now)
    with sql.act(first=lane == Lane.EMERGENCY):
        end(ended, worker, now, keyed=keyed)
        return sql.run(_BEGIN, [at, at + LEASE[lane], attempt, worker, at]) == 1


def end(ended: Iterable[Sent], worker: str, now: datetime, *, keyed: bool) -> int:
    """Write outcomes inside an act, with one entry in the ledger; return how many counted."""
    done = [(attempt, outcome.state) for attempt, outcome in ended if _end(attempt, outcome, worker, now, keyed=keyed)]
    if done:
        words = [str(state) for _attempt, state in done]
        ledger.write("ring", now, count=len(done), digest=ledger.digest(done), data={word: words.count(word) for word in set(words)})
    return len(done)


def rescue(now: datetime, lane: str, keyed: Iterable[str]) -> int:
    """Take back what dead or stopped workers held; return how many. What may have left rings again only where that is harmless."""
    at, harmless = to_ms(now), set(keyed)
    with sql.act(first=lane == Lane.EMERGENCY):
        count = len(sql.rows(_UNBEGUN.format(claimed=sql.claimed()), [lane, at]))
        for attempt, worker, channel in sql.rows(_BEGUN.format(claimed=sql.claimed()), [lane, at]):
            count += end([(attempt, Outcome(Ring.UNKNOWN, "lease"))], worker, now, keyed=channel in harmless)
    return count


def drop(worker: str, lane: str, channel: str) -> int:
    """Let go of what a worker holds on a channel, as if it had died; return how many. The next look rescues them."""
    with sql.act(first=lane == Lane.EMERGENCY):
        return sql.run(_DROPPED, [worker, channel])


def beat(worker: str, lane: str, now: datetime) -> None:
    """Prolong a worker's leases and show that it lives."""
    with sql.act(first=lane == Lane.EMERGENCY):
        sql.run(_BEAT.format(claimed=sql.claimed()), [worker, to_ms(now), to_ms(now) + LEASE[lane]])
        shown = "INSERT INTO hub_worker (name, lane, beat) VALUES (%s, %s, %s) ON CONFLICT (name) DO UPDATE SET beat = excluded.beat"
        sql.run(shown, [worker, lane, to_ms(now)])


def _end(attempt: int, outcome: Outcome, worker: str, now: datetime, *, keyed: bool) -> bool:
    lane = next(iter(sql.rows("SELECT lane FROM hub_attempt WHERE id = %s", [attempt])), ("",))[0]
    again = outcome.again or (outcome.state == Ring.UNKNOWN and (keyed or lane == Lane.EMERGENCY))
    word = f"{'again ' if again else ''}{outcome.word}"[:_WORD]
    ask = to_ms(now) + outcome.ask * SECOND if outcome.ask and outcome.state == Ring.SENT else None
    values = [str(outcome.state), to_ms(now), word, outcome.platform_id[:120], ask, attempt, worker]
    found = sql.rows(_END, values)
    for delivery, key, _lane in found:
        at = to_ms(now) + _pause(replace(outcome, again=again), key, lane)
        state = State.QUEUED.value if again else _state(outcome.state)
        rung = int(not again and outcome.state != Ring.REFUSED)
        sql.run(_NEXT, [rung, at, at, state, state, to_ms(now), delivery])
    return bool(found)


def _pause(outcome: Outcome, key: str, lane: str) -> int:
    """Return the milliseconds until the delivery is looked at again."""
    if outcome.again:
        tried = int(key[MARK + 1 :] or 1)
        return min(
            max(outcome.after * SECOND, int(FIRST_PAUSE[lane] * 4 ** (min(tried, 9) - 1))), max(LONGEST_PAUSE[lane], outcome.after * SECOND)
        )
    return 0 if outcome.state == Ring.REFUSED else NEXT_AFTER[lane]


def _state(ring: Ring) -> str:
    """Return the state of a delivery to somebody without an inbox, after a ring."""
    return {Ring.SENT: State.SENT, Ring.DELIVERED: State.DELIVERED, Ring.REFUSED: State.REFUSED}.get(ring, State.UNKNOWN).value
