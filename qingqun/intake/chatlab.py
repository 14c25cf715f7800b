"""The ChatLab format 0.0.2, shared by its JSON and its JSONL form.

Source: the project's published format page, "chatlab-format" version 0.0.2. All epochs are in seconds, UTC.
"""

from typing import NamedTuple

from qingqun.i18n import _
from qingqun.intake.jsons import table, tables, text
from qingqun.intake.kinds import NONE, attachments, kind_of
from qingqun.intake.opened import Opened
from qingqun.intake.times import epoch
from qingqun.words import Chat, Group, Kind, Membership, Message, Problem

KINDS: dict[object, str] = {
    0: Kind.TEXT.value,
    1: Kind.IMAGE.value,
    2: Kind.VOICE.value,
    3: Kind.VIDEO.value,
    4: Kind.FILE.value,
    5: Kind.EMOJI.value,
    7: Kind.LINK.value,
    8: Kind.LOCATION.value,
    20: Kind.RED_PACKET.value,
    21: Kind.TRANSFER.value,
    22: Kind.POKE.value,
    23: Kind.CALL.value,
    24: Kind.SHARE.value,
    25: Kind.REPLY.value,
    26: Kind.FORWARD.value,
    27: Kind.CONTACT.value,
    80: Kind.SYSTEM.value,
    81: Kind.RECALL.value,
    99: Kind.OTHER.value,
}
_TYPES = {"group": Chat.GROUP.value, "private": Chat.PRIVATE.value}
_ROLES = {"owner", "admin"}


class Meta(NamedTuple):
    """The chat a file is about."""

    platform: str
    chat: str
    group_id: str | None
    group_name: str | None
    owner: str | None


UNKNOWN = Meta("unknown", Chat.UNKNOWN.value, None, None, None)


def meta_of(header: dict[str, object]) -> Meta:
    """Return the chat that a header (an object with `meta`) names."""
    meta = table(header, "meta")
    chat = _TYPES.get(text(meta, "type"), Chat.UNKNOWN.value)
    return Meta(
        text(meta, "platform") or "unknown", chat, text(meta, "groupId") or None, text(meta, "name") or None, text(meta, "ownerId") or None
    )


def group_of(meta: Meta, opened: Opened) -> list[Group]:
    """Return the group in a list of one; an empty list where the chat is no group."""
    if meta.chat != Chat.GROUP or not (meta.group_name or meta.group_id):
        return []
    name = meta.group_name or meta.group_id or ""
    group = Group(meta.platform, meta.group_id, name, None, meta.owner, None, [], None, None, None, None, None, None, None, opened.name, 1)
    return [group]


def member_of(record: dict[str, object], meta: Meta) -> list[Membership]:
    """Return the membership in a list of one; an empty list where the chat is no group or the member has no name."""
    person = text(record, "platformId") or None
    name = text(record, "accountName") or text(record, "groupNickname") or person
    if meta.chat != Chat.GROUP or not name:
        return []
    roles = [text(role, "id") for role in tables(record, "roles")]
    role = next((role for role in roles if role in _ROLES), "owner" if person and person == meta.owner else None)
    return [Membership(meta.platform, meta.group_id, meta.group_name, person, name, text(record, "groupNickname") or None, role)]


def message_of(record: dict[str, object], meta: Meta, opened: Opened, line: int, source: str) -> Message | Problem:
    """Return the message, or the problem with it."""
    sent_at, content = record.get("timestamp"), record.get("content")
    ms = epoch(sent_at) if type(sent_at) is int or type(sent_at) is float else None
    if ms is None:
        return opened.problem(line, "bad_time", _("第 {line} 行的时间看不懂。").format(line=line))
    if content is None:
        content = ""
    elif type(content) is not str:
        return opened.problem(line, "bad_text", _("第 {line} 行的内容不是文字。").format(line=line))
    sender = text(record, "sender") or None
    name = text(record, "accountName") or sender
    if name is None:
        return opened.problem(line, "no_sender", _("第 {line} 行没有发言人。").format(line=line))
    kind = KINDS.get(record.get("type"), Kind.OTHER.value) if type(record.get("type")) is int else Kind.OTHER.value
    return Message(
        meta.platform,
        meta.chat,
        meta.group_id,
        meta.group_name,
        text(record, "platformMessageId") or None,
        ms,
        "s",
        sender,
        name,
        text(record, "groupNickname") or None,
        kind,
        content if "\r" not in content else content.replace("\r\n", "\n").replace("\r", "\n"),
        NONE,
        False,
        text(record, "replyToMessageId") or None,
        attached(kind, content),
        kind == "recall",
        opened.name,
        line,
        source,
    )


def attached(kind: str, content: str) -> list[str]:
    """Return the file name that a message of kind file names in its content."""
    return (kind_of(content)[1] or attachments(content)) if kind == "file" else NONE
