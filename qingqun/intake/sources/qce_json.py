"""QQChatExporter JSON, versions 4 and 5: one object with chatInfo and messages. Times in milliseconds, UTC."""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.json_stream import Record, begins, head, records
from qingqun.intake.jsons import table, tables, text
from qingqun.intake.kinds import kind_of, real_id, system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.words import Chat, Kind, Message, Problem

TITLE = "QQChatExporter JSON"
SOURCE = "qce_json"
_CHATS = {"group": Chat.GROUP, "private": Chat.PRIVATE, "friend": Chat.PRIVATE, "temp": Chat.PRIVATE}
_ELEMENTS = {
    "image": Kind.IMAGE,
    "file": Kind.FILE,
    "face": Kind.EMOJI,
    "market_face": Kind.EMOJI,
    "audio": Kind.VOICE,
    "video": Kind.VIDEO,
    "json": Kind.SHARE,
    "forward": Kind.FORWARD,
    "location": Kind.LOCATION,
}
_SYSTEM = ("system", "isSystemMessage")
_RECALLED = ("recalled", "isRecalled")


def sniff(head: bytes, name: str) -> float:
    """Sure where the object has chatInfo and the exporter's name."""
    del name
    return (0.9 if b"QQChatExporter" in head else 0.5) if begins(head, "chatInfo", "messages") else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield every message, or what is wrong with it."""
    info = head(opened, "chatInfo")
    room = Room("qq", _CHATS.get(text(info, "type"), Chat.UNKNOWN).value, None, text(info, "name") or None)
    for item in records(opened, "messages"):
        yield item if isinstance(item, Problem) else _message(opened, room, *item)


def _message(opened: Opened, room: Room, line: int, record: Record) -> Message | Problem:
    when, sender = read_time(record.get("timestamp")), table(record, "sender")
    name = next((text(sender, key) for key in ("name", "groupCard", "remark", "uin", "uid") if text(sender, key)), "")
    system = any(record.get(key) is True for key in _SYSTEM)
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 条的时间看不懂。").format(line=line))
    if not name and not system:
        return opened.problem(line, "no_sender", _("第 {line} 条没有发言人。").format(line=line))
    who = Person(name or _("系统消息"), text(sender, "uin") or text(sender, "uid") or None, text(sender, "groupCard") or None)
    said = message(opened, SOURCE, line, room, when, who, _said(record, system=system))
    mentioned = tables(table(record, "content"), "mentions")
    return said._replace(
        mentions=[text(one, "name") for one in mentioned if text(one, "type") != "all" and text(one, "name")],
        mention_all=any(text(one, "type") == "all" for one in mentioned),
        recalled=said.recalled or any(record.get(key) is True for key in _RECALLED),
    )


def _said(record: Record, *, system: bool) -> Said:
    content = table(record, "content")
    words = text(content, "text").replace("\r\n", "\n")
    types = [text(element, "type") for element in tables(content, "elements")]
    files = tuple(text(one, "filename") for one in tables(content, "resources") if text(one, "filename"))
    kind = system_kind(words) if system else _kind(types)
    return Said(kind, words, tuple(kind_of(words)[1]) or files, real_id(text(record, "id")))


def _kind(types: list[str]) -> str:
    if "reply" in types:
        return Kind.REPLY
    if not types or {"text", "at"} & set(types):
        return Kind.TEXT
    return next((_ELEMENTS[name] for name in types if name in _ELEMENTS), Kind.OTHER)
