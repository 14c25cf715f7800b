"""WeCom group information: the answer of msgaudit/groupchat/get, one group a file.

Source: the vendor's page developer.work.weixin.qq.com/document/path/92951. The answer does not name its roomid: add a field
`roomid`, or save the answer under it (wrXXXX.json), so that the messages of the archive get the group's name.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import PurePath

from qingqun.i18n import _
from qingqun.intake.jsons import loads, tables, text
from qingqun.intake.opened import Opened
from qingqun.intake.times import ZONE, epoch
from qingqun.words import Group, Membership, Problem

TITLE = _("企业微信群信息（groupchat/get）")
SOURCE = "wecom_group"
LIMIT = 8 * 2**20  # bytes: a group has at most some thousand members
PLATFORM = "wecom"


def sniff(head: bytes, name: str) -> float:
    """Sure where the object has roomname and members."""
    del name
    return 0.9 if b'"roomname"' in head and b'"memberid"' in head and head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") else 0.0


def read(opened: Opened) -> Iterator[Group | Membership | Problem]:
    """Yield the group and its members."""
    with opened.binary() as file:
        raw = file.read(LIMIT + 1)
    try:
        answer = loads(raw.removeprefix(b"\xef\xbb\xbf")) if len(raw) <= LIMIT else None
    except ValueError:
        answer = None
    if isinstance(answer, dict) and text(answer, "roomname"):
        yield from _group(answer, opened)
    else:
        yield opened.problem(1, "bad_json", _("JSON 不完整或过大，未读取。"))


def _group(answer: dict[str, object], opened: Opened) -> Iterator[Group | Membership]:
    room, name, creator = _room(answer, opened), text(answer, "roomname"), text(answer, "creator") or None
    members = [text(member, "memberid") for member in tables(answer, "members")]
    created = _day(answer.get("room_create_time"))
    yield Group(PLATFORM, room, name, None, creator, None, [], None, None, len(members), created, None, None, None, opened.name, 1)
    for member in filter(None, members):
        yield Membership(PLATFORM, room, name, member, member, None, "owner" if member == creator else None)


def _room(answer: dict[str, object], opened: Opened) -> str | None:
    stem = PurePath(opened.name).stem
    return text(answer, "roomid") or (stem if stem.startswith("wr") and len(stem) > 10 else None)


def _day(value: object) -> date | None:
    ms = epoch(value) if isinstance(value, int) else None
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(ZONE).date() if ms else None
