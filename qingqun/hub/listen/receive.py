"""A call from a platform: verified, read, and put into the queue once. Nothing of a chat without a unit is kept."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from qingqun.hub import sql, vault
from qingqun.hub.listen.call import Call, Said, Turned, digest
from qingqun.hub.listen.sources import SOURCES, kept
from qingqun.hub.models import Identity
from qingqun.hub.moment import to_ms
from qingqun.words import Refused

LONGEST = 20_000  # characters of a message that are judged
_ROOM = """
INSERT INTO hub_chatroom (source, chat, name, seen_at, passed) VALUES (%s, %s, %s, %s, 0)
ON CONFLICT (source, chat) DO UPDATE SET seen_at = excluded.seen_at,
  name = CASE WHEN excluded.name = '' THEN hub_chatroom.name ELSE excluded.name END
RETURNING id, unit_id
"""
_QUEUE = """
INSERT INTO hub_heard (source, key, room_id, person_id, sender, sent_at, heard_at, locked, tries, facts, rules)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0, {empty}, {none}) ON CONFLICT (source, key) DO NOTHING
"""
TURNED = "listen:"  # what stands before source and reason in the table of counters
_COUNT = """
INSERT INTO hub_bucket (key, tokens, at) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET tokens = hub_bucket.tokens + excluded.tokens, at = excluded.at
"""


class Reply(NamedTuple):
    """What the platform is answered."""

    status: int
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"


def receive(source: str, call: Call, now: datetime) -> Reply:
    """Take a call. What is not switched on is not there; a forged or replayed one is counted and leaves nothing else."""
    secrets = _secrets(source)
    if secrets is None:
        return Reply(404)
    module = SOURCES[source]
    if len(call.body) > module.LARGEST:
        return _turned(source, Turned(413, "large"), now)
    try:
        greeting: bytes | None = module.greet(call, secrets, now)
        if greeting is not None:
            return Reply(200, greeting, "application/json" if greeting.startswith(b"{") else "text/plain; charset=utf-8")
        if call.way != "POST":
            return Reply(405)
        heard = module.hear(call, secrets, now)
    except Turned as why:
        return _turned(source, why, now)
    with sql.act():
        new = _keep(source, heard.said, now)
        if heard.private:
            _count(source, "private", now, heard.private)
    return Reply(200, json.dumps({"taken": new}).encode() if source == "chatlab" else b"", "application/json")


def _secrets(source: str) -> dict[str, Any] | None:
    try:
        found = kept(source)
    except Refused:
        return None
    return found if found and found["active"] else None


def _turned(source: str, why: Turned, now: datetime) -> Reply:
    with sql.act():
        _count(source, why.why, now)
    return Reply(why.status)


def _count(source: str, why: str, now: datetime, number: int = 1) -> None:
    """One row a reason, however many come: whoever floods the door fills nothing."""
    sql.run(_COUNT, [f"{TURNED}{source}:{why}", number, to_ms(now)])


def _keep(source: str, said: Sequence[Said], now: datetime) -> int:
    """Queue what is new; return how much that is."""
    rooms: dict[str, tuple[int, int | None]] = {}
    people = _people(source, {one.sender for one in said})
    new = 0
    for one in said:
        if one.chat not in rooms:
            rooms[one.chat] = sql.rows(_ROOM, [source, one.chat[:160], one.chat_name[:120], to_ms(now)])[0]
        room, unit = rooms[one.chat]
        if unit is None:
            sql.run("UPDATE hub_chatroom SET passed = passed + 1 WHERE id = %s", [room])
            continue
        text = _QUEUE.format(empty=sql.json_text("{}"), none=sql.json_text("[]"))
        row = [
            source,
            digest(source, one.key),
            room,
            people.get(one.sender),
            digest(source, one.sender),
            one.sent_at,
            to_ms(now),
            _locked(one),
        ]
        new += sql.run(text, row)
    return new


def _locked(one: Said) -> bytes:
    content = {"kind": one.kind, "text": one.text[:LONGEST], "all": one.mention_all, "files": [name[:200] for name in one.attachments[:20]]}
    return vault.lock(json.dumps(content, ensure_ascii=False))


def _people(source: str, senders: set[str]) -> dict[str, int]:
    """Return who of the senders is known here, by the platform's name."""
    found = Identity.objects.filter(platform=source, uid__in=senders, parted_at__isnull=True, person__left_at__isnull=True)
    return dict(found.values_list("uid", "person_id"))
