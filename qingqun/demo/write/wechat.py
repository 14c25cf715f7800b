"""WeChat: the CSV of WeChatMsg and the mail a phone sends (at most 100 messages each, minutes only)."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from qingqun.demo.week import shanghai
from qingqun.demo.write.room import Line, Room, file_name, put

HEAD = [
    "localId",
    "TalkerId",
    "Type",
    "SubType",
    "IsSender",
    "CreateTime",
    "Status",
    "StrContent",
    "StrTime",
    "Remark",
    "NickName",
    "Sender",
]
TYPES = {
    "text": (1, 0), "image": (3, 0), "voice": (34, 0), "video": (43, 0), "emoji": (47, 0), "link": (49, 5), "file": (49, 6),
    "red_packet": (49, 2001), "system": (10000, 0),
}  # fmt: skip
NEARLY = 80  # messages of a mail, to which the rest of a minute is added; a phone takes 100


def write_csv(room: Room, folder: Path) -> Path:
    """Write the group as WeChatMsg does: the file's name is the only place where the group's name stands."""
    sheet = io.StringIO()
    out = csv.writer(sheet, lineterminator="\r\n")
    out.writerow(HEAD)
    out.writerows(_row(number, line) for number, line in enumerate(room.lines, 1))
    return put(folder / f"{file_name(room.place.name)}_utf8.csv", sheet.getvalue(), encoding="utf-8-sig")


def _row(number: int, line: Line) -> list[object]:
    kind, sub = TYPES[line.said.kind]
    sender = line.sender
    when = shanghai(line.said.at).strftime("%Y-%m-%d %H:%M:%S")
    return [number, 7, kind, sub, 0, line.seconds, 3, line.said.text, when, "", sender.card, sender.id_on("wechat")]


def write_mail(room: Room, folder: Path) -> list[Path]:
    """Write the group as mails of at most a hundred messages; what the platform itself says is not in them."""
    name = file_name(room.place.name)
    spoken = tuple(line for line in room.lines if line.said.kind != "system")
    return [put(folder / f"{name}-{number}.txt", _mail(room, part)) for number, part in enumerate(_batches(spoken), 1)]


def _batches(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """Cut between minutes: of two equal messages in a minute that is torn, nobody could say whether they are one."""
    first = 0
    for number, line in enumerate(lines):
        if number - first >= NEARLY and line.said.at != lines[number - 1].said.at:
            yield lines[first:number]
            first = number
    yield lines[first:]


def _mail(room: Room, lines: tuple[Line, ...]) -> str:
    parts = [f'Dear:\n\n       微信群"{room.place.name}"的聊天记录如下:\n']
    day = ""
    for line in lines:
        when = shanghai(line.said.at)
        today = f"{when.year}-{when.month}-{when.day}"
        parts += [f"\n—————  {today}  —————\n"] if today != day else []
        day = today
        parts.append(f"\n{line.sender.card}  {when:%H:%M}\n\n{line.said.text}\n")
    return "\n".join([*parts, "\n发自我的 iPhone\n"])
