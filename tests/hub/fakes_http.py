"""The frame of every platform that speaks HTTP: a server on the loopback that answers as it is told, and logs what its users would see."""

import json
import socket
import struct
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from fakes import Answer, Log, Loopback

WORDS = (
    "ok",
    "refuse",
    "later",
    "429",
    "429_bare",
    "quota",
    "500",
    "504",
    "410",
    "slow",
    "cut_before",
    "cut_after",
    "drop",
    "redirect",
    "html",
    "deep",
    "huge",
    "drip",
)
TOKEN_WORDS = ("ok", "refuse", "later", "500", "html", "cut_before")
SLOW = 1.5  # seconds


@dataclass
class Heard:
    """A request as the platform sees it."""

    way: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    form: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Call:
    """A request that brings a message, whatever becomes of it: when it came (time.monotonic), for whom, and how it was answered."""

    moment: float
    address: str
    content: bytes
    word: str


Told = tuple[int, Any] | tuple[int, Any, dict[str, str]]


class FakePlatform(Loopback):
    """A platform. A subclass says which channel it is for, how it is called, what it says, and what it makes of a message.

    `answer` is a word of WORDS (or `late_500`: taken, and then an error), or decides one for an address; `token` is a word for the token's own address. `worn` says how many of the
    next messages meet a worn token. `later` holds what the platform answers when it is asked afterwards, by address.
    """

    CHANNEL = ""
    METHODS = ("POST", "GET", "PUT")
    SECRETS: ClassVar[dict[str, str]] = {}  # what a test may put a canary into
    TOKEN = "issued-token"  # what it issues begins so
    KEYED_HERE = False  # rings once for a mark

    def __init__(self, answer: Answer = "ok") -> None:
        self.answer, self.token, self.worn = answer, "ok", 0
        self.log, self.heard, self.issued, self.wrong = Log(), list[Heard](), 0, list[str]()
        self.calls = list[Call]()
        self.later: dict[str, str] = {}
        self.hurried: Callable[[str], bool] = lambda _address: False
        super().__init__()

    @property
    def credentials(self) -> dict[str, Any]:
        return {**self.SECRETS, "base": self.base, "private": True}

    def address(self, who: str) -> str:
        return who

    def read(self, heard: Heard) -> tuple[str, str, bytes] | None:
        """Return mark, address and content of a request that brings a message; None of any other."""
        raise NotImplementedError

    def says(self, word: str, heard: Heard) -> Told:
        """Return what it answers to a message: `ok`, `refuse` (inside a 200, where the platform does that), `later`, `quota` or `worn`."""
        raise NotImplementedError

    def admits(self, heard: Heard) -> bool:
        """Tell whether the token that a message bears is the last one issued; any other is worn."""
        return True

    def other(self, heard: Heard, word: str) -> Told:
        """Answer anything else: issue a token, tell what became of a message."""
        return 404, {}

    def fits(self, heard: Heard) -> Iterable[str]:
        """Return what is wrong with a message, as the platform's documents have it."""
        return ()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        heard = _heard(request)
        if len(heard.body) < int(request.headers.get("content-length") or 0):
            _cut(request.connection)  # who was saying it died
            return
        self.heard.append(heard)
        found = self.read(heard)
        if found is None:
            _shape(request, self.token, lambda word: self.other(heard, word), lambda: None)
            return
        self.wrong += self.fits(heard)
        mark, address, content = found
        came = time.monotonic()
        if self.worn or not self.admits(heard):
            self.worn = max(0, self.worn - 1)
            self.calls.append(Call(came, address, content, "worn"))
            _reply(request, *self.says("worn", heard))
            return
        word = self.answer if isinstance(self.answer, str) else self.answer(address)
        self.calls.append(Call(came, address, content, word))

        def take() -> None:
            if not (self.KEYED_HERE and mark in self.log.marks):
                self.log.add(mark, address, content)

        _shape(request, word, lambda word: self.says(word, heard), take)


def _heard(request: BaseHTTPRequestHandler) -> Heard:
    parts = urlsplit(request.path)
    body = request.rfile.read(int(request.headers.get("content-length") or 0))
    headers = {key.lower(): value for key, value in request.headers.items()}
    formed = "x-www-form-urlencoded" in headers.get("content-type", "")
    form = dict(parse_qsl(body.decode(), keep_blank_values=True)) if formed else {}
    return Heard(request.command, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), headers, body, form)


def _shape(request: BaseHTTPRequestHandler, word: str, says: Callable[[str], Told], take: Callable[[], None]) -> None:
    """Answer in the manner of a word."""
    if word in {"ok", "cut_after", "slow", "drip", "late_500"}:
        take()
    if word in {"cut_before", "cut_after"}:
        _cut(request.connection)
        return
    if word == "slow":
        time.sleep(SLOW)
    plain: dict[str, Told] = {
        "429": (429, {}, {"Retry-After": "7"}),
        "429_bare": (429, {}),
        "500": (500, {}),
        "late_500": (500, {}),
        "504": (504, "gateway time-out"),
        "410": (410, {}),
        "redirect": (302, {}, {"Location": "http://127.0.0.1:1/elsewhere"}),
        "html": (200, "<html>欢迎使用无线网络</html>"),
        "deep": (200, "[" * 30_000),
        "huge": (200, " " * 200_000),
    }
    _reply(request, *plain.get(word, says("ok" if word in {"slow", "drop", "drip"} else word)))


def _reply(request: BaseHTTPRequestHandler, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
    text = (said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)).encode()
    with suppress(OSError):
        request.send_response(status)
        for key, value in {**(headers or {}), "Content-Type": "application/json", "Content-Length": str(len(text))}.items():
            request.send_header(key, value)
        request.end_headers()
        request.wfile.write(text)


def _cut(connection: socket.socket) -> None:
    """Reset the connection: the other side sees neither an answer nor an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
