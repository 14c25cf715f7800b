"""ChatLab JSONL 0.0.2: header, members and messages, one object a line; # starts a comment."""

from collections.abc import Callable, Iterator

from qingqun.i18n import _
from qingqun.intake.chatlab import UNKNOWN, Meta, group_of, member_of, message_of, meta_of
from qingqun.intake.chatlab_batches import Batches
from qingqun.intake.jsons import loads
from qingqun.intake.opened import Opened
from qingqun.intake.table import Read
from qingqun.words import Group, Membership, Message, Problem

TITLE = "ChatLab JSONL"
SOURCE = "chatlab_jsonl"
_SPACE = b" \t\r\n\x00"
_MARK = b"\xef\xbb\xbf"

Parsed = dict[str, object] | Problem


def sniff(head: bytes, name: str) -> float:
    """Sure where an early line is an object with `_type`."""
    lines = [line for line in head.removeprefix(_MARK).splitlines()[:50] if line.startswith(b"{")]
    typed = any(b'"_type"' in line for line in lines[:5])
    return (0.95 if b'"header"' in head or b'"message"' in head else 0.5) + 0.01 * name.endswith(".jsonl") if typed else 0.0


def read(opened: Opened) -> Iterator[Message | Membership | Group | Problem]:
    """Yield the group, its members and all messages; a bad line is a problem."""
    meta = UNKNOWN
    for line, record in _records(opened):
        if isinstance(record, dict) and record.get("_type") == "message":
            yield message_of(record, meta, opened, line, SOURCE)
        else:
            meta = _meta(record, meta)
            yield from _other(record, meta, opened, line)


def frames(opened: Opened, seen: Callable[[int], None]) -> Read:
    """Return the same as `read`, as whole columns."""
    batches = Batches(opened, SOURCE, seen)
    for line, record in _records(opened):
        if type(record) is dict and record.get("_type") == "message":
            batches.add(record, line)
        else:
            batches.head(_meta(record, batches.meta))
            batches.others.extend(_other(record, batches.meta, opened, line))
    return batches.read()


def _records(opened: Opened) -> Iterator[tuple[int, Parsed]]:
    for line, raw in opened.raw_lines():
        bare = raw.removeprefix(_MARK).strip(_SPACE)
        if bare and not bare.startswith(b"#"):
            yield line, _record(bare, opened, line)


def _record(raw: bytes, opened: Opened, line: int) -> Parsed:
    try:
        record = loads(raw)
    except ValueError:
        return opened.problem(line, "bad_json", _("第 {line} 行不是完整的 JSON。").format(line=line))
    return record if isinstance(record, dict) else opened.problem(line, "bad_record", _("第 {line} 行不是一条记录。").format(line=line))


def _meta(record: Parsed, meta: Meta) -> Meta:
    return meta_of(record) if isinstance(record, dict) and record.get("_type") == "header" else meta


def _other(record: Parsed, meta: Meta, opened: Opened, line: int) -> list[Group] | list[Membership] | list[Problem]:
    if isinstance(record, Problem):
        return [record]
    if record.get("_type") == "header":
        return group_of(meta, opened)
    if record.get("_type") == "member":
        return member_of(record, meta)
    return [opened.problem(line, "bad_record", _("第 {line} 行的 _type 不认识。").format(line=line))]
