"""WeFlow JSON, and echotrace's, which is the same without the key weflow: session and messages. Times in seconds, UTC."""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.json_stream import Record, begins, head, records
from qingqun.intake.jsons import text
from qingqun.intake.kinds import kind_of, system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.intake.wechat import by_word
from qingqun.words import Chat, Kind, Message, Problem

TITLE = "WeFlow JSON"
SOURCE = "weflow_json"
_CHATS = {"群聊": Chat.GROUP, "私聊": Chat.PRIVATE}


def sniff(head: bytes, name: str) -> float:
    """Sure where the object has session and messages with createTime."""
    del name
    return 0.9 if begins(head, "session", "messages", "createTime") else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield every message, or what is wrong with it."""
    session = head(opened, "session")
    name = text(session, "displayName") or text(session, "nickname") or None
    chat = _CHATS.get(text(session, "type"), Chat.UNKNOWN)
    room = Room("wechat", chat.value, text(session, "wxid") or None if chat is Chat.GROUP else None, name)
    for item in records(opened, "messages"):
        yield item if isinstance(item, Problem) else _message(opened, room, *item)


def _message(opened: Opened, room: Room, line: int, record: Record) -> Message | Problem:
    when, id_ = read_time(record.get("createTime")), text(record, "senderUsername") or None
    kind, words = by_word(text(record, "type")), text(record, "content").replace("\r\n", "\n")
    name = text(record, "senderDisplayName") or id_ or (_("系统消息") if kind is Kind.SYSTEM else "")
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 条的时间看不懂。").format(line=line))
    if not name:
        return opened.problem(line, "no_sender", _("第 {line} 条没有发言人。").format(line=line))
    files = tuple(kind_of(words)[1]) if kind is Kind.FILE else ()
    said = Said(system_kind(words) if kind is Kind.SYSTEM else kind.value, words, files)
    return message(opened, SOURCE, line, room, when, Person(name, id_), said)
