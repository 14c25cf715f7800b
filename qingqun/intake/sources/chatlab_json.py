"""ChatLab JSON 0.0.2: one object, read as a stream. The line of a message is its number in `messages`."""

from collections.abc import Iterator
from itertools import count

import ijson

from qingqun.i18n import _
from qingqun.intake.chatlab import Meta, group_of, member_of, message_of, meta_of
from qingqun.intake.jsons import Shallow, TooDeepError
from qingqun.intake.opened import Opened
from qingqun.words import Group, Membership, Message, Problem

TITLE = "ChatLab JSON"
SOURCE = "chatlab_json"
MAX_MEMBERS = 100_000


def sniff(head: bytes, name: str) -> float:
    """Sure where one object begins that has `chatlab` and is no JSONL line."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096]
    if not start.startswith(b"{") or b'"_type"' in start:
        return 0.0
    return (0.9 if b'"chatlab"' in start and b'"meta"' in head else 0.35 if b'"chatlab"' in start else 0.0) + 0.01 * name.endswith(".json")


def read(opened: Opened) -> Iterator[Message | Membership | Group | Problem]:
    """Yield the group, its members and all messages; a broken or hostile file ends with a problem."""
    done = count(1)
    line = 0
    try:
        head = _head(opened)
        meta = meta_of(head)
        yield from group_of(meta, opened)
        yield from _members(head, meta)
        with opened.binary() as file:
            for line, record in zip(done, ijson.items(Shallow(file), "messages.item", use_float=True), strict=False):
                yield _message(record, meta, opened, line)
    except TooDeepError:
        yield opened.problem(line, "too_deep", _("JSON 嵌套过深，第 {line} 条之后未读取。").format(line=line))
    except (ijson.JSONError, ValueError):
        yield opened.problem(line, "bad_json", _("JSON 不完整，第 {line} 条之后未读取。").format(line=line))


def _head(opened: Opened) -> dict[str, object]:
    """Return `meta` and `members`, wherever they stand; the messages are only passed over."""
    head: dict[str, object] = {}
    for key in ("meta", "members"):
        with opened.binary() as file:
            head[key] = _first(Shallow(file), key)
    return head


def _first(file: Shallow, key: str) -> object:
    """Build one top-level value; stop as soon as it is complete."""
    builder = ijson.ObjectBuilder()
    for number, (prefix, event, value) in enumerate(ijson.parse(file, use_float=True)):
        if prefix == key or prefix.startswith(f"{key}."):
            builder.event(event, value)
            if (prefix == key and event in {"end_map", "end_array"}) or number > MAX_MEMBERS * 20:
                return builder.value
        elif prefix == "messages" and event == "start_array" and key == "members":
            return []
    return None


def _members(head: dict[str, object], meta: Meta) -> Iterator[Membership]:
    members = head["members"]
    for member in members if isinstance(members, list) else []:
        yield from member_of(member, meta) if isinstance(member, dict) else []


def _message(record: object, meta: Meta, opened: Opened, line: int) -> Message | Problem:
    if not isinstance(record, dict):
        return opened.problem(line, "bad_record", _("第 {line} 条不是一条记录。").format(line=line))
    return message_of(record, meta, opened, line, SOURCE)
