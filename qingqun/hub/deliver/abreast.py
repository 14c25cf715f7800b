"""Many posts side by side over connections that are kept meanwhile: as careful as `wire.post`, for messages that carry their key.

Connections are opened for a batch and closed after it. A kept one may end just when the next message goes into it, and nobody knows whether
that was read: it is said once more on a new one, since its receiver knows the key; where the limit leaves no room, the outcome is unknown.

Where a server has answered a connection at once, several messages follow in one train: a system call costs more than all else of a post.
A POST may be sent so only where saying it again is harmless (RFC 9112, 9.3.2), which the key makes it. One train of two is tried at a place
before there are more and longer ones, and a place that breaks one is given none any more.
"""

import asyncio
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import httpx2

from qingqun.hub.deliver import wire
from qingqun.hub.deliver.line import Line
from qingqun.hub.deliver.speak import Unheard, Unsent
from qingqun.hub.deliver.spend import once_more
from qingqun.hub.deliver.wire import Answer, Way
from qingqun.words import Refused

WIDTH = 16  # connections at once
TRAIN = 8  # messages written together at most
_LOOK = 0.1  # seconds between two looks for what takes too long
_PLAIN = re.compile(r"https?://[a-z0-9.:-]+/[A-Za-z0-9._~/%&=?:-]*")
_SAFE = "/%:=&?~#+!$,;'@()*[]"


class Parcel(NamedTuple):
    """What is posted: `number` tells whose answer comes back."""

    number: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    urgent: bool = False  # it waits for no other message's answer


class _Ready(NamedTuple):
    """A message as it is written, and where it goes."""

    number: int
    where: tuple[str, str, int]
    way: Way
    request: bytes
    urgent: bool


_bears: dict[tuple[str, str, int], bool] = {}  # places that bore a train, or did not; of what was never tried nothing stands here
Told = Answer | Unsent | Unheard


@dataclass
class _Round:
    """The messages of one batch, who carries them, and what came back."""

    parcels: Iterator[Parcel]
    hosts: Collection[str]
    private: bool
    looked: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    ways: dict[tuple[str, str], Way] = field(default_factory=dict)
    plain: dict[str, Way] = field(default_factory=dict)  # by what an address begins with
    held: list[_Ready] = field(default_factory=list)  # taken, and for another place than those before
    trying: set[tuple[str, str, int]] = field(default_factory=set)  # places without trains: the first is under way, or one was slow
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
            while train := self._train(kept):
                await self._pass(train, kept)
        finally:
            self.news.set()

    def _train(self, kept: Mapping[tuple[str, str, int], Line]) -> list[_Ready]:
        """Take the next message, and more for the same place where it answers at once."""
        first = self._next()
        if first is None:
            return []
        train, room = [first], self._room(first, kept.get(first.where))
        while len(train) < room and (more := self._next()):
            if more.where != first.where:
                self.held.append(more)
                break
            train.append(more)
        if len(train) > 1 and first.where not in _bears:
            self.trying.add(first.where)
        return train

    def _room(self, one: _Ready, line: Line | None) -> int:
        """Return how many messages may go together where this one goes."""
        if one.urgent or line is None or not (line.open and line.quick) or one.where in self.trying:
            return 1
        return {True: TRAIN, False: 1, None: 2}[_bears.get(one.where)]

    def _next(self) -> _Ready | None:
        """Take the next message that can be written."""
        if self.held:
            return self.held.pop()
        for parcel in self.parcels:
            try:
                return self._ready(parcel)
            except Unsent as error:
                self._tell(parcel.number, error)
        return None

    async def _pass(self, train: list[_Ready], kept: dict[tuple[str, str, int], Line]) -> None:
        """Say a train over the connection that is kept, or what has to be said otherwise, one after the other over a new one."""
        line = kept.get(train[0].where)
        for one in await self._together(line, train) if line and line.open else train:
            line = kept.get(one.where)
            if line and line.open and not await self._together(line, [one]):
                continue
            self.lines -= {line} if line else set()
            try:
                line = kept[one.where] = await self._line(one.way)
                await line.say([one.request])
                self._tell(one.number, line.answers[0])
            except (Unsent, Unheard) as error:
                self._tell(one.number, error)

    async def _together(self, line: Line, train: list[_Ready]) -> list[_Ready]:
        """Say a train; return what may be said once more, because the connection ended in stead of an answer."""
        error = Unheard("")
        try:
            await line.say([one.request for one in train])
        except Unheard as broken:
            error = broken
        for one, answer in zip(train, line.answers, strict=False):
            self._tell(one.number, answer)
        left = train[len(line.answers) :]
        if len(train) > 1:
            self._learn(train[0].where, bears=not left, quick=line.quick)
        again = line.silent and (not line.late or 0 < len(left) < len(train))  # behind another one it waited only for the train's sake
        more = [one for one in left if again and once_more()]
        for one in left[len(more) :]:
            self._tell(one.number, error)
        return more

    def _learn(self, where: tuple[str, str, int], *, bears: bool, quick: bool) -> None:
        """Note whether a place bore a train, and leave it alone for this batch where its answers were held up by each other."""
        _bears[where] = bears
        if quick:
            self.trying.discard(where)
        else:
            self.trying.add(where)

    def _tell(self, number: int, told: Told) -> None:
        self.done.append((number, told))
        self.news.set()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            now = time.monotonic()
            for line in self.lines:
                line.look(now)

    def _ready(self, parcel: Parcel) -> _Ready:
        """Write a message.

        Raises:
            Unsent: it leads to where nothing goes.
        """
        way = self._way(parcel.url)
        return _Ready(parcel.number, (way.scheme, way.host, way.port), way, _request(parcel, way), parcel.urgent)

    def _way(self, url: str) -> Way:
        """Return where a message goes; a place is judged and looked up once in a batch."""
        place = url[: url.find("/", 8)]
        if place in self.plain and _PLAIN.fullmatch(url):  # as most are: nothing in it has to be told apart
            return self.plain[place]._replace(path=url[len(place) :])
        try:
            parts = urlsplit(url)
            where = (parts.scheme, parts.netloc)
            if where not in self.ways:
                self.ways[where] = wire.way_to(url, self.hosts, private=self.private, resolve=self._look_up)
        except httpx2.ConnectError:
            raise Unsent("ConnectError") from None
        except (Refused, ValueError):
            raise Unsent("address") from None
        if _PLAIN.fullmatch(url):
            self.plain[f"{parts.scheme}://{parts.netloc}"] = self.ways[where]
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
    path = way.path if _PLAIN.fullmatch(parcel.url) else quote(way.path, safe=_SAFE)
    lines = [f"POST {path} HTTP/1.1", f"host: {way.place}", f"content-length: {len(parcel.body)}"]
    lines += [f"{name}: {value}" for name, value in parcel.headers.items()]
    if any("\r" in line or "\n" in line for line in lines):
        raise Unsent("address")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + parcel.body
