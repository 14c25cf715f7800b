"""What the hub's benches stand in: an office of two hundred units and as many people as are asked for, and what measures them."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management import call_command

from qingqun.clock import BEIJING
from qingqun.hub import accept, hold, sql, tree
from qingqun.hub.models import DutyList, DutyTurn, Notice, Person, Unit

UNITS = 200


@dataclass
class Spent:
    """Seconds on the wall and of processor: this process's, its threads' and the database's own processes'."""

    wall: float = 0.0
    cpu: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:.2f} s (CPU {self.cpu:.2f} s, load {os.getloadavg()[0]:.1f})"


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure what is done meanwhile."""
    found, wall, cpu = Spent(), time.perf_counter(), _cpu()
    yield found
    found.wall, found.cpu = time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    """Return the seconds of processor used so far, those of children and of PostgreSQL's processes too."""
    own = os.times()
    whole = own.user + own.system + own.children_user + own.children_system
    keeper = Path(os.environ["QINGQUN_DATA"], "data", "postmaster.pid")
    return whole + (_server(int(keeper.read_text(encoding="utf-8").split()[0])) if keeper.exists() else 0.0)


def _server(keeper: int) -> float:
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(path.parent.name) == keeper:
            ticks += sum(int(field) for field in fields[11:15])  # its own, and its ended children's
        elif int(fields[1]) == keeper:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class House:
    """A hub with so many people; its working day is 2026-03-12."""

    def __init__(self, people: int = 0) -> None:
        """Make it, or find the one that stands in the database."""
        call_command("migrate", verbosity=0)
        self.night, self.morning = datetime(2026, 3, 11, 21, tzinfo=BEIJING), datetime(2026, 3, 12, 8, 30, tzinfo=BEIJING)
        if people:
            self._made(people)
        self.units = list(Unit.objects.order_by("pk"))
        self.author, self.approver = Person.objects.order_by("pk")[:2]
        self.duty = DutyList.objects.get().pk

    def _made(self, people: int) -> None:
        first = Unit.objects.create(name="区")
        for number in range(UNITS):
            Unit.objects.create(name=f"单位{number}", parent=first)
        tree.settle()
        _author, approver = (Person.objects.create(name=name, unit=first) for name in ("张主任", "小李"))
        duty = DutyList.objects.create(name="值班", unit=first)
        day = timedelta(days=1)
        DutyTurn.objects.create(duty_list=duty, person=approver, starts=self.night - day, ends=self.night + 9 * day)
        self._people(people - 2, first.pk + 1)

    def _people(self, count: int, unit: int) -> None:
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        yes = "TRUE" if sql.postgres() else "1"
        sql.run(f"{numbers}INSERT INTO hub_person (name, unit_id, inbox) SELECT '人员' || i, {unit} + i %% {UNITS}, {yes} FROM n")
        self.analyse()

    def analyse(self) -> None:
        sql.run("ANALYZE")

    def notice(self, people: int, **changed: object) -> Notice:
        """Write to about so many: whole units, as an office does."""
        every = sql.value("SELECT count(*) FROM hub_person")
        units = self.units[1 : 1 + max(1, round(people / every * UNITS))]
        audience = {"any": [{"unit": unit.pk} for unit in units]} if people < every else {"unit": self.units[0].pk, "below": True}
        values = {
            "key": os.urandom(16).hex(),
            "author": self.author,
            "unit": self.units[0],
            "title": "通知",
            "text": "请知悉。",
            "audience": audience,
        }
        return Notice(**{**values, **changed})

    def written(self, notice: Notice, now: datetime) -> int:
        """Accept a notice as the desk does and return for how many."""
        return accept.accept(notice, _plan, now).people


def _plan(groups: Iterable[hold.Group], importance: str, now: datetime) -> list[hold.Planned]:
    every = list(groups)
    return hold.plan(every, hold.hours_of(every), importance, now)
