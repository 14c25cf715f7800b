"""The outbox goes out: leased, signed as Standard Webhooks has it, sent again where it is not known to have come. At least once."""

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import httpx2
from django.conf import settings

from qingqun.findings.suppress import counted
from qingqun.hub import sql, vault
from qingqun.hub.deliver import wire
from qingqun.hub.deliver.channels.webhook import classify, sign
from qingqun.hub.hooks.subscribe import tidied
from qingqun.hub.hooks.tell import DELIVERED, ENTITLED
from qingqun.hub.models import Posting, Ring, State
from qingqun.hub.moment import SECOND, from_ms, to_ms
from qingqun.hub.tally import Shown, standing, tells
from qingqun.words import Refused

LEASE, LOOK = 60 * SECOND, 30 * SECOND
AFTER = tuple(seconds * SECOND for seconds in (30, 120, 600, 1_800, 7_200, 18_000, 36_000, 86_400, 86_400))  # about three days
BATCH = 20
GONE = 410  # the receiver wants no more: the subscription ends

_LOST = f"UPDATE hub_post SET state = '{Posting.QUEUED}', lease_until = NULL WHERE state = '{Posting.SENDING}' AND lease_until <= %s"  # noqa: S608  words of states.py
_CLAIM = f"""
WITH chosen AS MATERIALIZED (
  SELECT id FROM hub_post WHERE state = '{Posting.QUEUED}' AND not_before <= %s ORDER BY not_before LIMIT %s {{claimed}}
)
UPDATE hub_post SET state = '{Posting.SENDING}', lease_until = %s WHERE id IN (SELECT id FROM chosen) AND state = '{Posting.QUEUED}'
RETURNING id
"""  # noqa: S608  same
_WHAT = f"""
SELECT o.id, o.key, o.event, o.at, o.people, o.tries, h.id, h.url, h.locked, h.unit_id, n.id, n.key, n.revision, n.withdrawn_at,
       CASE WHEN h.active AND p.left_at IS NULL AND {ENTITLED} THEN 1 ELSE 0 END, COALESCE(h.old_until, 0)
FROM hub_post o JOIN hub_hook h ON h.id = o.hook_id JOIN hub_person p ON p.id = h.person_id JOIN hub_notice n ON n.id = o.notice_id
JOIN hub_unit u ON u.id = n.unit_id LEFT JOIN hub_unit s ON s.id = h.unit_id
WHERE o.id IN ({{ids}}) ORDER BY o.id
"""  # noqa: S608  same
_STATES = "SELECT state, count(*) FROM hub_delivery WHERE notice_id = %s GROUP BY state"
_END = """
UPDATE hub_post SET state = %s, not_before = %s, tries = %s, ended_at = %s, outcome = %s, lease_until = NULL WHERE id = %s AND state = %s
"""
_FAILING = "UPDATE hub_hook SET failing_since = CASE WHEN %s = 1 THEN COALESCE(failing_since, %s) END WHERE id = %s"
_WAITING = frozenset({State.HELD, State.QUEUED})


class Due(NamedTuple):
    """An event that is leased."""

    post: int
    key: str
    event: str
    at: int
    people: int
    tries: int
    hook: int
    url: str
    locked: bytes
    unit: int | None
    notice: int
    notice_key: str
    revision: int
    withdrawn_at: int | None
    wanted: int
    old_until: int  # ms: until then the old secret signs too


class Ended(NamedTuple):
    """What became of a try; `wait` in ms where there is another."""

    state: str
    outcome: str
    wait: int = 0
    tried: bool = True


Clock = Callable[[], datetime]


def send(clock: Clock) -> int:
    """Do one round; return how many were due."""
    tidied(clock())
    now = to_ms(clock())
    with sql.act():
        sql.run(_LOST, [now])
        ids = [row[0] for row in sql.rows(_CLAIM.format(claimed=sql.claimed()), [now, BATCH, now + LEASE])]
        due = [Due(*row) for row in sql.rows(_WHAT.format(ids=sql.marks(ids)), ids)] if ids else []
    for one in due:
        _end(one, _sent(one, to_ms(clock())), to_ms(clock()))
    return len(due)


def _sent(one: Due, now: int) -> Ended:
    if not one.wanted or (one.event == DELIVERED and one.withdrawn_at is not None):
        return Ended(Posting.DROPPED, "", tried=False)
    states: dict[str, int] = dict(sql.rows(_STATES, [one.notice]))
    if one.event == DELIVERED and not _WAITING.isdisjoint(states):
        return Ended(Posting.QUEUED, "", LOOK, tried=False)  # some are still held
    return _posted(one, _body(one, states, now), now)


def _body(one: Due, states: dict[str, int], now: int) -> bytes:
    counts: dict[str, int | None] = {"people": one.people}
    if one.event == DELIVERED:
        counts |= {str(state): states.get(state, 0) for state in State}
    if one.unit is not None:
        counts = coarse(counts, standing(one.notice, from_ms(now)) if one.event == DELIVERED else None)
    data = {"id": one.notice_key, "notice": one.notice, "revision": one.revision, "counts": counts}
    said = {"type": f"notice.{one.event}", "timestamp": from_ms(one.at).isoformat(), "data": data}
    return json.dumps(said, separators=(",", ":")).encode()


def coarse(counts: Mapping[str, int | None], shown: Shown | None) -> dict[str, int | None]:
    """Return an administrator's counts: how many people, and of them the delivered ones as supervisors see them, rounded down to fives.

    No other state beside them: what several of them leave of the people would tell of few.
    """
    told = shown.delivered.low if shown and tells(shown.delivered, shown.people) else None
    return dict.fromkeys(counts) | {"people": counted(counts["people"] or 0)} | ({DELIVERED: told} if DELIVERED in counts else {})


def _posted(one: Due, body: bytes, now: int) -> Ended:
    at = int(time.time())  # the receiver compares it with its own clock, not with the office's
    try:
        headers = {
            "content-type": "application/json",
            "webhook-id": one.key,
            "webhook-timestamp": str(at),
            "webhook-signature": sign(_secrets(one, now), one.key, at, body),
        }
        answer = wire.post(one.url, body, headers, settings.WEBHOOK_HOSTS, private=settings.WEBHOOK_PRIVATE)
    except Refused:
        return _again(one, "address")
    except httpx2.TransportError as error:
        return _again(one, type(error).__name__)
    if classify(answer).state == Ring.SENT:  # a refusal inside a 200 is none
        return Ended(Posting.SENT, str(answer.status))
    return Ended(Posting.FAILED, str(answer.status)) if answer.status == GONE else _again(one, str(answer.status))


def _secrets(one: Due, now: int) -> list[str]:
    """Return what signs: the secret, and for a while the one before it too."""
    return vault.unlock(one.locked).split()[: 2 if now < one.old_until else 1]


def _again(one: Due, outcome: str) -> Ended:
    """Let it wait for the next try; after the last one it is given up, and stands on the page."""
    if one.tries >= len(AFTER):
        return Ended(Posting.FAILED, outcome)
    return Ended(Posting.QUEUED, outcome, AFTER[one.tries])


def _end(one: Due, ended: Ended, now: int) -> None:
    over = None if ended.state == Posting.QUEUED else now
    values: list[Any] = [ended.state, now + ended.wait, one.tries + ended.tried, over, ended.outcome[:60], one.post, Posting.SENDING]
    with sql.act():
        sql.run(_END, [str(value) if isinstance(value, Posting) else value for value in values])
        if ended.tried:
            sql.run(_FAILING, [int(ended.state != Posting.SENT), now, one.hook])
        if ended.outcome == str(GONE):
            sql.run("UPDATE hub_hook SET active = %s WHERE id = %s", [False, one.hook])
