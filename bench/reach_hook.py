"""A webhook receiver that costs little: counts posts, remembers each webhook-id, keeps one whole post in a thousand."""

import asyncio
import json
import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_MARK = re.compile(rb"\r\nwebhook-id: *([^\r]+)", re.IGNORECASE)
_ANSWER = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{"errcode":0}'
_KEPT = 1_000


@dataclass
class Heard:
    """What came since it was last asked for."""

    posts: int = 0
    marks: set[bytes] = field(default_factory=set)
    whole: list[tuple[str, bytes]] = field(default_factory=list)  # head and body


class _Post(asyncio.Protocol):
    def __init__(self, heard: Heard) -> None:
        self.heard, self.came = heard, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.came += data
        answers = 0
        while (end := self.came.find(b"\r\n\r\n")) >= 0:
            head, length = self.came[:end], _LENGTH.search(self.came, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self.came) < whole:
                break
            self._note(head, self.came[end + 4 : whole])
            self.came = self.came[whole:]
            answers += 1
        if answers:
            self.transport.write(_ANSWER * answers)  # type: ignore[attr-defined]  # a transport that writes

    def _note(self, head: bytes, body: bytes) -> None:
        self.heard.posts += 1
        if mark := _MARK.search(head):
            self.heard.marks.add(mark[1])
        if self.heard.posts % _KEPT == 0:
            self.heard.whole.append((head.decode(), body))


class Hook:
    """The receiver, in a process of its own."""

    def __init__(self, line: Connection, port: int) -> None:
        self.line, self.port = line, port

    def heard(self) -> Heard:
        """Return what came since this was last asked."""
        self.line.send("heard")
        found: Heard = self.line.recv()
        return found


@contextmanager
def hook() -> Iterator[Hook]:
    """Run a receiver on a free port of the loopback."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe()
    process = fork.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield Hook(here, here.recv())
    finally:
        process.terminate()
        process.join()


def _serve(line: Connection) -> None:
    asyncio.run(_listen(line))


async def _listen(line: Connection) -> None:
    heard, loop = Heard(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Post(heard), "127.0.0.1", 0, backlog=1_024)
    line.send(server.sockets[0].getsockname()[1])

    def asked() -> None:
        line.recv()
        line.send(Heard(heard.posts, heard.marks, heard.whole))
        heard.posts, heard.marks, heard.whole = 0, set(), []

    loop.add_reader(line.fileno(), asked)
    await server.serve_forever()


def headers(head: str) -> dict[str, str]:
    """Return the headers of a kept post, names in small letters."""
    pairs = (line.partition(":") for line in head.split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _colon, value in pairs}


def says(body: bytes) -> str:
    """Return what kind of message a body is."""
    return str(json.loads(body).get("type"))
