"""Deliveries whose time to ring has come become attempts: on the person's next channel, or once more on the one that asked for patience.

`ring_after` says when a delivery is looked at next: NULL where there is nothing more to ring, or an emergency's attempt runs. A routine one
whose attempt runs is looked at after an hour, when the next channel has its turn; so where the attempt is sent at once, as almost all are,
nothing more is to be written, and where it ends in another way, or later, its end says when (`finish`).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from qingqun.hub import sql
from qingqun.hub.deliver.finish import NEXT_AFTER
from qingqun.hub.deliver.ringing import AFRESH, MARK, WANTED
from qingqun.hub.models import Lane, Ring, State
from qingqun.hub.models.person import OFF
from qingqun.hub.moment import SECOND, to_ms
from qingqun.hub.sql import Sql, marks

BATCH = 500
DEEPEST = 2_000  # attempts that wait in a lane; the deliveries themselves are the queue
TRIES = 5  # of one ring on one channel
LONGEST_WAIT = 30 * SECOND  # of an emergency for a channel's limit

Resting = Callable[[Sql, datetime], Sql | None]  # persons -> who of them does not work now; see hold.resting
Pace = Callable[
    [Sequence[int], Sequence[str], datetime], set[int]
]  # due deliveries, channels -> which of them do not ring now; see pace.py

_DUE = f"""
SELECT id FROM hub_delivery WHERE lane = %s AND ring_after <= %s AND state <> '{State.HELD}'
ORDER BY ring_after LIMIT %s {{claimed}}
"""  # noqa: S608  words of states.py
_REST = """
UPDATE hub_delivery SET ring_after = r.ring_from + ((r.person_id * 7919 + hub_delivery.notice_id * 104729) %% (r.spread + 1)) * 1000
FROM ({resting}) AS r WHERE r.person_id = hub_delivery.person_id AND hub_delivery.id IN ({ids}) RETURNING hub_delivery.id
"""
# A person's channels in their order: the first that was never tried for this ring, or may be tried again. A material revision and a
# reminder ring anew; while a ring is on its way no second one is made: if it goes out after the reminder, it is the reminder.
CHOSEN = f"""
SELECT id, channel, lane, number, last_key, again, row_number() OVER (PARTITION BY id ORDER BY place, channel) AS turn FROM (
  SELECT w.id, w.lane, w.channel, w.place, COALESCE(a.number, 0) + 1 AS number, a.key AS last_key,
         CASE WHEN COALESCE(a.tried_at, a.ended_at, a.not_before) >= w.since THEN 1 ELSE 0 END AS rung,
         CASE WHEN COALESCE(a.tried_at, a.ended_at, a.not_before) >= w.since AND a.outcome LIKE 'again %%'
              AND (SELECT count(*) FROM hub_attempt t WHERE t.delivery_id = w.id AND t.channel = w.channel
                   AND substr(t.key, 1, {MARK}) = substr(a.key, 1, {MARK})) < %s THEN 1 ELSE 0 END AS again
  FROM (
    SELECT d.id, d.lane, c.channel, c.rank AS place,
           {AFRESH.format(d="d")} AS since,
           (SELECT MAX(b.number) FROM hub_attempt b WHERE b.delivery_id = d.id AND b.channel = c.channel) AS latest
    FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id JOIN hub_person p ON p.id = d.person_id
    JOIN hub_contact c ON c.person_id = d.person_id
    WHERE d.id IN ({{ids}}) AND c.channel IN ({{channels}}) AND (c.rank < {OFF} OR d.lane = '{Lane.EMERGENCY}')
      AND {WANTED.format(d="d")} AND p.left_at IS NULL AND n.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM hub_attempt f WHERE f.delivery_id = d.id AND f.state IN ('{Ring.QUEUED}', '{Ring.SENDING}'))
      AND (n.valid_until IS NULL OR n.valid_until > %s)
  ) AS w
  LEFT JOIN hub_attempt a ON a.delivery_id = w.id AND a.channel = w.channel AND a.number = w.latest
) AS o WHERE rung = 0 OR again = 1
"""  # noqa: S608  words of states.py and a number
_RING = f"""
INSERT INTO hub_attempt (key, delivery_id, channel, number, state, lane, not_before, worker, outcome, platform_id)
SELECT CASE WHEN again = 1 THEN substr(last_key, 1, {MARK}) ELSE substr({{random}}, 1, {MARK}) END || '.' || number,
       id, channel, number, '{Ring.QUEUED}', lane, %s, '', '', ''
FROM ({CHOSEN}) AS chosen WHERE turn = 1
ON CONFLICT (delivery_id, channel, number) DO NOTHING RETURNING delivery_id
"""  # noqa: S608  same

_STALE = f"""
WITH stale AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE state = '{Ring.QUEUED}' AND lane = %s AND not_before < %s ORDER BY not_before LIMIT {BATCH} {{claimed}}
)
UPDATE hub_attempt SET state = '{Ring.NEEDLESS}', ended_at = %s, outcome = 'again waited'
WHERE id IN (SELECT id FROM stale) AND state = '{Ring.QUEUED}' RETURNING delivery_id
"""  # noqa: S608  same
# An emergency whose channel takes nothing more for this person for a while (an SMS limit lasts hours) goes on to the next one.
_PASSED = f"""
WITH passed AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE state = '{Ring.QUEUED}' AND lane = '{Lane.EMERGENCY}' AND not_before > %s LIMIT {BATCH} {{claimed}}
)
UPDATE hub_attempt SET state = '{Ring.REFUSED}', ended_at = %s, outcome = 'limit'
WHERE id IN (SELECT id FROM passed) AND state = '{Ring.QUEUED}' RETURNING delivery_id
"""  # noqa: S608  same


def due(  # noqa: PLR0913, PLR0917  what a look needs
    now: datetime, lane: str, channels: Sequence[str], resting: Resting | None, limit: int = BATCH, pace: Pace | None = None
) -> int:
    """Look at what is due, one batch in one act; return how many deliveries. Whoever does not work now is looked at when they do.

    Without `resting` nobody rests and without `pace` nothing waits: that is the emergency lane.
    """
    with sql.act(first=lane == Lane.EMERGENCY):
        waiting = sql.value("SELECT count(*) FROM hub_attempt WHERE state = %s AND lane = %s", [str(Ring.QUEUED), lane])
        least = min(limit, DEEPEST - int(waiting))
        if least <= 0:
            return 0
        sql.by_index()
        ids = [row[0] for row in sql.rows(_DUE.format(claimed=sql.claimed()), [lane, to_ms(now), least])]
        if ids:
            _look(ids, now, channels, resting, pace)
        return len(ids)


def _look(ids: list[int], now: datetime, channels: Sequence[str], resting: Resting | None, pace: Pace | None) -> None:
    later = _let_rest(ids, now, resting) if resting else set()
    awake = [one for one in ids if one not in later]
    if pace and awake:
        later = pace(awake, channels, now)
        awake = [one for one in awake if one not in later]
    if not awake:
        return
    rung: list[int] = []
    if channels:
        text = _RING.format(random=sql.random_key(), ids=marks(awake), channels=marks(channels))
        rung = [row[0] for row in sql.rows(text, [to_ms(now), TRIES, *awake, *channels, to_ms(now)])]
    made, every = sql.among(rung), sql.among(awake)
    hour = f"CASE WHEN lane = '{Lane.ROUTINE}' AND id {made.text} THEN %s END"
    text = f"UPDATE hub_delivery SET ring_after = {hour} WHERE id {every.text}"  # noqa: S608  same
    sql.run(text, [*made.params, to_ms(now) + NEXT_AFTER[Lane.ROUTINE], *every.params])


def _let_rest(ids: Iterable[int], now: datetime, resting: Resting) -> set[int]:
    every = tuple(ids)
    people = Sql(f"SELECT DISTINCT person_id AS id FROM hub_delivery WHERE id IN ({marks(every)})", every)  # noqa: S608  only marks
    found = resting(people, now)
    if found is None:
        return set()
    return {row[0] for row in sql.rows(_REST.format(resting=found.text, ids=marks(every)), [*found.params, *every])}


def pass_on(now: datetime) -> int:
    """End the emergency rings whose channel has no room for long; return how many. The next channel rings at once."""
    with sql.act(first=True):
        ids = [row[0] for row in sql.rows(_PASSED.format(claimed=sql.claimed()), [to_ms(now) + LONGEST_WAIT, to_ms(now)])]
        if ids:
            sql.run(f"UPDATE hub_delivery SET ring_after = %s WHERE id IN ({marks(ids)}) AND read_at IS NULL", [to_ms(now), *ids])  # noqa: S608  only marks
    return len(ids)


def put_back(now: datetime, lane: str, waited_ms: int) -> int:
    """Take attempts that nobody could start in time back into the deliveries, where working time is looked at again."""
    with sql.act():
        stale = sql.rows(_STALE.format(claimed=sql.claimed()), [lane, to_ms(now) - waited_ms, to_ms(now)])
        ids = [row[0] for row in stale]
        if ids:
            later = "CASE WHEN not_before > %s THEN not_before ELSE %s END"
            sql.run(f"UPDATE hub_delivery SET ring_after = {later} WHERE id IN ({marks(ids)})", [to_ms(now), to_ms(now), *ids])  # noqa: S608  only marks
    return len(ids)
