"""ChatLab format v0.0.2, as JSON (WeChat) and as JSON lines (DingTalk)."""

from pathlib import Path
from typing import Any

import orjson

from qingqun.demo.write.room import EXPORTED, Line, Room, file_name

TYPES = {"text": 0, "image": 1, "voice": 2, "video": 3, "file": 4, "emoji": 5, "link": 7, "red_packet": 20, "system": 80}


def write_json(room: Room, path: Path) -> Path:
    """Write one group as a single JSON object."""
    whole = _head(room) | {"members": _members(room), "messages": [_message(line, room) for line in room.lines]}
    return _put(path / f"{file_name(room.place.name)}.json", orjson.dumps(whole, option=orjson.OPT_INDENT_2))


def write_lines(room: Room, path: Path) -> Path:
    """Write one group as JSON lines: a header, the members, the messages."""
    rows: list[dict[str, Any]] = [{"_type": "header"} | _head(room)]
    rows += [{"_type": "member"} | member for member in _members(room)]
    rows += [{"_type": "message"} | _message(line, room) for line in room.lines]
    return _put(path / f"{file_name(room.place.name)}.jsonl", b"".join(orjson.dumps(row) + b"\n" for row in rows))


def _put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _head(room: Room) -> dict[str, Any]:
    place = room.place
    meta = {"name": place.name, "platform": place.platform, "type": "group", "groupId": place.group_id}
    owner = {"ownerId": room.members[0].id_on(place.platform)} if place.owned else {}
    return {"chatlab": {"version": "0.0.2", "exportedAt": EXPORTED, "generator": "made-up"}, "meta": meta | owner}


def _members(room: Room) -> list[dict[str, Any]]:
    platform, owned = room.place.platform, room.place.owned
    return [
        {
            "platformId": one.id_on(platform),
            "accountName": one.name,
            "groupNickname": one.card,
            "roles": [{"id": "owner"}] if owned and not number else [],
        }
        for number, one in enumerate(room.members)
    ]


def _message(line: Line, room: Room) -> dict[str, Any]:
    said, sender = line.said, line.sender
    who = {"sender": sender.id_on(room.place.platform), "accountName": sender.name, "groupNickname": sender.card}
    return who | {"timestamp": line.seconds, "type": TYPES[said.kind], "content": said.text, "platformMessageId": f"m{line.number:07d}"}
