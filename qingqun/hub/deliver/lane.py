"""The loops of a lane in one process: what releases, looks, rings, seals and beats, each in a thread of its own."""

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from qingqun.hub import sql
from qingqun.hub.deliver.channels import CHANNELS, Opened, opened
from qingqun.hub.deliver.claim import LEASE
from qingqun.hub.deliver.finish import beat, drop
from qingqun.hub.deliver.loops import Clock, Loop
from qingqun.hub.deliver.proof import prove
from qingqun.hub.deliver.round import ring
from qingqun.hub.deliver.summary import summarise
from qingqun.hub.models import Lane

IDLE = {str(Lane.ROUTINE): 1.0, str(Lane.EMERGENCY): 0.2}  # seconds
_SUMMARY = 60.0  # seconds between looks for a group's summary
_ASK = 5.0  # seconds between looks for rings whose platform can be asked
_REFRESH = 30.0  # seconds after which credentials are read anew
Look = Callable[[Clock, str, Mapping[str, Opened]], int]


class Channels:
    """The opened channels, read anew now and then: a credential that is added or taken away needs no restart."""

    def __init__(self) -> None:
        self._lock, self._found, self._until = threading.Lock(), dict[str, Opened](), 0.0

    def __call__(self) -> dict[str, Opened]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._found, self._until = opened(), time.monotonic() + _REFRESH
            return self._found


def loops(lane: str, look: Look, stop: threading.Event, clock: Clock, more: Mapping[str, tuple[Callable[[], int], float]]) -> list[Loop]:
    """Return a lane's loops, not started: `more` are others by name, each with its seconds of rest (release, seal)."""
    worker, channels = name(lane), Channels()
    made = {name: (step, rest) for name, (step, rest) in more.items()}
    made["beat"] = (partial(_beat, worker, lane, clock), LEASE[lane] / 3_000)
    made["look"] = (lambda: look(clock, lane, channels()), IDLE[lane])
    if lane == Lane.ROUTINE:
        made["summary"] = (lambda: summarise(clock), _SUMMARY)
    for channel in CHANNELS:
        made[channel] = (Ringer(channel, lane, worker, channels, clock, stop), IDLE[lane])
        if hasattr(CHANNELS[channel], "poll_result"):
            made[f"{channel}.ask"] = (partial(_ask, channel, lane, channels, clock), _ASK)
    rung = {"look", *CHANNELS} if sql.postgres() else set[str]()  # SQLite's other writers want their turn
    return [Loop(f"{lane}.{name}", step, rest, stop, clock, alone=name in rung) for name, (step, rest) in made.items()]


def name(lane: str) -> str:
    """Return a name no other worker has."""
    return f"{lane[:4]}-{socket.gethostname()[:30]}-{os.getpid()}-{os.urandom(4).hex()}"


def _beat(worker: str, lane: str, clock: Clock) -> int:
    beat(worker, lane, clock())
    return 0


@dataclass
class Ringer:
    """Rings on one channel. What a broken round had in hand is let go: this worker lives, so its beat would hold it for good."""

    channel: str
    lane: str
    worker: str
    channels: Callable[[], Mapping[str, Opened]]
    clock: Clock
    stop: threading.Event
    broken: bool = False

    def __call__(self) -> int:
        """Ring once; return how many were claimed."""
        if self.broken:
            drop(self.worker, self.lane, self.channel)
        self.broken = True
        found = self.channels().get(self.channel)
        count = ring(self.clock, self.lane, self.worker, found, self.stop.is_set) if found else 0
        self.broken = False
        return count


def _ask(channel: str, lane: str, channels: Channels, clock: Clock) -> int:
    found = channels().get(channel)
    return prove(clock, lane, found) if found else 0
