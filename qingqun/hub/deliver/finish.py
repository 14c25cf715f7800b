"""What became of attempts: begun, ended, rescued; and when the delivery is looked at next."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter

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
_COLUMNS = {"id": "bigint", "state": "text", "word": "text", "platform_id": "text", "ask": "bigint"}
_END = f"""
UPDATE hub_attempt SET state = given.state, ended_at = %s, outcome = given.word, platform_id = given.platform_id, ask_after = given.ask,
       lease_until = NULL
FROM {{given}} WHERE hub_attempt.id = given.id AND worker = %s AND hub_attempt.state = '{Ring.SENDING}'
RETURNING hub_attempt.id, delivery_id, substr(key, {MARK + 2})
"""  # noqa: S608  same
# What is looked at in good time as it stands is left alone: a row that is not written costs a fifth as much.
SOON = {str(Lane.ROUTINE): 2 * MINUTE, str(Lane.EMERGENCY): 0}  # so much earlier than NEXT_AFTER is in good time
# Who was reminded of what they have seen is rung on one channel; who has not seen it, on the next one too.
_NEXT_COLUMNS = {"id": "bigint", "rung": "bigint", "at": "bigint", "state": "text"}
_NEXT = f"""
UPDATE hub_delivery SET
  ring_after = CASE WHEN read_at IS NOT NULL AND (given.rung = 1 OR NOT {WANTED.format(d="hub_delivery")}) THEN NULL
                    WHEN not_before > given.at THEN not_before ELSE given.at END,
  state = CASE WHEN NOT inbox AND hub_delivery.state IN ('{State.QUEUED}', '{State.SENT}', '{State.UNKNOWN}', '{State.REFUSED}')
               THEN given.state ELSE hub_delivery.state END,
  delivered_at = CASE WHEN NOT inbox AND given.state = '{State.DELIVERED}' THEN %s ELSE delivered_at END
FROM {{given}} WHERE hub_delivery.id = given.id
  AND NOT (given.rung = 1 AND inbox AND read_at IS NULL AND COALESCE(ring_after BETWEEN given.at - %s AND given.at, FALSE))
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
        end(ended, worker, lane, now, keyed=keyed)
        return sql.run(_BEGIN, [at, at + LEASE[lane], attempt, worker, at]) == 1


def end(ended: Iterable[Sent], worker: str, lane: str, now: datetime, *, keyed: bool) -> int:
    """Write outcomes inside an act, a batch in one statement, with one entry in the ledger; return how many counted."""
    said = dict(reversed([*ended]))  # the first word counts
    if not said:
        return 0
    judged = {outcome: _judged(outcome, lane, keyed=keyed) for outcome in set(said.values())}  # few say anything different
    found = {attempt: judged[said[attempt]] for attempt in sorted(said)}
    written = {outcome: _written(outcome, now) for outcome in judged.values()}
    given = sql.table(_COLUMNS, [(attempt, *written[outcome]) for attempt, outcome in found.items()])
    rows = sql.rows(_END.format(given=given.text), [to_ms(now), *given.params, worker])
    if rows:
        _settle([(delivery, found[attempt], tried) for attempt, delivery, tried in rows], lane, now)
        done = [(attempt, found[attempt].state.value) for attempt, _delivery, _tried in rows]
        told = Counter(state for _attempt, state in done)
        ledger.write("ring", now, count=len(done), digest=ledger.digest(done), data=told)
    return len(rows)


def rescue(now: datetime, lane: str, keyed: Iterable[str]) -> int:
    """Take back what dead or stopped workers held; return how many. What may have left rings again only where that is harmless."""
    at, harmless = to_ms(now), set(keyed)
    with sql.act(first=lane == Lane.EMERGENCY):
        count = len(sql.rows(_UNBEGUN.format(claimed=sql.claimed()), [lane, at]))
        lost: dict[tuple[str, str], list[Sent]] = {}
        for attempt, worker, channel in sql.rows(_BEGUN.format(claimed=sql.claimed()), [lane, at]):
            lost.setdefault((worker, channel), []).append((attempt, Outcome(Ring.UNKNOWN, "lease")))
        for (worker, channel), ended in lost.items():
            count += end(ended, worker, lane, now, keyed=channel in harmless)
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


def _judged(outcome: Outcome, lane: str, *, keyed: bool) -> Outcome:
    """Return an outcome with what this lane and channel make of it: what nobody knows is tried again where that is harmless."""
    again = outcome.again or (outcome.state == Ring.UNKNOWN and (keyed or lane == Lane.EMERGENCY))
    return outcome if again == outcome.again else outcome._replace(again=again)


def _written(outcome: Outcome, now: datetime) -> tuple[object, ...]:
    word = f"{'again ' if outcome.again else ''}{outcome.word}"[:_WORD]
    ask = to_ms(now) + outcome.ask * SECOND if outcome.ask and outcome.state == Ring.SENT else None
    return outcome.state.value, word, outcome.platform_id[:120], ask


def _settle(rows: Iterable[tuple[int, Outcome, str]], lane: str, now: datetime) -> None:
    """Say when each delivery is looked at next, in the order of their ids: who locks several does so in one order."""
    every = sorted(rows, key=itemgetter(0))
    after = {(outcome, tried): _next(outcome, tried, lane, to_ms(now)) for _delivery, outcome, tried in every}
    values = [(delivery, *after[outcome, tried]) for delivery, outcome, tried in every]
    given = sql.table(_NEXT_COLUMNS, values)
    sql.run(_NEXT.format(given=given.text), [to_ms(now), *given.params, SOON[lane]])


def _next(outcome: Outcome, tried: str, lane: str, now: int) -> tuple[int, int, str]:
    rung = int(not outcome.again and outcome.state != Ring.REFUSED)
    return rung, now + _pause(outcome, tried, lane), State.QUEUED.value if outcome.again else _state(outcome.state)


def _pause(outcome: Outcome, tried: str, lane: str) -> int:
    """Return the milliseconds until the delivery is looked at again."""
    if outcome.again:
        pause = int(FIRST_PAUSE[lane] * 4 ** (min(int(tried or 1), 9) - 1))
        return max(outcome.after * SECOND, min(pause, LONGEST_PAUSE[lane]))
    return 0 if outcome.state == Ring.REFUSED else NEXT_AFTER[lane]


def _state(ring: Ring) -> str:
    """Return the state of a delivery to somebody without an inbox, after a ring."""
    return {Ring.SENT: State.SENT, Ring.DELIVERED: State.DELIVERED, Ring.REFUSED: State.REFUSED}.get(ring, State.UNKNOWN).value
