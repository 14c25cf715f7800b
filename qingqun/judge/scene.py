"""The notation of scenes: a little chat or a little register, each line with `!` to be found and the others not.

Messages   `! 周三 22:10 工作群 镇办: 请各村明早八点前报送统计表` - day, time (seconds if they matter), group, sender, text.
           A day is 周一 to 周日 of the week of 2026-03-09, or a date. A text of one word in brackets ([图片] [语音] [视频]
           [文件] [表情] [位置] [系统]) is a message of that kind; what follows the bracket stays text.
Groups     `! 群 名称 | 单位 | 类型 | 建群 | 结束 | 最近发言 | 群主 | 成员 成员 | 解散` - trailing fields may be left out.
Accounts   `! 账号 名称 | 单位 | 平台 | 开设 | 最近发布 | 注销`
Policies   one sentence a line.

Registers are inspected on Friday of that week.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from qingqun.words import SHANGHAI, Account, Group, GroupKind, Kind, Membership, Message

MONDAY = date(2026, 3, 9)
INSPECTED = date(2026, 3, 13)
FILE = "scene"
_MESSAGE = re.compile(
    r"(?P<day>周[一二三四五六日]|[0-9]{4}-[0-9]{2}-[0-9]{2})\s+(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\s+"
    r"(?P<group>\S+)\s+(?P<sender>[^\s::]+)[::]\s*(?P<text>.*)"
)
_KINDS = {
    "图片": Kind.IMAGE,
    "语音": Kind.VOICE,
    "视频": Kind.VIDEO,
    "文件": Kind.FILE,
    "表情": Kind.EMOJI,
    "位置": Kind.LOCATION,
    "系统": Kind.SYSTEM,
}
_GROUP_KINDS = {
    "综合": GroupKind.MAIN,
    "部门": GroupKind.DEPARTMENT,
    "专题": GroupKind.TOPIC,
    "专项": GroupKind.SPECIAL_TASK,
    "家长": GroupKind.PARENTS,
    "公众": GroupKind.PUBLIC,
    "私人": GroupKind.PERSONAL,
}


class SceneError(ValueError):
    """A scene line that cannot be read."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the lines say. `marked` holds the numbers (from 1) of the lines to be found; records carry theirs as `line`."""

    lines: tuple[str, ...]
    marked: frozenset[int]
    messages: tuple[Message, ...] = ()
    groups: tuple[Group, ...] = ()
    accounts: tuple[Account, ...] = ()
    memberships: tuple[Membership, ...] = ()


def parse(text: str) -> Scene:
    """Read a scene. Raises SceneError naming the line."""
    raw = [line.strip() for line in text.splitlines() if line.strip()]
    marked = frozenset(number for number, line in enumerate(raw, 1) if line.startswith("!"))
    lines = tuple(line.removeprefix("!").strip() for line in raw)
    messages, groups, accounts, members = [], [], [], []
    for number, line in enumerate(lines, 1):
        if line.startswith("群 "):
            group, people = _group(line.removeprefix("群 "), number)
            groups.append(group)
            members += people
        elif line.startswith("账号 "):
            accounts.append(_account(line.removeprefix("账号 "), number))
        elif line[:1] == "周" or line[:4].isdecimal():
            messages.append(_message(line, number))
    return Scene(lines, marked, tuple(messages), tuple(groups), tuple(accounts), tuple(members))


def _message(line: str, number: int) -> Message:
    found = _MESSAGE.fullmatch(line)
    if not found:
        raise SceneError(f"line {number} is no message: {line}")
    kind, text = _kind(found["text"])
    return Message(
        platform="wechat",
        chat="group",
        group_id=None,
        group_name=found["group"],
        message_id=None,
        sent_at=int(_moment(found["day"], found["time"]).timestamp() * 1000),
        precision="s",
        sender_id=None,
        sender_name=found["sender"],
        sender_card=None,
        kind=kind,
        text=text,
        mentions=[],
        mention_all="@所有人" in text,
        reply_to=None,
        attachments=[],
        recalled=False,
        file=FILE,
        line=number,
        source=FILE,
    )


def _kind(text: str) -> tuple[Kind, str]:
    word, bracket, rest = text.removeprefix("[").partition("]")
    if text.startswith("[") and bracket and word in _KINDS:
        return _KINDS[word], rest.strip() or text
    return Kind.TEXT, text


def _moment(day: str, clock: str) -> datetime:
    known = MONDAY + timedelta(days="一二三四五六日".index(day[1])) if day.startswith("周") else date.fromisoformat(day)
    padded = f"0{clock}" if clock[1] == ":" else clock
    return datetime.combine(known, time.fromisoformat(padded), ZoneInfo(SHANGHAI)).astimezone(UTC)


def _fields(line: str, count: int) -> list[str | None]:
    cells = [cell.strip() or None for cell in line.split("|")]
    return [*cells, *[None] * (count - len(cells))]


def _day(cell: str | None, number: int) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as bad:
        raise SceneError(f"line {number}: {cell} is no day") from bad


def _group(line: str, number: int) -> tuple[Group, list[Membership]]:
    name, unit, kind, created, ends, last, owner, people, gone = _fields(line, 9)
    if not name or (kind and kind not in _GROUP_KINDS):
        raise SceneError(f"line {number}: a group needs a name and a known kind: {line}")
    members = [Membership("wechat", None, name, None, person, None, None) for person in (people or "").split()]
    group = Group(
        platform="wechat",
        group_id=None,
        name=name,
        unit=unit,
        owner=owner,
        owner_office=None,
        managers=[],
        purpose=None,
        kind=_GROUP_KINDS[kind] if kind else None,
        members=len(members) or None,
        created=_day(created, number),
        task_ends=_day(ends, number),
        disbanded=_day(gone, number),
        last_active=_day(last, number),
        file=FILE,
        line=number,
    )
    return group, members


def _account(line: str, number: int) -> Account:
    name, unit, platform, created, last, closed = _fields(line, 6)
    if not name:
        raise SceneError(f"line {number}: an account needs a name")
    return Account(platform, None, name, unit, None, _day(created, number), _day(last, number), _day(closed, number), FILE, number)
