"""WeChat's mail export (多选 → 邮件): one or several mails of at most 100 messages. Minutes only, display names only.

Days stand in ruled lines (—————  2026-7-3  —————); a header is `name HH:MM` after a blank line. Greeting and signature are left out.
"""

import re
from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import Person, Room, by_placeholder, message
from qingqun.intake.talk import TIME_ONLY, Style, Talk, Turn
from qingqun.words import Chat, Message, Problem

TITLE = _("微信聊天记录邮件")
SOURCE = "wechat_mail"
_QUOTE = "[\"“”「」『』'‘’]?"
_GROUP = re.compile(rf"\s*(?:微信群|群聊|群)\s*{_QUOTE}(?P<name>.+?){_QUOTE}\s*的聊天记录如下\s*[:：]?\s*")
_PRIVATE = re.compile(rf"\s*.{{0,20}}?(?:和|与)\s*{_QUOTE}(?P<name>.+?){_QUOTE}\s*的(?:微信)?聊天记录(?:如下)?\s*[:：]?\s*")
_SIGNATURE = re.compile(r"\s{0,8}(?:发自|来自|Sent from|Get Outlook).{0,60}")
_GREETING = re.compile(r"\s*Dear\s*.{0,40}[:：,，]\s*")
_STYLE = Style(TIME_ONLY, "", seconds=False)

Line = tuple[int, str]


def sniff(head: bytes, name: str) -> float:
    """Sure where a line says whose 聊天记录 follow."""
    del name
    lines = decode_head(head[:8192]).splitlines()[:60]
    return 0.9 if any(_GROUP.fullmatch(line) or _PRIVATE.fullmatch(line) for line in lines) else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield the messages of every mail in the file."""
    room = Room("wechat", Chat.UNKNOWN.value)
    part: list[Line] = []
    for number, line in opened.lines():
        if _GREETING.fullmatch(line):
            continue
        named = _named(line)
        if named is None:
            part.append((number, line))
            continue
        yield from _mail(opened, room, part)
        room, part = named, []
    yield from _mail(opened, room, part)


def _named(line: str) -> Room | None:
    if len(line) > 200 or "聊天记录" not in line:
        return None
    if group := _GROUP.fullmatch(line):
        return Room("wechat", Chat.GROUP.value, None, group["name"])
    private = _PRIVATE.fullmatch(line)
    return Room("wechat", Chat.PRIVATE.value, None, private["name"]) if private else None


def _mail(opened: Opened, room: Room, lines: list[Line]) -> Iterator[Message | Problem]:
    turns = list(Talk(_STYLE, after_blank=True, day=opened.day).turns(lines))
    for turn in turns:
        yield _message(opened, room, _unsigned(turn) if turn is turns[-1] else turn)


def _unsigned(turn: Turn) -> Turn:
    text, _line, last = turn.text.rpartition("\n")
    alone = not text.rpartition("\n")[2].strip()
    return turn._replace(text=text.strip("\n")) if alone and _SIGNATURE.fullmatch(last) else turn


def _message(opened: Opened, room: Room, turn: Turn) -> Message | Problem:
    if not turn.name:
        return opened.problem(turn.line, "no_header", _("第 {line} 行之前没有姓名和时间。").format(line=turn.line))
    if turn.when is None:
        text = _("第 {line} 行只有时间没有日期；请用 --day 说明第一条是哪一天，如 --day 2026-09-14。")
        return opened.problem(turn.line, "no_date", text.format(line=turn.line))
    return message(opened, SOURCE, turn.line, room, turn.when, Person(turn.name), by_placeholder(turn.text))
