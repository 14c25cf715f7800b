"""WeCom: the archive's decrypted JSON lines with one-to-one messages in it, and groupchat/get answers beside it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from qingqun.demo.write.room import EPOCH, Line, Room

MEDIA = {
    "image": "image",
    "voice": "voice",
    "video": "video",
    "emoji": "emotion",
    "red_packet": "redpacket",
    "link": "link",
    "file": "file",
}


def write(rooms: Iterable[Room], folder: Path, name: str) -> Path:
    """Write the archive of the rooms, all rooms mixed in order of time as the interface gives it."""
    rows = [(line.number, _record(line, room)) for room in rooms for line in room.lines if line.said.kind != "system"]
    rows.sort(key=lambda row: row[0])
    data = b"".join(orjson.dumps(row) + b"\n" for row in _private() + [record for _, record in rows])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def write_group(room: Room, folder: Path) -> Path:
    """Write what groupchat/get answers for the room; the file's name is the room's id."""
    place = room.place
    members = [{"memberid": one.id_on("wecom"), "jointime": 1_750_000_000 + number} for number, one in enumerate(room.members)]
    creator = room.members[0].id_on("wecom") if place.owned else ""
    answer = {
        "errcode": 0,
        "errmsg": "ok",
        "roomname": place.name,
        "creator": creator,
        "room_create_time": 1_750_000_000,
        "notice": "",
        "members": members,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{place.group_id}.json"
    path.write_bytes(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    return path


def _record(line: Line, room: Room) -> dict[str, Any]:
    to = [one.id_on("wecom") for one in room.members if one is not line.sender]
    return _envelope(f"{line.number}_{line.seconds}_000", line.sender.id_on("wecom"), to, room.place.group_id, line.seconds) | _body(line)


def _envelope(msgid: str, sender: str, to: list[str], room: str, seconds: int) -> dict[str, Any]:
    return {"msgid": msgid, "action": "send", "from": sender, "tolist": to, "roomid": room, "msgtime": seconds * 1000}


def _body(line: Line) -> dict[str, Any]:
    said = line.said
    if said.kind == "text":
        return {"msgtype": "text", "text": {"content": said.text}}
    kind = MEDIA[said.kind]
    body: dict[str, Any] = {"md5sum": f"{line.number:032x}", "filesize": 70_000, "sdkfileid": f"CtYB{line.number}"}
    if kind == "file":
        name = said.text.removeprefix("[文件] ")
        body |= {"filename": name, "fileext": name.rpartition(".")[2]}
    if kind == "link":
        body = {"title": said.text.removeprefix("[链接]"), "description": "", "link_url": "https://example.com/a", "image_url": ""}
    return {"msgtype": kind, kind: body}


def _private() -> list[dict[str, Any]]:
    texts = ("晚上一起吃饭吗", "行，老地方", "我妈想让你帮她看看手机", "周末我过去")
    return [
        _envelope(f"p{number}_{EPOCH}_000", f"u{number % 2:05d}", [f"u{1 - number % 2:05d}"], "", EPOCH + 70_000 + number * 40)
        | {"msgtype": "text", "text": {"content": text}}
        for number, text in enumerate(texts)
    ]
