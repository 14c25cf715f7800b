"""Claiming: attempts are leased to a worker in batches, never more than the buckets allow; a lost lease is taken back."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub import links, sql
from qingqun.hub.deliver.bucket import gentle, take, tokens, wait
from qingqun.hub.deliver.ringing import MARK, WANTED, Limits, Rate, Ringing, each_rate
from qingqun.hub.deliver.spend import bucket_key, kept, refund
from qingqun.hub.models import Confirm, Lane, Ring
from qingqun.hub.moment import from_ms, to_ms
from qingqun.i18n import _, moment, sentences

LEASE = {str(Lane.ROUTINE): 30_000, str(Lane.EMERGENCY): 12_000}  # ms; the holder beats in a third of it
BATCH = 100
_SUMMARY = 80  # characters
_BEIJING = timedelta(hours=8)

# The rows are chosen first and once: PostgreSQL may run a plain subquery again for each row, and then takes more than the limit.
_CLAIM = f"""
WITH chosen AS MATERIALIZED (
  SELECT id FROM hub_attempt WHERE state = '{Ring.QUEUED}' AND lane = %s AND channel = %s AND not_before <= %s
  ORDER BY not_before LIMIT %s {{claimed}}
)
UPDATE hub_attempt SET state = '{Ring.SENDING}', worker = %s, lease_until = %s, tried_at = NULL
WHERE id IN (SELECT id FROM chosen) AND state = '{Ring.QUEUED}' RETURNING id
"""  # noqa: S608  words of states.py
_WHAT = f"""
SELECT a.id, d.id, substr(a.key, 1, {MARK}), COALESCE(c.address, ''), n.title, n.text, u.name, n.confirm, n.deadline, n.valid_until,
       d.person_id,
       CASE WHEN NOT {WANTED.format(d="d")} OR n.withdrawn_at IS NOT NULL OR p.left_at IS NOT NULL OR c.address IS NULL THEN 1 ELSE 0 END
FROM hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id JOIN hub_notice n ON n.id = d.notice_id JOIN hub_unit u ON u.id = n.unit_id
JOIN hub_person p ON p.id = d.person_id LEFT JOIN hub_contact c ON c.person_id = d.person_id AND c.channel = a.channel
WHERE a.id IN ({{ids}}) ORDER BY a.not_before, a.id
"""  # noqa: S608  a number


def claim(now: datetime, lane: str, channel: str, worker: str, limits: Limits, *, limit: int = BATCH) -> list[Ringing]:  # noqa: PLR0913  what a claim needs
    """Lease up to `limit` attempts, earliest first, in one act. What is needless by now (read, withdrawn, left) ends here."""
    with sql.act(first=lane == Lane.EMERGENCY):
        most = _allowed(now, lane, channel, limits, limit)
        if most <= 0:
            return []
        values = [lane, channel, to_ms(now), most, worker, to_ms(now) + LEASE[lane]]
        ids = [row[0] for row in sql.rows(_CLAIM.format(claimed=sql.claimed()), values)]
        found = _within(_ringings(ids, now, urgent=lane == Lane.EMERGENCY), channel, limits, worker, now)
        if found:
            take({bucket_key(channel, rate, limits.credential): len(found) for rate in each_rate(limits.credential)})
        return found


def _allowed(now: datetime, lane: str, channel: str, limits: Limits, limit: int) -> int:
    for rate in each_rate(limits.credential):
        key = bucket_key(channel, rate, limits.credential)
        limit = min(limit, tokens([key], gentle(rate), now)[key] - kept(rate, urgent=lane == Lane.EMERGENCY))
    return limit


def _within(ringings: list[Ringing], channel: str, limits: Limits, worker: str, now: datetime) -> list[Ringing]:
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
    give_back(over, now, worker, max((wait(gentle(rate)) for rate in spent), default=0))
    return found


def give_back(ids: list[int], now: datetime, worker: str, wait_ms: int) -> None:
    """Let leased attempts wait in the queue again, untried; inside an act."""
    if ids:
        back = "UPDATE hub_attempt SET state = %s, worker = '', lease_until = NULL, not_before = %s"
        which = f" WHERE id IN ({sql.marks(ids)}) AND state = %s AND worker = %s AND tried_at IS NULL"
        sql.run(back + which, [str(Ring.QUEUED), to_ms(now) + wait_ms, *ids, str(Ring.SENDING), worker])


def hand_back(left: list[Ringing], channel: str, limits: Limits, now: datetime, worker: str) -> None:
    """Let what was claimed and not handed over wait in the queue again, with its tokens; inside an act."""
    refund(channel, limits, left)
    give_back([one.attempt for one in left], now, worker, 0)


def _ringings(ids: list[int], now: datetime, *, urgent: bool) -> list[Ringing]:
    if not ids:
        return []
    rows = sql.rows(_WHAT.format(ids=sql.marks(ids)), ids)
    over = [row[0] for row in rows if row[-1]]
    if over:
        needless = f"UPDATE hub_attempt SET state = %s, ended_at = %s WHERE id IN ({sql.marks(over)})"  # noqa: S608  only marks
        sql.run(needless, [str(Ring.NEEDLESS), to_ms(now), *over])
    return [_ringing(row, now, urgent=urgent) for row in rows if not row[-1]]


def _ringing(row: tuple[Any, ...], now: datetime, *, urgent: bool) -> Ringing:
    attempt, delivery, mark, address, title, text, unit, confirm, deadline, valid_until, person, _over = row
    until = links.ends(now, deadline and from_ms(deadline), valid_until and from_ms(valid_until))
    link = links.address(links.sign(delivery, until))
    told = _titled(title, urgent=urgent), _summary(text, confirm, deadline)
    return Ringing(attempt, delivery, mark, address, *told, unit, link, urgent, person)


def _titled(title: str, *, urgent: bool) -> str:
    return _("【紧急】{title}").format(title=title) if urgent else title


def _summary(text: str, confirm: str, deadline: int | None) -> str:
    """Return the beginning of the text, what is asked and by when."""
    whole = " ".join(text.split())
    start = whole if len(whole) <= _SUMMARY else whole[:_SUMMARY] + "…"
    asked = {Confirm.CONFIRM: _("请点链接确认。"), Confirm.ANSWER: _("请点链接答复。")}.get(Confirm(confirm), "")
    by = _("截止：{when}。").format(when=moment(from_ms(deadline) + _BEIJING)) if deadline else ""
    return sentences([start, asked, by])
