"""Feishu's command line client (lark-cli): message lists. They name no chat: the user states the group. Minutes, Shanghai."""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.json_stream import Record, begins, records
from qingqun.intake.jsons import table, text
from qingqun.intake.kinds import kind_of, real_id
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.words import Chat, Kind, Message, Problem

TITLE = _("飞书命令行工具消息列表")
SOURCE = "lark_json"
_KINDS = {
    "text": Kind.TEXT,
    "post": Kind.TEXT,
    "image": Kind.IMAGE,
    "file": Kind.FILE,
    "audio": Kind.VOICE,
    "media": Kind.VIDEO,
    "sticker": Kind.EMOJI,
    "interactive": Kind.SHARE,
    "share_chat": Kind.SHARE,
    "share_user": Kind.CONTACT,
    "merge_forward": Kind.FORWARD,
    "location": Kind.LOCATION,
    "system": Kind.SYSTEM,
}


def sniff(head: bytes, name: str) -> float:
    """Sure where the messages have msg_type and message_id."""
    del name
    return 0.8 if begins(head, "messages", "message_id", "msg_type", "create_time") else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield every message, or what is wrong with it."""
    for item in records(opened, "messages"):
        yield item if isinstance(item, Problem) else _message(opened, *item)


def _message(opened: Opened, line: int, record: Record) -> Message | Problem:
    when, sender = read_time(record.get("create_time")), table(record, "sender")
    name = text(sender, "name") or text(sender, "id")
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 条的时间看不懂。").format(line=line))
    if not name:
        return opened.problem(line, "no_sender", _("第 {line} 条没有发言人。").format(line=line))
    words, kind = text(record, "content"), _KINDS.get(text(record, "msg_type"), Kind.OTHER)
    said = Said(kind.value, words, tuple(kind_of(words)[1]) if kind is Kind.FILE else (), real_id(text(record, "message_id")))
    found = message(opened, SOURCE, line, Room("feishu", Chat.UNKNOWN.value), when, Person(name, text(sender, "id") or None), said)
    return found._replace(recalled=record.get("deleted") is True)
