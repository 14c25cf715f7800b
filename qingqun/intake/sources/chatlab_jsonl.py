"""ChatLab JSONL 0.0.2: header, members and messages, one object a line; # starts a comment."""

from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.chatlab import UNKNOWN, Meta, group_of, member_of, message_of, meta_of
from qingqun.intake.jsons import loads
from qingqun.intake.opened import Opened
from qingqun.words import Group, Membership, Message, Problem

TITLE = "ChatLab JSONL"
SOURCE = "chatlab_jsonl"
_SPACE = b" \t\r\n\x00"


def sniff(head: bytes, name: str) -> float:
    """Sure where an early line is an object with `_type`."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:50] if line.startswith(b"{")]
    typed = any(b'"_type"' in line for line in lines[:5])
    return (0.95 if b'"header"' in head or b'"message"' in head else 0.5) + 0.01 * name.endswith(".jsonl") if typed else 0.0


def read(opened: Opened) -> Iterator[Message | Membership | Group | Problem]:
    """Yield the group, its members and all messages; a bad line is a problem."""
    meta = UNKNOWN
    for line, raw in opened.raw_lines():
        record = _record(raw.strip(_SPACE), line, opened)
        if type(record) is not dict:
            yield from [record] if isinstance(record, Problem) else []
        elif record.get("_type") == "message":
            yield message_of(record, meta, opened, line, SOURCE)
        elif record.get("_type") == "header":
            meta = meta_of(record)
            yield from group_of(meta, opened)
        else:
            yield from _other(record, meta, opened, line)


def _record(raw: bytes, line: int, opened: Opened) -> object:
    raw = raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw
    if not raw or raw.startswith(b"#"):
        return None
    try:
        record = loads(raw)
    except ValueError:
        return opened.problem(line, "bad_json", _("第 {line} 行不是完整的 JSON。").format(line=line))
    return record if isinstance(record, dict) else opened.problem(line, "bad_record", _("第 {line} 行不是一条记录。").format(line=line))


def _other(record: dict[str, object], meta: Meta, opened: Opened, line: int) -> Iterator[Membership | Problem]:
    if record.get("_type") == "member":
        yield from member_of(record, meta)
    else:
        yield opened.problem(line, "bad_record", _("第 {line} 行的 _type 不认识。").format(line=line))
