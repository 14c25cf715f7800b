"""The exports of the week: every group in the format of its platform, some groups twice and overlapping."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from qingqun.demo.groups import Place
from qingqun.demo.people import CLERKS_NUMBER, Person
from qingqun.demo.said import Said
from qingqun.demo.write import chatlab, qq, wechat, wecom
from qingqun.demo.write.room import Line, Room

Writer = Callable[[Room, Path], list[Path]]
SINGLE: dict[str, tuple[str, Writer]] = {  # form -> folder, writer
    "wechatmsg": ("wechat", lambda room, folder: [wechat.write_csv(room, folder)]),
    "mail": ("wechat-mail", wechat.write_mail),
    "chatlab": ("wechat-chatlab", lambda room, folder: [chatlab.write_json(room, folder)]),
    "dingtalk": ("dingtalk", lambda room, folder: [chatlab.write_lines(room, folder)]),
}
QQ_CHATS = 9  # groups in one QQ file


class Exported(NamedTuple):
    """The files written, and those among them that one clerk could have exported."""

    paths: tuple[Path, ...]
    clerks: tuple[Path, ...]


def rooms(week: list[Said], people: list[Person], places: list[Place]) -> list[Room]:
    """Return the groups that talk, each with its messages; `week` is in order of time."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for number, said in enumerate(week):
        lines[said.group].append(Line(number, said, people[said.sender]))
    return [Room(place, tuple(lines[place.number]), tuple(people[one] for one in place.members)) for place in places if place.talks]


def write(every: list[Room], folder: Path) -> Exported:
    """Write all groups into `folder`; return the paths in a fixed order."""
    of = {form: [room for room in every if room.place.form == form] for form in ("wechatmsg", "mail", "chatlab", "qq", "wecom", "dingtalk")}
    single = _single(of, folder)
    clerks_qq = qq.write([room for room in of["qq"] if _clerks(room)], folder / "qq" / "我的群聊天记录.txt")
    paths = (
        [path for _room, found in single for path in found]
        + [clerks_qq]
        + _qq(of["qq"], folder / "qq")
        + _wecom(of["wecom"], folder / "wecom")
        + _again(of, folder)
    )
    clerks = [path for room, found in single if _clerks(room) for path in found] + [clerks_qq]
    return Exported(tuple(paths), tuple(clerks))


def _clerks(room: Room) -> bool:
    return CLERKS_NUMBER in room.place.members


def _single(of: dict[str, list[Room]], folder: Path) -> list[tuple[Room, list[Path]]]:
    """Write the formats that hold one group a file."""
    return [(room, writer(room, folder / name)) for form, (name, writer) in SINGLE.items() for room in of[form]]


def _qq(of: list[Room], folder: Path) -> list[Path]:
    starts = range(0, len(of), QQ_CHATS)
    return [
        qq.write(of[start : start + QQ_CHATS], folder / f"全部消息记录{start // QQ_CHATS + 1}.txt", friend=not start) for start in starts
    ]


def _wecom(of: list[Room], folder: Path) -> list[Path]:
    archive = wecom.write(of, folder, "msgaudit.jsonl")
    return [archive, *(wecom.write_group(room, folder / "groupchat_get") for room in of)]


def _again(of: dict[str, list[Room]], folder: Path) -> list[Path]:
    """Export some groups a second time, over days that overlap the first export."""
    again = folder / "again"
    return [
        *(chatlab.write_json(room.between(0, 3), again / "wechat-chatlab") for room in of["chatlab"][:3]),
        *(chatlab.write_lines(room.between(2, 6), again / "dingtalk") for room in of["dingtalk"][:3]),
        *(wechat.write_csv(room.between(1, 4), again / "wechat") for room in of["wechatmsg"][:3]),
        qq.write([room.between(3, 6) for room in of["qq"][:2]], again / "qq" / "全部消息记录补.txt"),
        wecom.write([room.between(4, 6) for room in of["wecom"][:5]], again / "wecom", "msgaudit-0918.jsonl"),
    ]
