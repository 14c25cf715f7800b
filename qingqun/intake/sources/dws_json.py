"""DingTalk's command line client (dws): message lists by the contract im.message-list.v1.

Whether a conversation is a group the list does not say: the user states the group, by file or by conversation id.
Source: the client's published contract, "im.message-list.v1". Times without a zone are those of Shanghai.
"""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.json_stream import Record, begins, records, value
from qingqun.intake.jsons import text
from qingqun.intake.kinds import kind_of, real_id
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.words import Chat, Kind, Message, Problem

TITLE = _("钉钉命令行工具消息列表")
SOURCE = "dws_json"
_KINDS = {kind.value: kind for kind in Kind} | {"audio": Kind.VOICE, "picture": Kind.IMAGE, "richText": Kind.TEXT, "markdown": Kind.TEXT}


def sniff(head: bytes, name: str) -> float:
    """Sure where the object names the contract."""
    del name
    return 0.9 if begins(head, "contractVersion", "messages") and "im.message-list" in decode_head(head) else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield every message; a list that is not complete is a problem too."""
    for item in records(opened, "messages"):
        yield item if isinstance(item, Problem) else _message(opened, *item)
    if value(opened, "complete") is False:
        yield opened.problem(0, "incomplete", _("这份消息列表没有取完（complete 为 false），结果会偏少。"))


def _message(opened: Opened, line: int, record: Record) -> Message | Problem:
    when, name = read_time(record.get("createTime")), text(record, "sender") or text(record, "senderId")
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 条的时间看不懂。").format(line=line))
    if not name:
        return opened.problem(line, "no_sender", _("第 {line} 条没有发言人。").format(line=line))
    words, id_ = text(record, "text"), text(record, "conversationId") or None
    kind = _KINDS.get(text(record, "messageType"), Kind.OTHER)
    said = Said(kind.value, words, tuple(kind_of(words)[1]) if kind is Kind.FILE else (), real_id(text(record, "messageId")))
    return message(
        opened, SOURCE, line, Room("dingtalk", Chat.UNKNOWN.value, id_), when, Person(name, text(record, "senderId") or None), said
    )
