"""Loops: one thread each, that does a step again and again, outlives whatever one step met, tells the desk, and stops when asked."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection

from qingqun.hub import sql
from qingqun.hub.models import Setting
from qingqun.hub.moment import to_ms

_log = logging.getLogger(__name__)
ALARM = "alarm."  # settings under which a stopped lane tells the desk
_PAUSE, _LONGEST = 0.5, 8.0  # seconds after an error, doubled up to the longest
_NAP = 0.03  # seconds of the first rest after work, doubled up to the loop's own
_YIELD = 0.005  # seconds at least between two busy steps: SQLite's other writers get their turn
Clock = Callable[[], datetime]


class Loop(threading.Thread):
    """Runs `step` until `stop` is set; a step returns how much there was to do, and none is followed by `idle` seconds of rest."""

    def __init__(  # noqa: PLR0913  what a loop needs
        self, name: str, step: Callable[[], int], idle: float, stop: threading.Event, clock: Clock, *, alone: bool = False
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.alone = alone  # nobody waits meanwhile for what it uses
        self.step, self.idle, self.stop, self.clock = step, idle, stop, clock
        self.failing = self.resting = 0.0

    def run(self) -> None:
        while not self.stop.is_set():
            started = time.monotonic()
            rest = self._turn()
            busy = time.monotonic() - started
            self.stop.wait(rest or (0.0 if self.alone else max(_YIELD, busy)))  # as long as it took: half of the time is for others
        connection.close()

    def _turn(self) -> float:
        """Do one step and return the seconds to rest, 0 where there is more to do."""
        try:
            done = self.step()
            if self.failing:
                cleared(self.name)
        except Exception as error:  # noqa: BLE001  a worker outlives whatever one step met; it is logged and shown
            _log.exception("%s stopped for a moment", self.name)
            connection.close()
            self.failing = min(max(self.failing * 2, _PAUSE), _LONGEST)
            _tell(self.name, error, self.clock)
            return self.failing
        self.failing = 0.0
        self.resting = 0.0 if done else min(self.idle, max(_NAP, 2 * self.resting))  # where there was work, more comes soon
        return self.resting


def alarms() -> dict[str, dict[str, object]]:
    """Return what is stopped now: a loop's name, and since when (ms) and why."""
    return {row.key.removeprefix(ALARM): row.value for row in Setting.objects.filter(key__startswith=ALARM)}


def raised(name: str, why: str, now: datetime) -> None:
    """Tell the desk that a loop is stopped; the first time counts."""
    Setting.objects.get_or_create(key=f"{ALARM}{name}", defaults={"value": {"since": to_ms(now), "why": why}})


def cleared(name: str) -> None:
    """Take the alarm back."""
    sql.run("DELETE FROM hub_setting WHERE key = %s", [f"{ALARM}{name}"])


def _tell(name: str, error: Exception, clock: Clock) -> None:
    try:
        raised(name, type(error).__name__, clock())
    except DatabaseError:  # the database itself is what stopped it; the log has it
        connection.close()
