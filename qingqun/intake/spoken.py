"""One message from the few things a text or CSV export knows."""

from typing import NamedTuple

from qingqun.intake.kinds import NONE, kind_of
from qingqun.intake.opened import Opened
from qingqun.intake.times import Moment
from qingqun.words import Chat, Kind, Message


class Room(NamedTuple):
    """The chat a message stands in."""

    platform: str
    chat: str
    group_id: str | None = None
    group_name: str | None = None


class Person(NamedTuple):
    """Who said it."""

    name: str
    id: str | None = None
    card: str | None = None


class Said(NamedTuple):
    """What was said."""

    kind: str
    text: str
    files: tuple[str, ...] = ()
    message_id: str | None = None


def by_placeholder(text: str) -> Said:
    """Return what a text says where only a placeholder such as [图片] shows the kind; no text at all is `other`."""
    kind, files = kind_of(text)
    return Said(str(kind) if text else Kind.OTHER.value, text, tuple(files))


def message(opened: Opened, source: str, line: int, room: Room, when: Moment, who: Person, what: Said) -> Message:  # noqa: PLR0913, PLR0917  a message is made of these
    """Return the message; mentions are found later, for whole columns."""
    return Message(
        platform=room.platform,
        chat=room.chat,
        group_id=room.group_id,
        group_name=room.group_name,
        message_id=what.message_id,
        sent_at=when.ms,
        precision=when.precision,
        sender_id=who.id,
        sender_name=who.name,
        sender_card=who.card,
        kind=str(what.kind),
        text=what.text,
        mentions=NONE,
        mention_all=False,
        reply_to=None,
        attachments=list(what.files) or NONE,
        recalled=what.kind == Kind.RECALL,
        file=opened.name,
        line=line,
        source=source,
    )


UNKNOWN = Room("unknown", Chat.UNKNOWN.value)
