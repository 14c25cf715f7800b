"""Claims: a notice to 55,000 people is acknowledged within a second; 200,000 held ones are released while an emergency gets through;
confirmations come as fast as the disk commits. Each beside what the database does bare, in the same run.

Run: python bench/hub.py [--lite | --postgres] [--people 55000] [--held 200000] [--inbox 10000000]. Without a choice both databases, one
after the other; PostgreSQL is Debian's own, on a free port, stopped at the end. Everything lies in a temporary folder, gone afterwards.
"""

import argparse
import os
import platform
import random
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import django

CONFIRMATIONS, THREADS = 2.0, 8  # seconds, and confirmations at once


def main() -> None:
    options = _options()
    if options.lite or options.postgres:
        django.setup()
        _bench(options)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for choice in ("--lite", "--postgres"):
        with _database(choice) as environment:
            subprocess.run([sys.executable, __file__, choice, *sys.argv[1:]], env=environment, check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--people", type=int, default=55_000)
    parser.add_argument("--held", type=int, default=200_000)
    parser.add_argument("--inbox", type=int, default=0)
    return parser.parse_args()


@contextmanager
def _database(choice: str) -> Iterator[dict[str, str]]:
    folder = Path(mkdtemp(prefix="qingqun-bench-"))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "qingqun.hub.settings", "QINGQUN_DATA": str(folder), "QINGQUN_DATABASE": ""}
    try:
        if choice == "--lite":
            yield environment
        else:
            with _postgres(folder) as url:
                yield {**environment, "QINGQUN_DATABASE": url}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    tools = max(Path("/usr/lib/postgresql").glob("*/bin"))
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if before:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = str(folder / "data")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=256MB -c max_wal_size=4GB"
    _quietly([*before, str(tools / "initdb"), "-D", place, "-U", "hub", "-A", "trust", "-E", "UTF8", "--locale=C"])
    _quietly([*before, str(tools / "pg_ctl"), "-D", place, "-l", str(folder / "log"), "-w", "-o", options, "start"])
    try:
        yield f"postgresql://hub@127.0.0.1:{port}/postgres"
    finally:
        _quietly([*before, str(tools / "pg_ctl"), "-D", place, "-m", "fast", "-w", "stop"])


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)


def _bench(options: argparse.Namespace) -> None:
    house = House(max(options.people, options.held))
    print(f"\n{house.name}")
    house.accept(options.people)
    house.release(options.held)
    house.confirm()
    if options.inbox:
        house.inbox(options.inbox)


class House:
    """A hub with as many people as are asked for; its working day is 2026-03-12."""

    def __init__(self, people: int) -> None:
        from django.core.management import call_command  # noqa: PLC0415  models need django.setup() first

        from qingqun.clock import BEIJING  # noqa: PLC0415  same
        from qingqun.hub import accept, hold, ledger, release, sql, tree  # noqa: PLC0415  same
        from qingqun.hub.inbox import receive  # noqa: PLC0415  same
        from qingqun.hub.models import DutyList, DutyTurn, Notice, Person, Unit  # noqa: PLC0415  same

        call_command("migrate", verbosity=0)
        self.sql, self.hold, self.ledger, self.Notice, self._receive = sql, hold, ledger, Notice, receive
        self._accept, self._release = accept.accept, release.release
        self.night, self.morning = (datetime(2026, 3, 11, 21, tzinfo=BEIJING), datetime(2026, 3, 12, 8, 30, tzinfo=BEIJING))
        self.name = "PostgreSQL" if sql.postgres() else "SQLite"
        self.units = [Unit.objects.create(name="区")]
        self.units += [Unit.objects.create(name=f"单位{number}", parent=self.units[0]) for number in range(200)]
        tree.settle()
        self.author, self.approver = (Person.objects.create(name=name, unit=self.units[0]) for name in ("张主任", "小李"))
        duty = DutyList.objects.create(name="值班", unit=self.units[0])
        DutyTurn.objects.create(
            duty_list=duty, person=self.approver, starts=self.night - timedelta(days=1), ends=self.night + timedelta(days=9)
        )
        self.duty = duty.pk
        self._people(people - 2)

    def _people(self, count: int) -> None:
        first, last = self.units[1].pk, len(self.units) - 1
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        yes = "TRUE" if self.sql.postgres() else "1"
        self.sql.run(f"{numbers}INSERT INTO hub_person (name, unit_id, inbox) SELECT '人员' || i, {first} + i %% {last}, {yes} FROM n")
        self._analyse()

    def _analyse(self) -> None:
        self.sql.run("ANALYZE")

    def _notice(self, people: int, **changed: object) -> object:
        """Write to about so many: whole units, as an office does."""
        every = self.sql.value("SELECT count(*) FROM hub_person")
        units = self.units[1 : 1 + max(1, round(people / every * 200))]
        audience = {"any": [{"unit": unit.pk} for unit in units]} if people < every else {"unit": self.units[0].pk, "below": True}
        values = {
            "key": os.urandom(16).hex(),
            "author": self.author,
            "unit": self.units[0],
            "title": "通知",
            "text": "请知悉。",
            "audience": audience,
        }
        return self.Notice(**{**values, **changed})

    def _plan(self, groups: object, importance: str, now: datetime) -> object:
        every = list(groups)  # type: ignore[call-overload]  # groups as accept gives them
        return self.hold.plan(every, self.hold.hours_of(every), importance, now)

    def _written(self, notice: object, now: datetime) -> int:
        return self._accept(notice, self._plan, now).people  # type: ignore[arg-type]  # a notice and a plan

    def accept(self, people: int) -> None:
        bare, whole = [], []
        for _turn in range(3):
            bare.append(self._bare(people))
            started = time.perf_counter()
            count = self._written(self._notice(people), self.morning)
            whole.append(time.perf_counter() - started)
        best, plain = statistics.median(whole), statistics.median(bare)
        print(f"  notice to {count:,}: acknowledged and in all inboxes in {best:.2f} s ({count / best:,.0f}/s)")
        print(f"  bare INSERT ... SELECT of the same rows: {plain:.2f} s ({count / plain:,.0f}/s); ratio {plain / best:.2f}")

    def _bare(self, people: int) -> float:
        """Insert the same rows into a table of the same make, durably."""
        columns = "notice_id, person_id, hold_id, state, lane, inbox, not_before, ring_after, delivered_at"
        self._same_make()
        at = int(self.morning.timestamp() * 1000)
        started = time.perf_counter()
        with self.sql.act():
            self.sql.run(
                f"INSERT INTO bare ({columns}) SELECT 1, id, 1, 'delivered', 'routine', inbox, {at}, {at}, {at} "
                f"FROM hub_person ORDER BY id LIMIT {people}"
            )
        return time.perf_counter() - started

    def _same_make(self) -> None:
        self.sql.run("DROP TABLE IF EXISTS bare")
        if self.sql.postgres():
            self.sql.run("CREATE TABLE bare (LIKE hub_delivery INCLUDING ALL)")
            return
        made = self.sql.rows("SELECT sql FROM sqlite_master WHERE tbl_name = 'hub_delivery' AND sql IS NOT NULL ORDER BY type DESC")
        for (text,) in made:
            self.sql.run(text.replace('"hub_delivery"', "bare").replace('INDEX "', 'INDEX "bare_').replace("%", "%%"))

    def release(self, held: int) -> None:
        self._written(self._notice(held), self.night)
        self._analyse()
        done, late = threading.Event(), list[float]()
        sender = threading.Thread(target=self._emergencies, args=(done, late))
        sender.start()
        started, count = time.perf_counter(), 0
        while True:
            turn = time.perf_counter()
            if not (batch := self._release(self.morning, resting=self.hold.resting)):
                break
            count += batch
            time.sleep(max(0.005, time.perf_counter() - turn))  # as the worker does
        spent = time.perf_counter() - started
        done.set()
        sender.join()
        late.sort()
        slow = late[min(len(late) - 1, int(len(late) * 0.99))]
        print(f"  release of {count:,}: {spent:.1f} s ({count / spent:,.0f}/s, half of the time left to others)")
        print(f"  {len(late)} emergencies meanwhile, in the inbox after P50 {late[len(late) // 2]:.3f} s, P99 {slow:.3f} s")

    def _emergencies(self, done: threading.Event, late: list[float]) -> None:
        urgent = {"importance": "emergency", "approver": self.approver, "ground": "RXF-1995-32", "audience": {"duty": self.duty}}
        while not done.wait(random.uniform(0.05, 0.15)):
            started = time.perf_counter()
            self._written(self._notice(1, **urgent), self.morning)
            late.append(time.perf_counter() - started)
        self._close()

    def _close(self) -> None:
        from django.db import connection  # noqa: PLC0415  as above

        connection.close()

    def confirm(self) -> None:
        waiting = iter(
            self.sql.rows("SELECT id, person_id FROM hub_delivery WHERE state = 'delivered' AND read_at IS NULL ORDER BY id LIMIT 100000")
        )
        disk = self._disk()
        rates = {threads: self._confirmed(waiting, threads) for threads in (1, THREADS)}
        best = max(rates.values())
        words = ", ".join(f"{rate:,.0f}/s with {threads}" for threads, rate in rates.items())
        print(f"  confirmations: {words}; the disk alone {disk:,.0f} durable commits/s; ratio {best / disk:.2f}")

    def _confirmed(self, waiting: Iterator[tuple[int, ...]], threads: int) -> float:
        counts, until, lock = [0] * threads, time.perf_counter() + CONFIRMATIONS, threading.Lock()

        def run(number: int) -> None:
            while time.perf_counter() < until:
                with lock:
                    delivery, person = next(waiting)
                counts[number] += self._receive(delivery, person, "confirm", self.morning + timedelta(hours=1))  # type: ignore[arg-type]  # a word of Confirm
            self._close()

        running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        return sum(counts) / CONFIRMATIONS

    def _disk(self) -> float:
        """Append a block and wait until it is on the disk, again and again."""
        path, count, until = Path(os.environ["QINGQUN_DATA"], "disk"), 0, time.perf_counter() + CONFIRMATIONS
        with path.open("wb", buffering=0) as file:
            while time.perf_counter() < until:
                file.write(b"x" * 4096)
                os.fdatasync(file.fileno())
                count += 1
        path.unlink()
        return count / CONFIRMATIONS

    def inbox(self, rows: int) -> None:
        """Fill up to so many deliveries, then read one person's list again and again."""
        people = self.sql.value("SELECT count(*) FROM hub_person")
        while self.sql.value("SELECT count(*) FROM hub_delivery") < rows:
            self._written(self._notice(people), self.morning)
        self._analyse()
        columns = "id, notice_id, state, not_before, read_at"
        read = f"SELECT {columns} FROM hub_delivery WHERE person_id = %s AND not_before <= %s ORDER BY not_before DESC LIMIT 50"
        at, first = int(self.morning.timestamp() * 1000), self.approver.pk
        spent = sorted(_timed(lambda: self.sql.rows(read, [random.randint(first, first + people - 2), at])) for _turn in range(2_000))
        print(f"  one inbox of {rows:,} deliveries: P50 {spent[1_000] * 1e3:.2f} ms, P99 {spent[1_980] * 1e3:.2f} ms")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
