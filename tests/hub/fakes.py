"""Platforms that answer as real ones do, on free ports of the loopback, each with a log of its own: what reached it, not what was answered."""

import asyncio
import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = str | Callable[[str], str]  # how to answer, or how to decide it for an address


@dataclass
class Log:
    """What a platform took: idempotency marks and addresses, in order. `taken` counts what its users would see."""

    marks: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def add(self, mark: str, address: str, body: bytes) -> None:
        self.marks.append(mark)
        self.addresses.append(address)
        self.bodies.append(body)
        self.moments.append(time.monotonic())


class FakeSmtp:
    """A mail server: ok, refuse (550), later (451), slow, cut_before (takes nothing), cut_after (takes it, says nothing), drop (says ok, loses it)."""

    def __init__(self, answer: Answer = "ok", path: str = "") -> None:
        self.answer, self.log, self.path = answer, Log(), path
        self._controller = _Mail(self, hostname="127.0.0.1", port=_free())

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(RuntimeError, AssertionError):  # stopped before
            self._controller.stop()

    @property
    def credentials(self) -> dict[str, Any]:
        return {"host": "127.0.0.1", "port": self._controller.port, "sender": "轻群 <qingqun@office.example>", "tls": "no"}

    def text(self, number: int) -> str:
        """Return what the reader of a message sees."""
        return str(message_from_bytes(self.log.bodies[number], policy=policy.SMTP).get_content())

    def word(self, address: str) -> str:
        return self.answer if isinstance(self.answer, str) else self.answer(address)

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802  aiosmtpd's name
        replies = {"refuse": "550 5.1.1 no such user", "later": "451 4.3.0 come again"}
        if (reply := replies.get(self.word(address))) is not None:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  same
        address = envelope.rcpt_tos[0]
        word, content = self.word(address), envelope.content
        if word in {"cut_before", "cut_after"}:
            if word == "cut_after":
                self._take(address, content)
            if isinstance(server.transport, asyncio.Transport):
                server.transport.abort()
            return "421 4.0.0 gone"
        if word == "slow":
            await asyncio.sleep(1.5)
        if word != "drop":
            self._take(address, content)
        return "250 2.0.0 queued"

    def _take(self, address: str, content: Any) -> None:
        mail = message_from_bytes(content)
        self.log.add(str(mail["Message-ID"]).strip("<>").partition("@")[0], address, content)


class _Mail(Controller):
    def __init__(self, fake: FakeSmtp, **where: Any) -> None:
        super().__init__(fake, ready_timeout=20, **where)


class Loopback:
    """A server on the loopback, on a free port, while it is entered; a subclass answers requests of its METHODS in `serve`."""

    METHODS: ClassVar[tuple[str, ...]] = ("POST",)

    def __init__(self) -> None:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_words: object) -> None:
                pass

        def answer(request: BaseHTTPRequestHandler) -> None:
            fake.serve(request)

        for method in self.METHODS:
            setattr(Handler, f"do_{method}", answer)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        raise AssertionError(request.path)


class FakeHttp(Loopback):
    """A webhook receiver: ok, refuse_inside (200 with errcode), 429, 500, 410, slow, cut_before, cut_after, drop, redirect, drip."""

    def __init__(self, answer: Answer = "ok") -> None:
        self.answer, self.log = answer, Log()
        self.headers: list[dict[str, str]] = []
        super().__init__()

    @property
    def url(self) -> str:
        return f"{self.base}/ring"

    @property
    def credentials(self) -> dict[str, Any]:
        return {"secrets": ["whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ="], "hosts": ["127.0.0.1"], "private": True}

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["content-length"]))
        word = self.answer if isinstance(self.answer, str) else self.answer(request.path)
        if word == "cut_before":
            _cut(request.connection)
            return
        self.headers.append({key.lower(): value for key, value in request.headers.items()})
        if word in {"ok", "cut_after", "slow", "drip"}:
            mark = request.headers["webhook-id"]
            if mark not in self.log.marks:  # as the standard asks of a receiver
                self.log.add(mark, request.path, body)
        if word == "cut_after":
            _cut(request.connection)
            return
        if word == "slow":
            time.sleep(1.5)
        _reply(request, word)


def _reply(request: BaseHTTPRequestHandler, word: str) -> None:
    status = {"429": 429, "500": 500, "410": 410, "redirect": 302}.get(word, 200)
    said = {"errcode": 45009, "errmsg": "limit"} if word == "refuse_inside" else {"errcode": 0}
    text = json.dumps(said).encode()
    with suppress(OSError):
        request.send_response(status)
        if status == 429:
            request.send_header("Retry-After", "7")
        if status == 302:
            request.send_header("Location", "http://127.0.0.1:1/elsewhere")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)


def _cut(connection: socket.socket) -> None:
    """Reset the connection: the other side sees neither an answer nor an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
