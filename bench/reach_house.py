"""What the outbox's bench stands in: deliveries that are due, a channel that takes everything, the product's workers as processes."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from unittest import mock

from django.conf import settings
from django.db import connection
from hub_house import House, Spent, spent

from qingqun.hub import sql, story
from qingqun.hub.deliver import due, lane
from qingqun.hub.deliver.channels import Opened, webhook
from qingqun.hub.deliver.ringing import Channel, Credentials, Limits, Message, Outcome, Rate, Sent
from qingqun.hub.models import Lane, Ring

NAME = "webhook"
EMPTIED = [f"hub_{name}" for name in ("attempt", "delivery", "hold", "notice", "entry", "pace", "told", "bucket")]
LONGEST = 100.0  # seconds of one measurement


class Taking:
    """The webhook as it is, with a receiver that takes all and a limit that nobody meets."""

    TITLE, KEYED, FIELDS = webhook.TITLE, webhook.KEYED, webhook.FIELDS
    AT_ONCE = webhook.AT_ONCE
    LIMITS = Limits(credential=Rate(2_000_000_000, 60), longest=webhook.LIMITS.longest)
    render = staticmethod(webhook.render)
    classify = staticmethod(webhook.classify)

    def __init__(self, address: str = "https://hook.example/", credentials: Credentials | None = None) -> None:
        self.address, self.credentials = address, credentials or {"secrets": [], "hosts": ["hook.example"]}
        self.count: Callable[[int], None] = lambda _many: None

    def send(self, messages: Iterable[Message], _credentials: Credentials) -> Iterator[Sent]:
        for message in messages:
            self.count(1)
            yield message.attempt, Outcome(Ring.SENT, "200")


class Posting(Taking):
    """The webhook as it is, to a receiver on this machine; a limit that nobody meets."""

    def __init__(self, address: str, secret: str) -> None:
        super().__init__(address, {"secrets": [secret], "hosts": ["127.0.0.1"], "private": True})

    def send(self, messages: Iterable[Message], credentials: Credentials) -> Iterator[Sent]:
        for sent in webhook.send(messages, credentials):
            self.count(1)
            yield sent


class Turns:
    """When the workers are ready, may go, and shall stop."""

    def __init__(self, workers: int) -> None:
        self.ready, self.go, self.stop = multiprocessing.Barrier(workers + 1), multiprocessing.Event(), multiprocessing.Event()


@dataclass
class Run:
    """What one measurement gave."""

    count: int
    took: Spent
    load: float

    @property
    def rate(self) -> float:
        return self.count / self.took.wall

    def __str__(self) -> str:
        cost = self.took.cpu / self.count * 1e6
        return f"{self.count:,} in {self.took.wall:.2f} s = {self.rate:,.0f}/s ({cost:.0f} us of processor each, load {self.load:.1f})"


class Outbox:
    """A house whose people all have the channel; before each measurement a notice to all of them is due."""

    def __init__(self, people: int, channel: Taking) -> None:
        self.channel = channel
        settings.SECRET_KEY, settings.ADDRESS = os.urandom(25).hex(), "https://hub.example"
        self.house, self.people = House(people), people
        reached = f"SELECT id, '{NAME}', '{channel.address}' || id, 1 FROM hub_person"
        sql.run(f"INSERT INTO hub_contact (person_id, channel, address, rank) {reached}")
        self.house.analyse()

    def opened(self) -> Opened:
        """Return the channel as a worker opens it."""
        return Opened(NAME, cast("Channel", self.channel), self.channel.credentials)

    def run(self, workers: int, *, whole: bool) -> Run:
        """Measure from the moment the workers begin until the last has ended what it claimed."""
        begin = self._fill(attempts=not whole)
        connection.close()
        turns, counts = Turns(workers), multiprocessing.RawArray("q", workers)
        running = [
            multiprocessing.Process(target=_work, args=(number, self.channel, begin, whole, turns, counts)) for number in range(workers)
        ]
        for one in running:
            one.start()
        turns.ready.wait()
        load = os.getloadavg()[0]
        with spent() as took:
            turns.go.set()
            wall = self._until_done(counts)
            turns.stop.set()
            for one in running:
                one.join()
        self._check(sum(counts))
        return Run(self.people, replace(took, wall=wall), load)

    def _until_done(self, counts: Sequence[int]) -> float:
        """Return the seconds until all is rung and ended; the database is not asked before all is rung."""
        begun = time.monotonic()
        while sum(counts) < self.people and time.monotonic() - begun < LONGEST:
            time.sleep(0.01)
        while time.monotonic() - begun < LONGEST and sql.rows(
            "SELECT 1 FROM hub_attempt WHERE state = 'sending' AND lease_until > 0 LIMIT 1"
        ):
            time.sleep(0.01)
        return time.monotonic() - begun

    def _fill(self, *, attempts: bool) -> datetime:
        """Begin a new day: an empty outbox, one notice to everybody, due now; with their attempts where those are wanted."""
        for table in EMPTIED:
            sql.run(f"TRUNCATE {table} CASCADE" if sql.postgres() else f"DELETE FROM {table}")
        begin = self.house.morning + timedelta(hours=1)
        self.house.written(self.house.notice(self.people), self.house.morning)
        sql.run("UPDATE hub_delivery SET ring_after = not_before")
        _tidy()
        with mock.patch.object(due, "DEEPEST", 10**9):
            while attempts and due.due(begin, Lane.ROUTINE, [NAME], None, limit=20_000):
                pass
        _tidy()
        return begin

    def _check(self, rung: int) -> None:
        attempts = sql.rows("SELECT state, count(*), count(DISTINCT delivery_id) FROM hub_attempt GROUP BY state")
        assert attempts == [("sent", self.people, self.people)], attempts
        assert rung == self.people, rung
        assert sql.value("SELECT sum(count) FROM hub_entry WHERE act = 'ring'") == self.people
        later = sql.value("SELECT count(*) FROM hub_delivery WHERE ring_after IS NOT NULL")
        assert later == self.people, later


def _tidy() -> None:
    for text in ("VACUUM ANALYZE", "CHECKPOINT") if sql.postgres() else ("ANALYZE",):
        sql.run(text)


def _work(number: int, channel: Taking, begin: datetime, whole: bool, turns: Turns, counts: MutableSequence[int]) -> None:  # noqa: PLR0913, PLR0917  as a process is given it
    """One worker process, until it is told to stop: the loops of the routine lane as `work` runs them."""
    started, ending = time.monotonic(), threading.Event()
    opened = {NAME: Opened(NAME, cast("Channel", channel), channel.credentials)}

    def clock() -> datetime:
        return begin + timedelta(seconds=time.monotonic() - started)

    def count(many: int) -> None:
        counts[number] += many

    channel.count = count
    look = story.look if whole else (lambda *_what: 0)
    with mock.patch.object(lane, "CHANNELS", {NAME: channel}), mock.patch.object(lane, "opened", return_value=opened):
        loops = lane.loops(Lane.ROUTINE, look, ending, clock, {})
        turns.ready.wait()
        turns.go.wait()
        for loop in loops:
            loop.start()
        turns.stop.wait()
        ending.set()
        for loop in loops:
            loop.join()
