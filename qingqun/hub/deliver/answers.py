"""Reading an HTTP/1.1 answer (RFC 9112) as it comes in, bounded, for connections that are kept."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from qingqun.hub.deliver.wire import Answer

LONGEST_HEAD = 32 * 1024  # bytes
_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-5][0-9]{2})(?: |$)")
_LENGTH = re.compile(r"[0-9]{1,18}")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?", re.DOTALL)
_BODILESS = {204, 304}


class GarbledError(Exception):
    """What came is no answer."""


class Head(NamedTuple):
    """An answer without its body. `length` is None where the body ends with the connection, -1 where it comes in chunks."""

    status: int
    headers: dict[str, str]
    length: int | None
    kept: bool


@dataclass
class Reader:
    """Takes bytes until an answer is whole; `kept` tells then whether the connection is good for another one, `rest` what came behind."""

    largest: int
    came: bytearray = field(default_factory=bytearray)
    head: Head | None = None
    kept: bool = False
    rest: bytes = b""

    def take(self, data: bytes) -> Answer | None:
        """Return the answer once it is whole, or longer than is read.

        Raises:
            GarbledError: it is none.
        """
        self.came += data
        while self.head is None or self.head.status < 200:
            self.head = self._head()
            if self.head is None:
                return None
        return self._chunked() if self.head.length == -1 else self._counted(self.head.length)

    def ended(self) -> Answer | None:
        """Return what there is when the connection ends; None where that is not all."""
        return self.cut() if self.head and self.head.length is None else None

    def cut(self) -> Answer | None:
        """Return an answer with as much as there is of its body, None where not even its head is whole."""
        return Answer(self.head.status, self.head.headers, bytes(self.came[: self.largest])) if self.head else None

    def _head(self) -> Head | None:
        end = self.came.find(b"\r\n\r\n")
        if end > LONGEST_HEAD or (end < 0 and len(self.came) > LONGEST_HEAD):
            raise GarbledError("head")
        if end < 0:
            return None
        head = _read(bytes(self.came[:end]))
        del self.came[: end + 4]
        return head

    def _counted(self, length: int | None) -> Answer | None:
        found, here = self.head, len(self.came)
        if found is None or not (here > self.largest or (length is not None and here >= min(length, self.largest + 1))):
            return None
        if length is not None and length <= self.largest:
            self.kept, self.rest = found.kept, bytes(self.came[length:])
        return Answer(found.status, found.headers, bytes(self.came[: self.largest if length is None else min(length, self.largest)]))

    def _chunked(self) -> Answer | None:
        found, body, place = self.head, bytearray(), 0
        while found:
            end = self.came.find(b"\r\n", place)
            if end < 0:
                return self._over(found, body, place)
            size = _SIZE.fullmatch(self.came, place, end)
            if not size:
                raise GarbledError("chunk")
            many = int(size[1], 16)
            if not many:
                return self._last(found, body, end)
            body += self.came[end + 2 : end + 2 + many]
            place = end + 2 + many + 2
            if len(body) > self.largest or place > len(self.came):
                return self._over(found, body, 0)
        return None

    def _over(self, found: Head, body: bytearray, place: int) -> Answer | None:
        if len(self.came) - place > 2 * self.largest + LONGEST_HEAD or len(body) > self.largest:
            return Answer(found.status, found.headers, bytes(body[: self.largest]))
        return None

    def _last(self, found: Head, body: bytearray, place: int) -> Answer | None:
        """Read past the trailer."""
        end = self.came.find(b"\r\n\r\n", place)
        if end < 0:
            return self._over(found, body, place)
        self.kept, self.rest = found.kept, bytes(self.came[end + 4 :])
        return Answer(found.status, found.headers, bytes(body))


@lru_cache(maxsize=256)
def _read(head: bytes) -> Head:
    """Read a head; a server says nearly the same to every message of a second. Nobody changes what it gives."""
    first, *lines = head.split(b"\r\n")
    status = _STATUS.match(first)
    if not status:
        raise GarbledError("status")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or not name or name != name.strip():
            raise GarbledError("header")
        key = name.lower()
        headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    number = int(status[2])
    return Head(number, headers, _length(number, headers), status[1] == b"1" and "close" not in headers.get("connection", "").lower())


def _length(status: int, headers: dict[str, str]) -> int | None:
    """Return how long the body is (RFC 9112, 6.3): what is said twice and differently is no answer."""
    if status in _BODILESS or status < 200:
        return 0
    if coding := headers.get("transfer-encoding"):
        if coding.lower() != "chunked" or "content-length" in headers:
            raise GarbledError("framing")
        return -1
    said = {one.strip() for one in headers.get("content-length", "").split(",")} - {""}
    if not said:
        return None
    if len(said) > 1 or not _LENGTH.fullmatch(only := said.pop()):
        raise GarbledError("length")
    return int(only)
