"""Whose turn it is to write. SQLite lets in whoever asks at the right moment; here writers go in by rank, then in the order they came.

Who waits locks one byte of an empty file beside the database. The byte's number is the moment of coming, which all processes of a machine
share, so whoever came earlier stands lower; emergencies stand below everybody else. Who sees nobody below takes byte 0, the turn.
The locks are the kernel's (open file description locks, fcntl(2)): they end with their holder, however it ends, and nothing is written.

The turn promises order and nothing else: what keeps the data is SQLite's own lock. So whoever cannot have the turn goes without it.
"""

import errno
import fcntl
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_TURN, _FIRST, _OTHERS = 0, 1, 1 << 62  # bytes: the turn, where emergencies wait, where everybody else does
_LONGEST = {True: 2.0, False: 30.0}  # seconds to wait, of an emergency and of the others
_ABSENT = 0.25  # seconds for which the turn may lie there untaken before the first in the line is passed over: it was stopped
_NEXT, _LATER = 0.0002, 0.001  # seconds between two looks, of the first in the line and of the others
_SLICE = 0.01  # seconds for which whoever was let in may come again past those who wait: handing over costs as much as a small act
_LOCK = "hhqqi0q"  # struct flock: type, whence, start, length, process

_urgent: ContextVar[bool] = ContextVar("urgent", default=False)
_passed = {_FIRST: 0, _OTHERS: 0}  # where each rank's line begins, past those that this process has found stopped


@contextmanager
def ranked(*, first: bool) -> Iterator[None]:
    """Let what this thread writes meanwhile go before everybody else's."""
    before = _urgent.set(first)
    try:
        yield
    finally:
        _urgent.reset(before)


class Turn:
    """One connection's place in the line."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, -1
        self._head, self._since = 0, 0.0
        self._until = 0.0  # the end of the slice
        self.mine = False

    def take(self) -> None:
        """Wait for the turn. Goes without it after a while, or where the file cannot be had."""
        if self.mine:
            return
        first = _urgent.get()
        try:
            if self._file < 0:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if not self._again():
                self._wait(_FIRST if first else _OTHERS, time.monotonic() + _LONGEST[first])
                self._until = time.monotonic() + _SLICE
        except OSError:  # a full or read-only disk
            return

    def give(self) -> None:
        """Let the next one in."""
        if self.mine:
            self.mine = False
            self._unlock(_TURN)

    def close(self) -> None:
        """Give the turn and leave the file."""
        self.give()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _again(self) -> bool:
        """Take the turn past those who wait, within one's slice; an emergency is let in first."""
        self.mine = time.monotonic() < self._until and not self._locked(_passed[_FIRST] or _FIRST, _OTHERS) and self._lock(_TURN)
        return self.mine

    def _wait(self, line: int, until: float) -> None:
        number = self._stand(line)
        try:
            while not self.mine and time.monotonic() < until:
                head = self._before(line, number)
                self.mine = not head and self._lock(_TURN)
                if not self.mine:
                    self._pass_over(head)
                    time.sleep(_LATER if head else _NEXT)
        finally:
            self._unlock(number)

    def _stand(self, line: int) -> int:
        """Stand at the line's end; two that come in the same nanosecond come one after the other."""
        while not self._lock(number := line + time.monotonic_ns()):
            pass
        return number

    def _before(self, line: int, number: int) -> int:
        """Return somebody who stands lower, 0 where nobody does."""
        urgent = self._locked(_passed[_FIRST] or _FIRST, _OTHERS) if line == _OTHERS else 0
        begin = _passed[line] or line
        return urgent or (self._locked(begin, number) if begin < number else 0)

    def _pass_over(self, head: int) -> None:
        """Pass over who does not take the turn though it is free: a stopped process. One that goes on after all finds its place again."""
        now = time.monotonic()
        if head != self._head or not head or self._locked(_TURN, _TURN + 1, nobody=-1) >= 0:
            self._head, self._since = head, now
        elif now - self._since > _ABSENT:
            _passed[_OTHERS if head >= _OTHERS else _FIRST] = head + 1

    def _lock(self, byte: int) -> bool:
        try:
            fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, struct.pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, byte, 1, 0))
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                return False
            raise
        return True

    def _unlock(self, byte: int) -> None:
        fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, struct.pack(_LOCK, fcntl.F_UNLCK, os.SEEK_SET, byte, 1, 0))

    def _locked(self, start: int, end: int, *, nobody: int = 0) -> int:
        """Return a byte of a span that another one has locked."""
        asked = struct.pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, start, end - start, 0)
        kind, _whence, byte, _length, _process = struct.unpack(_LOCK, fcntl.fcntl(self._file, fcntl.F_OFD_GETLK, asked))
        return nobody if kind == fcntl.F_UNLCK else int(byte)
