"""PyWxDump's CSV, both generations of its header (msg or content), also as saved again by Excel; and the dialect without room_name.

Layout: id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime. `talker` is who spoke; room_name ends with
@chatroom for a group. The dialect without room_name writes ISO 8601 in UTC. Excel leaves minutes (2026/7/3 21:46) and no usable ids.
"""

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath

from qingqun.i18n import _
from qingqun.intake.kinds import attachments, real_id, system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.rows import Record, header, records
from qingqun.intake.spoken import Person, Room, Said, message
from qingqun.intake.times import read as read_time
from qingqun.intake.wechat import by_word
from qingqun.words import Chat, Kind, Message, Problem

TITLE = "PyWxDump CSV"
SOURCE = "pywxdump_csv"
_NEEDED = ("MsgSvrID", "type_name", "talker", "CreateTime")
_EXCEL = re.compile(r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}")
_PLATFORM = "wechat"


def sniff(head: bytes, name: str) -> float:
    """Sure where the header has the exporter's column names."""
    del name
    return 0.95 if set(_NEEDED) <= set(header(head)) else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield a message for each row, or what is wrong with it."""
    for item in records(opened, _NEEDED):
        yield item if isinstance(item, Problem) else _message(opened, *item)


def _message(opened: Opened, line: int, row: Record) -> Message | Problem:
    when, talker = read_time(row["CreateTime"]), row["talker"].strip()
    if when is None:
        return opened.problem(line, "bad_time", _("第 {line} 行的时间看不懂。").format(line=line))
    if not talker:
        return opened.problem(line, "no_sender", _("第 {line} 行没有发言人。").format(line=line))
    return message(opened, SOURCE, line, _room(row), when, _person(row, talker), _said(row))


def _room(row: Record) -> Room:
    name = row.get("room_name", "").strip()
    if name.endswith("@chatroom"):
        return Room(_PLATFORM, Chat.GROUP.value, name, name)
    return Room(_PLATFORM, Chat.PRIVATE.value if name else Chat.UNKNOWN.value, None, name or None)


def _person(row: Record, talker: str) -> Person:
    return Person(talker, talker if "room_name" in row else None)  # the dialect without rooms writes names, not ids


def _said(row: Record) -> Said:
    text = row.get("msg") or row.get("content") or ""
    kind = by_word(row["type_name"])
    message_id = None if _EXCEL.match(row["CreateTime"]) else real_id(row["MsgSvrID"])
    return Said(system_kind(text) if kind is Kind.SYSTEM else kind.value, text, _files(kind, text, row.get("src", "")), message_id)


def _files(kind: Kind, text: str, path: str) -> tuple[str, ...]:
    if kind is not Kind.FILE:
        return ()
    return tuple(attachments(text.removeprefix("[文件]")) or attachments(PureWindowsPath(path).name))
