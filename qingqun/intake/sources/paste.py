"""Text pasted from a chat window of any platform: WeChat, QQ, Feishu, WeLink, WeChatMsg's text export.

Nothing in it names the group: the user states it. Where it holds times without a day, the user states the day of the
first message; a clock that goes back by more than an hour has passed midnight.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.kinds import system_kind
from qingqun.intake.opened import Opened
from qingqun.intake.spoken import UNKNOWN, Person, Said, by_placeholder, message
from qingqun.intake.talk import TIME_FIRST, Talk, Turn, style_of
from qingqun.words import Message, Problem

TITLE = _("聊天窗口粘贴的文字")
SOURCE = "paste"
_SAMPLE = 2000  # lines from which the form of the headers is learned
_PERSON = re.compile(r"(?:【[^【】]*】)?(?P<name>.+?)(?:[(（](?P<id>(?=[^()（）]*[0-9])[0-9A-Za-z_.@-]{4,64})[)）])?")


def sniff(head: bytes, name: str) -> float:
    """Never sure: only that some lines are headers."""
    del name
    style = style_of(decode_head(head).splitlines()[:_SAMPLE])
    return 0.4 if style else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield a message for every header with a known time."""
    lines = opened.lines()
    sample = list(islice(lines, _SAMPLE))
    learned = style_of([line for _number, line in sample])
    if learned is None:
        yield opened.problem(1, "no_header", _("没有一行像“姓名 日期 时间”，看不出是谁在什么时候说的。"))
        return
    talk = Talk(*learned, day=opened.day, rolls=opened.day is not None)
    for turn in talk.turns(chain(sample, lines)):
        yield _message(opened, turn, time_first=learned[0].form == TIME_FIRST)


def _message(opened: Opened, turn: Turn, *, time_first: bool) -> Message | Problem:
    if not turn.name:
        return opened.problem(turn.line, "no_header", _("第 {line} 行之前没有姓名和时间。").format(line=turn.line))
    if not turn.dated:
        text = _("第 {line} 行只有时间没有日期；请用 --day 说明第一条是哪一天，如 --day 2026-09-14。")
        return opened.problem(turn.line, "no_date", text.format(line=turn.line))
    if turn.when is None:
        return opened.problem(turn.line, "bad_time", _("第 {line} 行的时间看不懂。").format(line=turn.line))
    if time_first and not turn.text:  # WeChatMsg writes system messages on the header line
        return message(opened, SOURCE, turn.line, UNKNOWN, turn.when, Person(_("系统消息")), Said(system_kind(turn.name), turn.name))
    return message(opened, SOURCE, turn.line, UNKNOWN, turn.when, person(turn.name), by_placeholder(turn.text))


def person(name: str) -> Person:
    """Return the person a header names: 【头衔】 is left out, an id in brackets is taken as such."""
    found = _PERSON.fullmatch(name)
    return Person(found["name"].strip(), found["id"]) if found else Person(name)
