"""A client that writes notices and confirms them, and keeps its own log of what it was told: the oracle's side of the story.

Its log: `try KEY KIND MS` before it asks, `ok KEY NOTICE PEOPLE` once it was answered, `read DELIVERY` once a confirmation was taken. One that
comes back after a kill asks again under the key that got no answer.
"""

import os
import random
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from qingqun.hub import accept, hold, sql
from qingqun.hub.inbox import receive
from qingqun.hub.models import Confirm, DutyTurn, Notice, Person, Unit
from qingqun.hub.moment import to_ms

Clock = Callable[[], datetime]


def virtual(start: datetime, begun: float, speed: float = 0) -> Clock:
    """Return a clock that read `start` when time.monotonic() was `begun`; the same in every process of this machine.

    It goes `speed` times as fast as time does; without one, as fast as ATTACK_SPEED in the environment has it.
    """
    pace = speed or float(os.environ.get("ATTACK_SPEED", "1"))
    return lambda: start + timedelta(seconds=(time.monotonic() - begun) * pace)


def unlike(chance: random.Random) -> str:
    """Return words that no other notice has: nothing of the attack is spent on telling hundreds of notices apart that differ in a number."""
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _character in range(12))


class Client:
    def __init__(self, number: int, clock: Clock, log: Path) -> None:
        self.clock, self.log, self.chance = clock, log, random.Random(number + time.monotonic())

    def run(self, stop: threading.Event, parent: int) -> None:
        unit, people = Unit.objects.order_by("pk")[0], list(Person.objects.order_by("pk"))
        duty = DutyTurn.objects.all()[0].duty_list_id
        again = unanswered(self.log)
        while not stop.is_set() and os.getppid() == parent:
            try:
                key, kind = again.pop() if again else (os.urandom(16).hex(), self.chance.choice(["now", "now", "later", "emergency"]))
                self._write(key, kind, unit, people, duty)
                self._read()
            except DatabaseError:  # stopped or locked for long: no answer, so ask again
                connection.close()
                again = unanswered(self.log)
            stop.wait(self.chance.uniform(0.1, 0.5))

    def _write(self, key: str, kind: str, unit: Unit, people: list[Person], duty: int) -> None:
        now = self.clock()
        words = unlike(self.chance)
        notice = Notice(key=key, author=people[0], unit=unit, title=words[:6], text=words[6:], audience=self._whom(unit, people))
        if kind == "later":
            notice.send_at = now + timedelta(seconds=self.chance.uniform(0.5, 3))
        if kind == "emergency":
            notice.importance, notice.approver, notice.ground = "emergency", people[1], "RXF-1995-32"
            notice.audience = {"any": [{"duty": duty}, {"persons": [people[2].pk]}]}
        self._note(f"try {key} {kind} {to_ms(now)}")
        told = accept.accept(notice, _plan, now)
        self._note(f"ok {key} {told.notice} {told.people}")

    def _whom(self, unit: Unit, _people: list[Person]) -> dict[str, Any]:
        return {"unit": unit.pk, "below": True}

    def _read(self) -> None:
        some = sql.rows("SELECT id, person_id FROM hub_delivery WHERE state = 'delivered' AND read_at IS NULL ORDER BY id DESC LIMIT 40")
        for delivery, person in self.chance.sample(some, min(2, len(some))):
            if receive(delivery, person, Confirm.CONFIRM, self.clock()):
                self._note(f"read {delivery}")

    def _note(self, line: str) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def unanswered(log: Path) -> list[tuple[str, str]]:
    """Return the keys, with their kinds, that were asked and not answered."""
    lines = [line.split() for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    answered = {line[1] for line in lines if line[0] in {"ok", "gone"}}
    return list({line[1]: (line[1], line[2]) for line in lines if line[0] == "try" and line[1] not in answered}.values())


def _plan(groups: object, importance: str, now: datetime) -> list[hold.Planned]:
    every = list(groups)  # type: ignore[call-overload]  # groups as accept gives them
    return hold.plan(every, hold.hours_of(every), importance, now)
