"""One kept connection: a message at a time, or a train of several, written together and answered in their order (RFC 9112, 9.3.2)."""

import asyncio
import time
from collections.abc import Sequence

from qingqun.hub.deliver import wire
from qingqun.hub.deliver.answers import GarbledError, Reader
from qingqun.hub.deliver.speak import Unheard
from qingqun.hub.deliver.wire import Answer

QUICK = 0.03  # seconds in which all answers of a train are there


class Line(asyncio.Protocol):
    """A connection and what it is asked. `answers` are those of the last train, `quick` tells whether its server answers at once."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.reader, self.answers, self.due = Reader(wire.LARGEST), list[Answer](), 0
        self.waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.begun = self.heard = 0.0
        self.silent, self.late, self.quick = True, False, False  # whether nothing was heard of the message that is next; that took too long

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport if isinstance(transport, asyncio.Transport) else None

    async def say(self, requests: Sequence[bytes]) -> None:
        """Say messages; their answers stand in `answers` then.

        Raises:
            Unheard: to one of them no answer came, or none that can be read; those before it have theirs.
        """
        self.answers, self.due, self.waiting = [], len(requests), asyncio.get_running_loop().create_future()
        self.begun = started = time.monotonic()
        self._next()
        if self.transport is None or self.transport.is_closing():
            raise Unheard("ReadError")
        self.transport.write(b"".join(requests))
        await self.waiting
        self.quick = time.monotonic() - started < QUICK

    def data_received(self, data: bytes) -> None:
        self.silent, self.heard = False, time.monotonic()
        if self.waiting.done():
            self.close()  # nobody asked
            return
        try:
            while answer := self.reader.take(data):
                data = self._took(answer)
                if not data:
                    return
        except GarbledError:
            self._fail("RemoteProtocolError")

    def _took(self, answer: Answer) -> bytes:
        """Note an answer; return what came of the next one."""
        kept, rest = self.reader.kept, self.reader.rest
        self.answers.append(answer)
        if len(self.answers) == self.due:
            self.waiting.set_result(None)
            if not kept or rest:  # more than was asked for, whatever that is
                self.close()
            return b""
        if not kept:
            self._next()
            self._fail("ReadError")
            return b""
        self._next()
        self.silent, self.begun = not rest, self.heard
        return rest

    def _next(self) -> None:
        self.reader, self.silent, self.heard = Reader(wire.LARGEST), True, time.monotonic()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.waiting.done() and (answer := self.reader.ended()):
            self._took(answer)
        self._fail("ReadError")

    def look(self, now: float) -> None:
        """End what takes too long: an answer that drips is cut off, and its status counts."""
        if self.begun and not self.waiting.done():
            if now - self.begun > wire.LONGEST and (answer := self.reader.cut()):
                self.reader.kept = False
                self._took(answer)
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
