"""The outbox as a test drives it: one round at a time."""

from typing import Any

from hub_help import Clock

from qingqun.hub import hold
from qingqun.hub.deliver import CHANNELS, Opened, look, work


class Post:
    """The outbox under test: a clock that is set by hand, workers by name, channels as opened."""

    def __init__(self, clock: Clock, **channels: dict[str, Any]) -> None:
        self.clock = clock
        self.channels = {name: Opened(name, CHANNELS[name], credentials) for name, credentials in channels.items()}

    def round(self, lane: str = "routine", worker: str = "甲") -> int:
        return work(self.clock, lane, worker, self.channels, hold.resting if lane == "routine" else None)

    def look(self, lane: str = "routine") -> int:
        return look(self.clock, lane, self.channels, hold.resting if lane == "routine" else None)
