"""The notation of scenes: a little chat or a little register, each line with `!` to be found and the others not.

Messages   `! 周三 22:10 工作群 镇办: 请各村明早八点前报送统计表` - day, time (seconds if they matter), group, sender, text.
           A day is 周一 to 周日 of the week of 2026-03-09, or a date. A text of one word in brackets ([图片] [语音] [视频]
           [文件] [表情] [位置] [系统]) is a message of that kind; what follows the bracket stays text.
           `2025-03-20 每14天×26 10:00 工作群 镇办: 第#次例会` - the same every so many days, # numbered from 1.
Groups     `! 群 名称 | 单位 | 类型 | 建群 | 结束 | 最近发言 | 群主 | 成员 成员 | 解散 | 职务 | 安全:内容` - the last may be left out.
Accounts   `! 账号 名称 | 单位 | 平台 | 开设 | 最近发布 | 注销 | 栏目:内容` - the columns are those of _ACCOUNT below.
Apps       `! 应用 名称 | 单位 | 栏目:内容 | 栏目:内容` - the columns are those of _APP below; 有 and 是 mean yes, - is an empty cell.
Policies   `! 制度 一句话` - one sentence a line.

Registers are inspected on Friday of that week.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qingqun.enrich.level import LEVELS
from qingqun.words import SHANGHAI, Account, App, Group, GroupKind, Kind, Membership, Message

MONDAY = date(2026, 3, 9)
INSPECTED = date(2026, 3, 13)
FILE = "scene"
_MESSAGE = re.compile(
    r"(?P<day>周[一二三四五六日]|[0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s+每(?P<step>[0-9]{1,3})天×(?P<times>[0-9]{1,3}))?\s+(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\s+"
    r"(?P<group>\S+)\s+(?P<sender>[^\s::]+)[::]\s*(?P<text>.*)"
)
_REPEATED = re.compile("〔([^〕]+)〕×([0-9]{1,4})")
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

_LEVEL = {"对象": "audience", "级别": "level", "面向": "reach"}
_APP = {
    "功能": "functions", "依据": "special_basis", "自建": "own", "立项": "approval", "备案": "filing", "上线": "online", "停用": "closed",
    "入口": "entry", "投诉": "complaints", "可用": "usable", "活跃": "active_percent", "安全": "security", "负责": "owner",
    "使用": "user_unit", "自查": "checked", **_LEVEL,
}  # fmt: skip
_GROUP = {"安全": "security"}
_ACCOUNT = {"安全": "security", "内容": "content", "审核": "reviewed", "互动": "interactive", "亮牌": "badge"}
_WORDS = {"有": True, "是": True, "无": False, "否": False, "干部": "staff", "公众": "public", "-": ""}


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
    apps: tuple[App, ...] = ()
    sentences: tuple[tuple[int, str], ...] = ()  # of a unit's own rules, with their lines


def parse(text: str) -> Scene:
    """Read a scene. Raises SceneError naming the line."""
    raw = [line.strip() for line in text.splitlines() if line.strip()]
    marked = frozenset(number for number, line in enumerate(raw, 1) if line.startswith("!"))
    lines = tuple(line.removeprefix("!").strip() for line in raw)
    messages, groups, accounts, members, apps, sentences = [], [], [], [], [], []
    for number, line in enumerate(lines, 1):
        if line.startswith("群 "):
            group, people = _group(line.removeprefix("群 "), number)
            groups.append(group)
            members += people
        elif line.startswith("账号 "):
            accounts.append(_account(line.removeprefix("账号 "), number))
        elif line.startswith("应用 "):
            apps.append(_app(line.removeprefix("应用 "), number))
        elif line.startswith("制度 "):
            sentences.append((number, line.removeprefix("制度 ")))
        elif line[:1] == "周" or line[:4].isdecimal():
            messages += _messages(line, number)
    return Scene(lines, marked, tuple(messages), tuple(groups), tuple(accounts), tuple(members), tuple(apps), tuple(sentences))


def _messages(line: str, number: int) -> list[Message]:
    found = _MESSAGE.fullmatch(line)
    if not found:
        raise SceneError(f"line {number} is no message: {line}")
    kind, text = _kind(_REPEATED.sub(lambda one: one[1] * int(one[2]), found["text"]))
    first, step, times = _moment(found["day"], found["time"]), int(found["step"] or 0), int(found["times"] or 1)
    one = _message(found["group"], found["sender"], kind, number)
    return [
        one._replace(
            sent_at=_ms(first + timedelta(days=step * n)),
            text=text.replace("#", str(n + 1)) if step else text,
            mention_all="@所有人" in text,
        )
        for n in range(times)
    ]


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _message(group: str, sender: str, kind: Kind, line: int) -> Message:
    return Message(
        platform="wechat",
        chat="group",
        group_id=None,
        group_name=group,
        message_id=None,
        sent_at=0,
        precision="s",
        sender_id=None,
        sender_name=sender,
        sender_card=None,
        kind=kind,
        text="",
        mentions=[],
        mention_all=False,
        reply_to=None,
        attachments=[],
        recalled=False,
        file=FILE,
        line=line,
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
    name, unit, kind, created, ends, last, owner, people, gone, post, *more = _fields(line, 10)
    if not name or (kind and kind not in _GROUP_KINDS):
        raise SceneError(f"line {number}: a group needs a name and a known kind: {line}")
    members = [Membership("wechat", None, name, None, person, None, None) for person in (people or "").split()]
    group = Group(
        platform="wechat",
        group_id=None,
        name=name,
        unit=unit,
        owner=owner,
        owner_office=post,
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
    return group._replace(**_named(more, _GROUP, number)), members


def _account(line: str, number: int) -> Account:
    name, unit, platform, created, last, closed, *more = _fields(line, 6)
    if not name:
        raise SceneError(f"line {number}: an account needs a name")
    days = _day(created, number), _day(last, number), _day(closed, number)
    return Account(platform, None, name, unit, None, *days, FILE, number, **_named(more, _ACCOUNT, number))


def _app(line: str, number: int) -> App:
    name, unit, *more = _fields(line, 2)
    if not name:
        raise SceneError(f"line {number}: an app needs a name")
    empty = dict.fromkeys(App._fields)
    return App(**{**empty, "name": name, "unit": unit, "file": FILE, "line": number, **_named(more, _APP, number)})


def _named(cells: list[str | None], fields: Mapping[str, str], number: int) -> dict[str, Any]:
    """Read cells of the form 栏目:内容."""
    pairs = [(cell or "").replace("\uff1a", ":").split(":", 1) for cell in cells]
    if unknown := [pair[0] for pair in pairs if len(pair) != 2 or pair[0] not in fields]:
        raise SceneError(f"line {number}: {unknown[0]} is no column")
    return {fields[name]: _value(fields[name], said.strip(), number) for name, said in pairs}


def _value(field: str, said: str, number: int) -> object:
    if field in {"online", "closed", "checked"}:
        return _day(said, number)
    if field in {"level", "reach"}:
        return LEVELS[said]
    if field == "active_percent":
        return int(said.removesuffix("%"))
    return _WORDS.get(said, said)
