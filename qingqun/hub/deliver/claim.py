"""Claiming: attempts are leased to a worker in batches, never more than the buckets allow; a lost lease is taken back."""

from collections import Counter
from datetime import datetime

from qingqun.hub import sql
from qingqun.hub.deliver.bucket import gentle, take, tokens, wait
from qingqun.hub.deliver.ringing import MARK, Limits, Rate, Ringing, each_rate
from qingqun.hub.deliver.spend import bucket_key, kept, refund
from qingqun.hub.deliver.worded import Leased, worded
from qingqun.hub.models import Lane, Ring
from qingqun.hub.moment import to_ms

LEASE = {str(Lane.ROUTINE): 30_000, str(Lane.EMERGENCY): 12_000}  # ms; the holder beats in a third of it
BATCH = 100

# The rows are chosen first and once: PostgreSQL may run a plain subquery again for each row, and then takes more than the limit.
_CLAIM = f"""
WITH chosen AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE state = '{Ring.QUEUED}' AND lane = %s AND channel = %s AND not_before <= %s
  ORDER BY not_before LIMIT %s {{claimed}}
)
UPDATE hub_attempt SET state = '{Ring.SENDING}', worker = %s, lease_until = %s, tried_at = %s
WHERE id IN (SELECT id FROM chosen) AND state = '{Ring.QUEUED}'
RETURNING not_before, id, delivery_id, substr(key, 1, {MARK})
"""  # noqa: S608  words of states.py and a number


def claim(  # noqa: PLR0913  what a claim needs
    now: datetime, lane: str, channel: str, worker: str, limits: Limits, *, limit: int = BATCH, promised: bool = False
) -> list[Ringing]:
    """Lease up to `limit` attempts, earliest first, in one act. What is needless by now (read, withdrawn, left) ends here.

    With `promised` the claim is the promise to hand all of them over at once: they are begun.
    """
    with sql.act(first=lane == Lane.EMERGENCY):
        most = _allowed(now, lane, channel, limits, limit)
        if most <= 0:
            return []
        values = [lane, channel, to_ms(now), most, worker, to_ms(now) + LEASE[lane], to_ms(now) if promised else None]
        leased = [Leased(*row) for row in sql.rows(_CLAIM.format(claimed=sql.claimed()), values)]
        found = _within(worded(leased, channel, now, urgent=lane == Lane.EMERGENCY), channel, limits, worker, now, promised=promised)
        if found:
            take({bucket_key(channel, rate, limits.credential): len(found) for rate in each_rate(limits.credential)})
        return found


def _allowed(now: datetime, lane: str, channel: str, limits: Limits, limit: int) -> int:
    for rate in each_rate(limits.credential):
        key = bucket_key(channel, rate, limits.credential)
        limit = min(limit, tokens([key], gentle(rate), now)[key] - kept(rate, urgent=lane == Lane.EMERGENCY))
    return limit


def _within(  # noqa: PLR0913  same
    ringings: list[Ringing], channel: str, limits: Limits, worker: str, now: datetime, *, promised: bool
) -> list[Ringing]:
    """Put back what would be too much for one recipient; take the others' tokens."""
    every = each_rate(limits.person)
    if not every or not ringings:
        return ringings
    people, urgent = {one.person for one in ringings}, ringings[0].urgent
    keys = {rate: {person: bucket_key(f"{channel}:{person}", rate, limits.person) for person in people} for rate in every}
    left = {rate: tokens(keys[rate].values(), gentle(rate), now) for rate in every}
    has = {rate: {person: left[rate][keys[rate][person]] - kept(rate, urgent=urgent) for person in people} for rate in every}
    found, counts, spent = [], Counter[int](), set[Rate]()
    for one in ringings:
        lacking = [rate for rate in every if counts[one.person] >= has[rate][one.person]]
        spent.update(lacking)
        if not lacking:
            counts[one.person] += 1
            found.append(one)
    for rate in every:
        take({keys[rate][person]: count for person, count in counts.items() if count})
    taken = {one.attempt for one in found}
    over = [one.attempt for one in ringings if one.attempt not in taken]
    give_back(over, now, worker, max((wait(gentle(rate)) for rate in spent), default=0), promised=promised)
    return found


def give_back(ids: list[int], now: datetime, worker: str, wait_ms: int, *, promised: bool = False) -> None:
    """Let leased attempts that were not handed over wait in the queue again, untried; inside an act."""
    if ids:
        back = "UPDATE hub_attempt SET state = %s, worker = '', lease_until = NULL, tried_at = NULL, not_before = %s"
        which = sql.among(ids)
        untried = "" if promised else " AND tried_at IS NULL"
        whole = f"{back} WHERE id {which.text} AND state = %s AND worker = %s{untried}"
        sql.run(whole, [str(Ring.QUEUED), to_ms(now) + wait_ms, *which.params, str(Ring.SENDING), worker])


def hand_back(  # noqa: PLR0913  what a claim needed
    left: list[Ringing], channel: str, limits: Limits, now: datetime, worker: str, *, promised: bool = False
) -> None:
    """Let what was claimed and not handed over wait in the queue again, with its tokens; inside an act."""
    refund(channel, limits, left)
    give_back([one.attempt for one in left], now, worker, 0, promised=promised)
