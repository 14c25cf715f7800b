"""QQ's classic text export, several chats in one file, a private one among them."""

from collections.abc import Iterable
from pathlib import Path

from qingqun.demo.people import Person
from qingqun.demo.week import shanghai
from qingqun.demo.write.room import Line, Room, put

TOP = "消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
RULE = "=" * 64
FRIEND = (
    f"{RULE}\n消息分组:我的好友\n{RULE}\n消息对象:表姐\n{RULE}\n\n"
    "2026-09-15 20:11:03 表姐\n月饼收到没\n\n2026-09-15 20:12:40 我\n收到了，莲蓉的最好吃\n\n"
)


def write(rooms: Iterable[Room], path: Path, *, friend: bool = False) -> Path:
    """Write the groups into one file; with `friend`, a private chat that no audit may read."""
    text = TOP + "".join(_chat(room) for room in rooms) + (FRIEND if friend else "")
    return put(path, text.replace("\n", "\r\n"), encoding="utf-8-sig")


def _chat(room: Room) -> str:
    head = f"{RULE}\n消息分组:我的QQ群\n{RULE}\n消息对象:{room.place.name}\n{RULE}\n\n"
    return head + "".join(_message(line, room) for line in room.lines)


def _message(line: Line, room: Room) -> str:
    when = shanghai(line.said.at)
    stamp = f"{when:%Y-%m-%d} {when.hour}:{when:%M:%S}"
    return f"{stamp} {_sender(line, room.members[0] if room.place.owned else None)}\n{line.said.text}\n\n"


def _sender(line: Line, owner: Person | None) -> str:
    if line.said.kind == "system":
        return "系统消息(10000)"
    title = "【群主】" if line.sender is owner else ""
    return f"{title}{line.sender.card}({line.sender.id_on('qq')})"
