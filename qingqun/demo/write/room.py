"""One group's messages, ready to be written."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from qingqun.demo.groups import Place
from qingqun.demo.people import Person
from qingqun.demo.said import Said
from qingqun.demo.week import MONDAY

EPOCH = int(MONDAY.timestamp())
EXPORTED = EPOCH + 7 * 86_400 + 9 * 3_600  # Monday morning after the week


class Line(NamedTuple):
    """One message and its number in the whole week, from which its id is made."""

    number: int
    said: Said
    sender: Person

    @property
    def seconds(self) -> int:
        """Return the moment in seconds since 1970."""
        return EPOCH + self.said.at


@dataclass(frozen=True, slots=True)
class Room:
    """One group with its messages in order of time."""

    place: Place
    lines: tuple[Line, ...]
    members: tuple[Person, ...]

    def between(self, first: int, last: int) -> "Room":
        """Return the same group with the messages of the days first to last; 0 is Monday."""
        kept = tuple(line for line in self.lines if first <= line.said.at // 86_400 <= last)
        return Room(self.place, kept, self.members)


def put(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a text file as it stands, whatever the system's line ends; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def file_name(name: str) -> str:
    """Return a name that every file system takes."""
    return re.sub(r'[<>:"/\\|?*]', "_", name)
