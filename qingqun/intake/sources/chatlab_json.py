"""ChatLab JSON 0.0.2: one object, read as a stream. The line of a message is its number in `messages`."""

from collections.abc import Iterator

from qingqun.intake.chatlab import group_of, member_of, message_of, meta_of
from qingqun.intake.json_stream import begins, head, records, value
from qingqun.intake.opened import Opened
from qingqun.words import Group, Membership, Message, Problem

TITLE = "ChatLab JSON"
SOURCE = "chatlab_json"


def sniff(head: bytes, name: str) -> float:
    """Sure where one object begins that has `chatlab` and is no JSONL line."""
    if not begins(head, "chatlab") or b'"_type"' in head[:4096]:
        return 0.0
    return (0.9 if b'"meta"' in head else 0.35) + 0.01 * name.endswith(".json")


def read(opened: Opened) -> Iterator[Message | Membership | Group | Problem]:
    """Yield the group, its members and all messages; a broken or hostile file ends with a problem."""
    meta = meta_of({"meta": head(opened, "meta")})
    yield from group_of(meta, opened)
    members = value(opened, "members", before="messages")
    for member in members if isinstance(members, list) else []:
        yield from member_of(member, meta) if isinstance(member, dict) else []
    for item in records(opened, "messages"):
        yield item if isinstance(item, Problem) else message_of(item[1], meta, opened, item[0], SOURCE)
