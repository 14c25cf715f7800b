"""QQ's own text export (消息记录), group or private, one chat or all of them in a file.

A header line is `date time [【头衔】]nickname(number)` or `nickname<address>`; private chats have the nickname only. The hour may have
one digit, the clock twelve hours. A blank line ends a message, but messages may contain blank lines: the next header after one ends it.
"""

import re
from collections.abc import Iterator

from qingqun.i18n import _
from qingqun.intake.encoding import decode_head
from qingqun.intake.opened import Opened
from qingqun.intake.qq import Chats, header_of
from qingqun.words import Membership, Message, Problem

TITLE = _("QQ 消息记录（TXT）")
_RULE = re.compile(r"={10,}\s*")


def sniff(head: bytes, name: str) -> float:
    """Sure by the file's first line or a 消息对象; likely where headers carry QQ numbers."""
    del name
    text = decode_head(head)
    lines = text.splitlines()[:2000]
    if text.lstrip().startswith("消息记录") or any(line.startswith("消息对象:") for line in lines):
        return 0.95
    found = [header_of(line) for line in lines]
    return 0.8 if any(header and (header["id"] or header["mail"]) for header in found) else 0.0


def read(opened: Opened) -> Iterator[Message | Membership | Problem]:
    """Yield every message of every chat in the file."""
    chats = Chats(opened)
    before = ""
    for number, line in opened.lines():
        ruled = bool(_RULE.fullmatch(before))
        if ruled and line.startswith(("消息分组:", "消息对象:")):
            yield from chats.close(ruled=True)
            chats.head(line)
        elif (not before.strip() or ruled) and (header := header_of(line)) and chats.speaks(header):
            yield from chats.close(ruled=ruled)
            chats.open(number, header)
        else:
            chats.say(number, line)
        before = line
    yield from chats.close(ruled=False)
    yield from chats.roles()
