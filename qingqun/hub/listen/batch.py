"""One small batch of the queue: opened, judged, told, and its words dropped, in this order, so that a crash repeats and loses nothing."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from qingqun.hub import ledger, sql, vault
from qingqun.hub.listen.judging import Found, Waiting, judged
from qingqun.hub.listen.past import before, forget
from qingqun.hub.listen.tell import tell
from qingqun.hub.models import Heard
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight.ground import ground_of
from qingqun.judge.judge import FAULTS
from qingqun.words import Refused

_log = logging.getLogger(__name__)
BATCH, TRIES = 200, 3
LONGEST = timedelta(hours=6)  # words wait no longer for a judge, whatever is wrong
_WAITING = """
SELECT h.id, h.source, h.room_id, r.name, r.unit_id, h.person_id, h.sender, h.sent_at, h.locked, h.key, h.tries, h.heard_at
FROM hub_heard h JOIN hub_chatroom r ON r.id = h.room_id
WHERE h.judged_at IS NULL ORDER BY h.id LIMIT %s
"""


def judge_some(now: datetime) -> int:
    """Judge up to a batch and return how many were looked at. A message whose judging fails is judged alone, then dropped unjudged."""
    if not sql.postgres():
        sql.run("PRAGMA secure_delete = ON")  # what is dropped is overwritten, in the file and its free pages
    rows = sql.rows(_WAITING, [BATCH])
    if not rows:
        forget(now)
        return 0
    if any(row[10] for row in rows):
        rows = [max(rows, key=lambda row: row[10])]
    dead = [row for row in rows if row[4] is None or row[10] >= TRIES or row[11] < to_ms(now - LONGEST)]
    opened, keys = [one for row in rows if row not in dead if (one := _opened(row))], {row[0]: str(row[9]) for row in rows}
    found = _judged(opened, now)
    told = sum(_told(one, keys, now) for one in found if one.bindings)
    known = {one.heard for one in found}
    lost = [row[0] for row in rows if row in dead or row[0] not in {one.heard for one in opened}]
    _drop(found, told, lost, now)
    _later([one.heard for one in opened if one.heard not in known])
    return len(rows)


def _opened(row: tuple[Any, ...]) -> Waiting | None:
    """Open what the vault locked; what it does not open is dropped unread."""
    try:
        content = json.loads(vault.unlock(bytes(row[8])))
    except Refused:
        return None
    number, source, room, room_name, unit, person, sender, at = row[:8]
    files = tuple(content["files"])
    return Waiting(number, source, room, room_name, unit, person, sender, at, content["kind"], content["text"], content["all"], files)


def _judged(waiting: Sequence[Waiting], now: datetime) -> list[Found]:
    found: list[Found] = []
    for unit in dict.fromkeys(one.unit for one in waiting):
        mine = [one for one in waiting if one.unit == unit]
        try:
            found += judged(mine, ground_of(unit, now), before(min(one.sent_at for one in mine)))
        except FAULTS as fault:
            _log.warning("%s messages could not be judged: %s", len(mine), type(fault).__name__)  # its own words may hold theirs
    return found


def _told(one: Found, keys: dict[int, str], now: datetime) -> bool:
    """An answer that somebody asked for is told to who asked."""
    key = keys.get(one.about) or str(sql.value("SELECT key FROM hub_heard WHERE id = %s", [one.about]))
    return tell(one.about, f"{key}/{','.join(sorted({binding.rule.name for binding in one.bindings}))}", one.bindings, now)


def _drop(found: Sequence[Found], told: int, lost: Sequence[int], now: datetime) -> None:
    """Keep labels and rules, drop the words; what another worker has judged meanwhile is left as it is."""
    with sql.act():
        rows = Heard.objects.in_bulk([*(one.heard for one in found), *lost])
        mine = {key: row for key, row in rows.items() if row.judged_at is None}
        facts = {one.heard: one for one in found}
        for key, row in mine.items():
            row.locked, row.judged_at = None, now
            if key in facts:
                row.facts, row.rules = facts[key].facts, sorted({*row.rules, *(one.rule.name for one in facts[key].bindings)})
        Heard.objects.bulk_update(mine.values(), ["locked", "judged_at", "facts", "rules"])
        counts = {"found": sum(bool(one.bindings) for one in found), "told": told, "unjudged": len(lost)}
        if mine:
            ledger.write("listen", now, count=len(mine), data=counts)


def _later(waiting: Sequence[int]) -> None:
    if waiting:
        sql.run(f"UPDATE hub_heard SET tries = tries + 1 WHERE id IN ({sql.marks(waiting)})", waiting)  # noqa: S608  only marks
