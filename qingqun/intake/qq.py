"""The chats of one QQ text export, message by message."""

import re
from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.kinds import system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, Said, by_placeholder, message
from qingqun.intake.times import CLOCK, DAY, from_match
from qingqun.words import Chat, Membership, Message, Problem

_HEADER = re.compile(rf"{DAY} {{1,2}}{CLOCK} (?P<name>.*?)(?:\((?P<id>[0-9]{{5,12}})\)|<(?P<mail>[^<>\s]+@[^<>\s]+)>)?\s*")
SOURCE = "qq_txt"
_PLATFORM = "qq"
_SYSTEM = {"10000", "1000000"}
_TITLE = re.compile(r"【([^【】]*)】(?=.)")
_ROLES = {"群主": "owner", "管理员": "admin"}
_HEAD = ("消息记录", "消息分组:", "消息对象:", "===")


def header_of(line: str) -> re.Match[str] | None:
    """Return the match of a header line, or None. No nickname is longer than the limit, and no text may cost a long search."""
    return _HEADER.fullmatch(line) if len(line) < 300 else None


class Chats:
    """Where in the file we are: which chat, which message."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._folder = ""
        self._target: str | None = None
        self._numbered: bool | None = None  # do the headers of this chat carry numbers? a group's do
        self._header: tuple[int, re.Match[str]] | None = None
        self._body: list[str] = []
        self._roles: dict[Membership, None] = {}

    def head(self, line: str) -> None:
        """Take a line 消息分组:… or 消息对象:…, which begins another chat."""
        key, _colon, value = line.partition(":")
        if key == "消息分组":
            self._folder = value.strip()
        else:
            self._target = value.strip() or None
        self._numbered = None

    def speaks(self, header: re.Match[str]) -> bool:
        """Say whether this is a header in this chat: where the others carry numbers, one without is somebody's words."""
        if header["id"] in _SYSTEM:
            return True
        numbered = bool(header["id"] or header["mail"])
        if self._numbered is None:
            self._numbered = numbered
        return self._numbered == numbered or numbered

    def open(self, line: int, header: re.Match[str]) -> None:
        """Begin a message."""
        self._header = (line, header)

    def say(self, line: int, text: str) -> None:
        """Take a line of a message."""
        if self._header is not None:
            self._body.append(text)
        elif text.strip() and not text.startswith(_HEAD) and self._target is not None:
            self._opened.problems.append(self._opened.problem(line, "no_header", _("第 {line} 行不属于任何消息。").format(line=line)))

    def close(self, *, ruled: bool) -> Iterator[Message | Problem]:
        """End the message, if one is open; `ruled` means that its last line is a ruled line of the next chat's head."""
        if self._header is None:
            return
        line, header = self._header
        text = "\n".join(_without_head(self._body) if ruled else self._body).strip("\n")
        self._header, self._body = None, []
        when = from_match(header)
        if when is None:
            yield self._opened.problem(line, "bad_time", _("第 {line} 行的时间看不懂。").format(line=line))
        else:
            yield message(self._opened, SOURCE, line, self._room(), when, self._person(header), _said(header, text))

    def roles(self) -> Iterator[Membership]:
        """Yield owner and managers, as the titles before their names say."""
        yield from self._roles

    def _room(self) -> Room:
        if self._target is None:
            return Room(_PLATFORM, Chat.UNKNOWN.value)
        group = self._numbered is not False
        return Room(_PLATFORM, (Chat.GROUP if group else Chat.PRIVATE).value, None, self._target)

    def _person(self, header: re.Match[str]) -> Person:
        id_ = header["id"] or header["mail"]
        title = _TITLE.match(header["name"])
        name = header["name"][title.end() :] if title else header["name"]
        role = _ROLES.get(title[1]) if title else None
        if role and self._target and self._numbered:
            self._roles[Membership(_PLATFORM, None, self._target, id_, name, None, role)] = None
        return Person(name.strip() or id_ or _("无名"), id_)


def _without_head(body: list[str]) -> list[str]:
    """Leave out what the head of the next chat has put at the end of a message: a ruled line, and before it the export's first line."""
    rest = body[:-1]
    while rest and not rest[-1].strip():
        rest.pop()
    return rest[:-1] if rest and rest[-1].startswith("消息记录（") else rest


def _said(header: re.Match[str], text: str) -> Said:
    return Said(system_kind(text), text) if header["id"] in _SYSTEM else by_placeholder(text)
