"""One ring may tell of several deliveries: who told of what, what became of that ring, and how it reads."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from qingqun.hub import often, sql
from qingqun.hub.deliver.finish import NEXT_AFTER
from qingqun.hub.deliver.ringing import MARK, Ringing
from qingqun.hub.models import Lane, Ring
from qingqun.hub.moment import MINUTE, to_ms
from qingqun.hub.sql import marks
from qingqun.i18n import _, sentences

RECHECK = 2 * MINUTE  # while the ring that tells of it is on its way
NAMED = 3  # titles that such a ring names beside its own
_WORD = "told"

_WRITE = "INSERT INTO hub_told (delivery_id, leader_id, channel, number, at, is_open) VALUES {rows} ON CONFLICT DO NOTHING"
# The last try of the ring that told of it: still on its way, rung, or void.
_OPEN = f"""
SELECT t.id, t.delivery_id, t.channel, t.at,
       CASE WHEN x.state IN ('{Ring.QUEUED}', '{Ring.SENDING}') OR (x.outcome LIKE 'again %%' AND l.ring_after IS NOT NULL) THEN 'waits'
            WHEN x.state IN ('{Ring.SENT}', '{Ring.DELIVERED}', '{Ring.UNKNOWN}') THEN 'rung' ELSE 'void' END AS word
FROM hub_told t JOIN hub_delivery l ON l.id = t.leader_id
LEFT JOIN hub_attempt f ON f.delivery_id = t.leader_id AND f.channel = t.channel AND f.number = t.number
LEFT JOIN hub_attempt x ON x.delivery_id = t.leader_id AND x.channel = t.channel AND x.number = (
  SELECT MAX(y.number) FROM hub_attempt y WHERE y.delivery_id = t.leader_id AND y.channel = t.channel
  AND substr(y.key, 1, {MARK}) = substr(f.key, 1, {MARK}))
WHERE t.is_open AND t.delivery_id IN ({{ids}})
"""  # noqa: S608  words of states.py and a number
# It stands among the attempts as what it was: no message of its own, told of on this channel then.
_AS_RUNG = f"""
INSERT INTO hub_attempt (key, delivery_id, channel, number, state, lane, not_before, worker, tried_at, ended_at, outcome, platform_id)
SELECT substr({{random}}, 1, {MARK}) || '.' || (COALESCE(MAX(a.number), 0) + 1), t.delivery_id, t.channel, COALESCE(MAX(a.number), 0) + 1,
       '{Ring.NEEDLESS}', '{Lane.ROUTINE}', t.at, '', t.at, %s, '{_WORD}', ''
FROM hub_told t LEFT JOIN hub_attempt a ON a.delivery_id = t.delivery_id AND a.channel = t.channel
WHERE t.id IN ({{ids}}) GROUP BY t.id, t.delivery_id, t.channel, t.at
ON CONFLICT (delivery_id, channel, number) DO NOTHING
"""  # noqa: S608  same
_OTHERS = f"""
SELECT a.id, n.title, CASE WHEN g.id IS NULL THEN 0 ELSE 1 END
FROM hub_attempt a JOIN hub_attempt f ON f.delivery_id = a.delivery_id AND f.channel = a.channel
  AND substr(f.key, 1, {MARK}) = substr(a.key, 1, {MARK})
JOIN hub_told t ON t.leader_id = f.delivery_id AND t.channel = f.channel AND t.number = f.number
JOIN hub_delivery d ON d.id = t.delivery_id JOIN hub_notice n ON n.id = d.notice_id
LEFT JOIN hub_digest g ON g.person_id = d.person_id AND g.channel = a.channel
WHERE a.id {{ids}} AND d.read_at IS NULL AND n.withdrawn_at IS NULL AND (n.valid_until IS NULL OR n.valid_until > %s) ORDER BY t.id
"""  # noqa: S608  a number


def write(rows: Sequence[tuple[int, int, str, int]], now: datetime) -> None:
    """Note which deliveries a ring tells of: delivery, the one that rings, its channel and number; inside an act."""
    if rows:
        text = _WRITE.format(rows=", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows)))
        sql.run(text, [value for row in rows for value in (*row, to_ms(now), True)])


def settle(ids: Sequence[int], now: datetime) -> set[int]:
    """Look what became of the rings that told of some due deliveries; return those that wait on. Inside an act."""
    found = sql.rows(_OPEN.format(ids=marks(ids)), ids)
    if not found:
        return set()
    at = to_ms(now)
    rung = [row for row in found if row[4] == "rung"]
    if rung:
        text = _AS_RUNG.format(random=sql.random_key(), ids=marks(rung))
        sql.run(text, [at, *(row[0] for row in rung)])
    _close([row[0] for row in found if row[4] != "waits"])
    waiting = _until({row[1]: at + RECHECK for row in found if row[4] == "waits"})
    resting = {row[1]: row[3] + NEXT_AFTER[Lane.ROUTINE] for row in rung if row[3] + NEXT_AFTER[Lane.ROUTINE] > at}
    return waiting | _until(resting)


def named(ringings: Iterable[Ringing], now: datetime) -> list[Ringing]:
    """Let a ring that tells of several say so: how many, and the first titles; only what is still to be read counts."""
    every = list(ringings)
    if not every:
        return []
    others: dict[int, list[tuple[str, bool]]] = {}
    which = sql.among(one.attempt for one in every)
    for attempt, title, digest in often.rows(_OTHERS.format(ids=which.text), [*which.params, to_ms(now)]):
        others.setdefault(attempt, []).append((title, bool(digest)))
    return [_named(one, others[one.attempt]) if one.attempt in others else one for one in every]


def _named(one: Ringing, others: list[tuple[str, Any]]) -> Ringing:
    count, titles = len(others), [title for title, _digest in others]
    many = _("汇总：{n} 条通知") if others[0][1] else _("{title}（共 {n} 条）")
    more = _("都在收件箱里：{titles}。").format(titles="; ".join([one.title, *titles][: NAMED + 1]) + ("…" if count > NAMED else ""))
    return one._replace(title=many.format(n=count + 1, title=one.title), summary=sentences([one.summary, more]))


def _close(numbers: Sequence[int]) -> None:
    if numbers:
        sql.run(f"UPDATE hub_told SET is_open = %s WHERE id IN ({marks(numbers)})", [False, *numbers])  # noqa: S608  only marks


def _until(moments: dict[int, int]) -> set[int]:
    if moments:
        values = ", ".join(["(%s, %s)"] * len(moments))
        text = f"UPDATE hub_delivery SET ring_after = v.column2 FROM (VALUES {values}) AS v WHERE hub_delivery.id = v.column1"  # noqa: S608  only marks
        sql.run(text, [value for pair in moments.items() for value in pair])
    return set(moments)
