"""Many posts side by side over connections that are kept meanwhile: as careful as `wire.post`, for messages that carry their key.

Connections are opened for a batch and closed after it. A kept one may end just when the next message goes into it, and nobody knows whether
that was read: it is said once more on a new one, since its receiver knows the key; where the limit leaves no room, the outcome is unknown.
"""

import asyncio
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import httpx2

from qingqun.hub.deliver import wire
from qingqun.hub.deliver.answers import GarbledError, Reader
from qingqun.hub.deliver.speak import Unheard, Unsent
from qingqun.hub.deliver.spend import once_more
from qingqun.hub.deliver.wire import Answer, Way
from qingqun.words import Refused

WIDTH = 16  # messages under way at once
_LOOK = 0.1  # seconds between two looks for what takes too long
_SAFE = "/%:=&?~#+!$,;'@()*[]"


class Parcel(NamedTuple):
    """What is posted: `number` tells whose answer comes back."""

    number: int
    url: str
    headers: Mapping[str, str]
    body: bytes


Told = Answer | Unsent | Unheard


class Line(asyncio.Protocol):
    """One connection, with one message at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.reader, self.waiting = Reader(wire.LARGEST), asyncio.get_running_loop().create_future()
        self.begun = self.heard = 0.0
        self.silent, self.late = True, False  # whether nothing was heard since the message, and whether that took too long

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport if isinstance(transport, asyncio.Transport) else None

    async def say(self, request: bytes) -> Answer:
        """Say one message.

        Raises:
            Unheard: no answer came, or none that can be read.
        """
        self.reader, self.waiting, self.silent = Reader(wire.LARGEST), asyncio.get_running_loop().create_future(), True
        self.begun = self.heard = time.monotonic()
        if self.transport is None or self.transport.is_closing():
            raise Unheard("ReadError")
        self.transport.write(request)
        answer: Answer = await self.waiting
        return answer

    def data_received(self, data: bytes) -> None:
        self.silent, self.heard = False, time.monotonic()
        if self.waiting.done():
            self.close()  # nobody asked
            return
        try:
            answer = self.reader.take(data)
        except GarbledError:
            self._fail("RemoteProtocolError")
            return
        if answer:
            self.waiting.set_result(answer)
            if not self.reader.kept:
                self.close()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.waiting.done() and (answer := self.reader.ended()):
            self.waiting.set_result(answer)
        self._fail("ReadError")

    def look(self, now: float) -> None:
        """End what takes too long: an answer that drips is cut off, and its status counts."""
        if self.begun and not self.waiting.done():
            if now - self.begun > wire.LONGEST and (answer := self.reader.cut()):
                self.waiting.set_result(answer)
                self.close()
            elif now - self.heard > wire.TIMEOUT or now - self.begun > wire.LONGEST:
                self.late = True
                self._fail("ReadTimeout")

    def close(self) -> None:
        if self.transport:
            self.transport.abort()

    @property
    def open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()

    def _fail(self, word: str) -> None:
        if not self.waiting.done():
            self.waiting.set_exception(Unheard(word))
        self.close()


@dataclass
class _Round:
    """The messages of one batch, who carries them, and what came back."""

    parcels: Iterator[Parcel]
    hosts: Collection[str]
    private: bool
    looked: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    ways: dict[tuple[str, str], Way] = field(default_factory=dict)
    lines: set[Line] = field(default_factory=set)
    done: list[tuple[int, Told]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    carriers: set["asyncio.Task[None]"] = field(default_factory=set)

    async def more(self) -> list[tuple[int, Told]]:
        """Return what came back since; nothing once everything has."""
        if not self.carriers:
            self.carriers = {asyncio.create_task(self._carry()) for _one in range(WIDTH)}
            self.watch = asyncio.create_task(self._watch())
        while not self.done and any(not one.done() for one in self.carriers):
            await self.news.wait()
            self.news.clear()
        for one in self.carriers:
            if one.done():
                one.result()  # what the messages themselves raised
        found, self.done = self.done, []
        return found

    async def end(self) -> None:
        """Close everything."""
        for one in (*self.carriers, *([self.watch] if self.carriers else [])):
            one.cancel()
        for line in self.lines:
            line.close()
        await asyncio.gather(*self.carriers, return_exceptions=True)
        await asyncio.sleep(0)  # the transports say goodbye

    async def _carry(self) -> None:
        """Take message after message until there is none."""
        kept: dict[tuple[str, str, int], Line] = {}
        try:
            for parcel in self.parcels:
                try:
                    told: Told = await self._said(parcel, kept)
                except (Unsent, Unheard) as error:
                    told = error
                self.done.append((parcel.number, told))
                self.news.set()
        finally:
            self.news.set()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            now = time.monotonic()
            for line in self.lines:
                line.look(now)

    async def _said(self, parcel: Parcel, kept: dict[tuple[str, str, int], Line]) -> Answer:
        way = self._way(parcel.url)
        where, request = (way.scheme, way.host, way.port), _request(parcel, way)
        line = kept.get(where)
        if line and line.open:
            try:
                return await line.say(request)
            except Unheard:
                if not line.silent or line.late or not once_more():
                    raise
        if line:
            self.lines.discard(line)
        kept[where] = line = await self._line(way)
        return await line.say(request)

    def _way(self, url: str) -> Way:
        """Return where a message goes; a place is judged and looked up once in a batch."""
        try:
            parts = urlsplit(url)
            where = (parts.scheme, parts.netloc)
            if where not in self.ways:
                self.ways[where] = wire.way_to(url, self.hosts, private=self.private, resolve=self._look_up)
        except httpx2.ConnectError:
            raise Unsent("ConnectError") from None
        except (Refused, ValueError):
            raise Unsent("address") from None
        return self.ways[where]._replace(path=wire.path_of(parts))

    def _look_up(self, host: str, port: int) -> list[str]:
        if (host, port) not in self.looked:
            try:
                self.looked[host, port] = wire.look_up(host, port)
            except httpx2.ConnectError:
                self.looked[host, port] = []
        if not self.looked[host, port]:
            raise httpx2.ConnectError(host)
        return self.looked[host, port]

    async def _line(self, way: Way) -> Line:
        loop, secure = asyncio.get_running_loop(), way.scheme == "https"
        try:
            async with asyncio.timeout(wire.TIMEOUT):
                _transport, line = await loop.create_connection(
                    Line, way.pinned, way.port, ssl=wire.trusted() if secure else None, server_hostname=way.host if secure else None
                )
        except TimeoutError:
            raise Unsent("ConnectTimeout") from None
        except OSError:
            raise Unsent("ConnectError") from None
        self.lines.add(line)
        return line


def abreast(parcels: Iterable[Parcel], hosts: Collection[str], *, private: bool = False) -> Iterator[tuple[int, Told]]:
    """Post what the parcels bring, each taken only when it is its turn; give each one's answer as it comes, in whatever order."""
    with asyncio.Runner() as runner:
        batch = _Round(iter(parcels), hosts, private)
        try:
            while found := runner.run(batch.more()):
                yield from found
        finally:
            runner.run(batch.end())


def _request(parcel: Parcel, way: Way) -> bytes:
    """Write the request; an address goes into it without anything that could begin another line.

    Raises:
        Unsent: a header would.
    """
    lines = [f"POST {quote(way.path, safe=_SAFE)} HTTP/1.1", f"host: {way.place}", f"content-length: {len(parcel.body)}"]
    lines += [f"{name}: {value}" for name, value in parcel.headers.items()]
    if any("\r" in line or "\n" in line for line in lines):
        raise Unsent("address")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + parcel.body
