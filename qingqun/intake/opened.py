"""One file, opened within limits: size, line length, encoding. Nothing is decrypted, nothing is unpacked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import AnyStr, BinaryIO

from qingqun.i18n import _
from qingqun.intake.encoding import encoding_of
from qingqun.words import Problem

MAX_FILE = 2 * 2**30  # bytes
MAX_LINE = 2**20  # bytes or characters
HEAD = 2**16


def printable(path: Path) -> str:
    """Return the file's name without its folder, printable in any encoding."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


@dataclass(slots=True)
class Opened:
    """A file to read. `problems` are those of reading itself (lines too long); the source yields its own."""

    path: Path
    day: date | None = None  # stated by the user, for files without dates
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without its folder, printable in any encoding."""
        return printable(self.path)

    @property
    def head(self) -> bytes:
        """The first 64 KiB."""
        with self.path.open("rb") as file:
            return file.read(HEAD)

    def binary(self) -> BinaryIO:
        """Open the bytes; the caller closes them."""
        return self.path.open("rb")

    def raw_lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield line numbers and lines as bytes; a line over the limit becomes a problem."""
        with self.path.open("rb") as file:
            yield from self._within(file.readline, b"\n")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield line numbers and lines as text without the line end; all line ends count."""
        with self.path.open(encoding=encoding_of(self.path), errors="replace") as file:
            for number, line in self._within(file.readline, "\n"):
                yield number, line.removesuffix("\n").removeprefix("\ufeff").replace("\0", "")

    def problem(self, line: int, code: str, reason: str) -> Problem:
        """Return a problem of this file."""
        return Problem(self.name, line, code, reason)

    def _within(self, readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[tuple[int, AnyStr]]:
        take = partial(readline, MAX_LINE)
        for number, line in enumerate(iter(take, end[:0]), 1):
            if len(line) < MAX_LINE or line.endswith(end):
                yield number, line
            else:
                _skip(take, end)
                self.problems.append(self.problem(number, "line_too_long", _("这一行超过 {limit} 字节，未读取。").format(limit=MAX_LINE)))


def _skip(take: Callable[[], AnyStr], end: AnyStr) -> None:
    while (rest := take()) and not rest.endswith(end):
        pass
