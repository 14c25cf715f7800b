"""Claiming: attempts are leased to a worker in batches, never more than the buckets allow; a lost lease is taken back."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub import links, sql
from qingqun.hub.deliver.bucket import burst, take, tokens, wait
from qingqun.hub.deliver.ringing import MARK, WANTED, Limits, Rate, Rates, Ringing, each_rate
from qingqun.hub.models import Confirm, Lane, Ring
from qingqun.hub.moment import from_ms, to_ms
from qingqun.i18n import _, moment, sentences

LEASE = {str(Lane.ROUTINE): 30_000, str(Lane.EMERGENCY): 12_000}  # ms; the holder beats in a third of it
BATCH = 100
RESERVE = 5  # a fifth of every bucket is left to emergencies
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
_RANKED = """
SELECT a.id, d.person_id, row_number() OVER (PARTITION BY d.person_id ORDER BY a.id) AS place
FROM hub_attempt a JOIN hub_delivery d ON d.id = a.delivery_id WHERE a.id IN ({ids})
"""
_WHAT = f"""
SELECT a.id, d.id, substr(a.key, 1, {MARK}), COALESCE(c.address, ''), n.title, n.text, u.name, n.confirm, n.deadline, n.valid_until,
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
        ids = _within(ids, channel, limits, worker, now)
        if ids:
            take({bucket_key(channel, rate, limits.credential): len(ids) for rate in each_rate(limits.credential)})
        return _ringings(ids, now, urgent=lane == Lane.EMERGENCY)


def _allowed(now: datetime, lane: str, channel: str, limits: Limits, limit: int) -> int:
    for rate in each_rate(limits.credential):
        key = bucket_key(channel, rate, limits.credential)
        kept = burst(rate) // RESERVE if lane == Lane.ROUTINE else 0
        limit = min(limit, tokens([key], rate, now)[key] - kept)
    return limit


def _within(ids: list[int], channel: str, limits: Limits, worker: str, now: datetime) -> list[int]:
    """Put back what would be too much for one recipient; take the others' tokens."""
    every = each_rate(limits.person)
    if not every or not ids:
        return ids
    ranked = sql.rows(_RANKED.format(ids=sql.marks(ids)), ids)
    people = {person for _id, person, _place in ranked}
    keys = {rate: {person: bucket_key(f"{channel}:{person}", rate, limits.person) for person in people} for rate in every}
    left = {rate: tokens(keys[rate].values(), rate, now) for rate in every}
    may = {person: min(left[rate][keys[rate][person]] for rate in every) for person in people}
    kept = [(number, person) for number, person, place in ranked if place <= may[person]]
    for rate in every:
        take(Counter(keys[rate][person] for _id, person in kept))
    over = [number for number, person, place in ranked if place > may[person]]
    spent = [rate for rate in every if any(place > left[rate][keys[rate][person]] for _id, person, place in ranked)]
    give_back(over, now, worker, max(map(wait, spent), default=0))
    return [number for number, _person in kept]


def bucket_key(whose: str, rate: Rate, every: Rates) -> str:
    """Return a bucket's name: of several rates, each but the first names its span too."""
    return whose if rate == each_rate(every)[0] else f"{whose}/{rate.seconds}"


def give_back(ids: list[int], now: datetime, worker: str, wait_ms: int) -> None:
    """Let leased attempts wait in the queue again, untried; inside an act."""
    if ids:
        back = "UPDATE hub_attempt SET state = %s, worker = '', lease_until = NULL, not_before = %s"
        which = f" WHERE id IN ({sql.marks(ids)}) AND state = %s AND worker = %s AND tried_at IS NULL"
        sql.run(back + which, [str(Ring.QUEUED), to_ms(now) + wait_ms, *ids, str(Ring.SENDING), worker])


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
    attempt, delivery, mark, address, title, text, unit, confirm, deadline, valid_until, _over = row
    until = links.ends(now, deadline and from_ms(deadline), valid_until and from_ms(valid_until))
    link = links.address(links.sign(delivery, until))
    return Ringing(attempt, delivery, mark, address, _titled(title, urgent=urgent), _summary(text, confirm, deadline), unit, link, urgent)


def _titled(title: str, *, urgent: bool) -> str:
    return _("【紧急】{title}").format(title=title) if urgent else title


def _summary(text: str, confirm: str, deadline: int | None) -> str:
    """Return the beginning of the text, what is asked and by when."""
    whole = " ".join(text.split())
    start = whole if len(whole) <= _SUMMARY else whole[:_SUMMARY] + "…"
    asked = {Confirm.CONFIRM: _("请点链接确认。"), Confirm.ANSWER: _("请点链接答复。")}.get(Confirm(confirm), "")
    by = _("截止：{when}。").format(when=moment(from_ms(deadline) + _BEIJING)) if deadline else ""
    return sentences([start, asked, by])
