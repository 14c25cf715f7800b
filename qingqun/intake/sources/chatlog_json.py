"""chatlog's JSON (the answer of its /chatlog page): a list of messages, each with the chat it stands in."""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.json_stream import Record, records
from qingqun.intake.jsons import table, text
from qingqun.intake.kinds import attachments, system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.intake.wechat import by_number
from qingqun.words import Chat, Kind, Message, Problem

TITLE = "chatlog JSON"
SOURCE = "chatlog_json"
_KEYS = ('"isChatRoom"', '"talker"', '"time"')
_FIELDS = ("title", "desc", "url")


def sniff(head: bytes, name: str) -> float:
    """Sure where a list begins whose objects have isChatRoom and talker."""
    del name
    start = decode_head(head).lstrip("\ufeff \t\r\n")
    return 0.9 if start.startswith("[") and all(key in start for key in _KEYS) else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield every message, or what is wrong with it."""
    for item in records(opened, None):
        yield item if isinstance(item, Problem) else _message(opened, *item)


def _message(opened: Opened, line: int, record: Record) -> Message | Problem:
    when, id_ = read_time(record.get("time")), text(record, "sender") or None
    name = text(record, "senderName") or id_
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 条的时间看不懂。").format(line=line))
    if name is None:
        return opened.problem(line, "no_sender", _("第 {line} 条没有发言人。").format(line=line))
    return message(opened, SOURCE, line, _room(record), when, Person(name, id_), _said(record))


def _room(record: Record) -> Room:
    id_, group = text(record, "talker"), record.get("isChatRoom") is True
    name = text(record, "talkerName") or id_ or None
    return Room("wechat", (Chat.GROUP if group else Chat.PRIVATE).value, id_ or None if group else None, name)


def _said(record: Record) -> Said:
    kind, inner = by_number(text(record, "type"), text(record, "subType")), table(record, "contents")
    words = text(record, "content") or "\n".join(text(inner, field) for field in _FIELDS if text(inner, field))
    files = tuple(attachments(text(inner, "title"))) if kind is Kind.FILE else ()
    return Said(system_kind(words) if kind is Kind.SYSTEM else kind.value, words, files)
