"""The three acts that carry a hub's load: a notice to very many, the release of a morning, confirmations."""

import multiprocessing
import os
import random
import statistics
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.synchronize import Event
from pathlib import Path

from django.db import connection
from hub_house import House, Spent, spent

from qingqun.hub import hold, sql
from qingqun.hub.inbox import receive
from qingqun.hub.models import Confirm
from qingqun.hub.moment import to_ms
from qingqun.hub.release import release as let_go

ROUNDS = 5
SECONDS, PROCESSES, THREADS = 2.0, 4, 8  # of one measurement of confirmations, and confirmations at once
_COLUMNS = "notice_id, person_id, hold_id, state, lane, inbox, not_before, ring_after, delivered_at"


def accept(house: House, people: int) -> None:
    """Acceptance beside the bare INSERT of the same rows into a table of the same make that holds the same rows already."""
    _same_make()
    bare, whole, count = list[Spent](), list[Spent](), 0
    for number in range(1, ROUNDS + 1):
        with spent() as one:
            _bare(house, people, number)
        bare.append(one)
        notice = house.notice(people)
        with spent() as one:
            count = house.written(notice, house.morning)
        whole.append(one)
    ratios = [plain.wall / full.wall for plain, full in zip(bare, whole, strict=True)]
    best, plain = min(whole, key=lambda one: one.wall), min(bare, key=lambda one: one.wall)
    print(f"  notice to {count:,}: in all inboxes in {best}, slowest of {ROUNDS} {max(one.wall for one in whole):.2f} s")
    print(
        f"  bare INSERT ... SELECT of the same rows: {plain}; ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
    )


def _bare(house: House, people: int, number: int) -> None:
    at = to_ms(house.morning)
    with sql.act():
        sql.run(
            f"INSERT INTO bare ({_COLUMNS}) SELECT {number}, id, 1, 'delivered', 'routine', inbox, {at}, {at}, {at} "
            f"FROM hub_person ORDER BY id LIMIT {people}"
        )


def _same_make() -> None:
    if sql.postgres():
        sql.run("CREATE TABLE bare (LIKE hub_delivery INCLUDING ALL)")
        return
    for (text,) in sql.rows("SELECT sql FROM sqlite_master WHERE tbl_name = 'hub_delivery' AND sql IS NOT NULL ORDER BY type DESC"):
        sql.run(text.replace('"hub_delivery"', "bare").replace('INDEX "', 'INDEX "bare_').replace("%", "%%"))


def release(house: House, held: int) -> None:
    """Release as the worker does, half of the time left to others, while another process sends emergencies to the duty officer."""
    house.written(house.notice(held), house.night)
    house.analyse()
    late, took = _meanwhile(partial(_released, house), partial(_emergencies, house))
    there = sql.value("SELECT count(*) FROM hub_delivery WHERE state = 'held'")
    slow = late[min(len(late) - 1, int(len(late) * 0.99))]
    print(f"  release of {held - there:,}: {took} ({held / took.wall:,.0f}/s, half of the time left to others)")
    print(f"  {len(late)} emergencies meanwhile, in the inbox after P50 {late[len(late) // 2]:.3f} s, P99 {slow:.3f} s")


def _meanwhile(work: Callable[[], None], other: Callable[[Event, "multiprocessing.Queue[list[float]]"], None]) -> tuple[list[float], Spent]:
    """Do a work, and another in a process of its own until it is done; return what that one told, sorted, and what the work took."""
    connection.close()
    fork = multiprocessing.get_context("fork")
    done, told = fork.Event(), fork.Queue()
    sender = fork.Process(target=other, args=(done, told))
    sender.start()
    with spent() as took:
        work()
    done.set()
    late = sorted(told.get())
    sender.join()
    return late, took


def _released(house: House) -> None:
    while True:
        turn = time.perf_counter()
        if not let_go(house.morning, resting=hold.resting):
            return
        time.sleep(max(0.005, time.perf_counter() - turn))  # as the worker does


def _emergencies(house: House, done: Event, told: "multiprocessing.Queue[list[float]]") -> None:
    late, who = list[float](), house.approver
    while not done.wait(random.uniform(0.05, 0.15)):
        urgent = house.notice(1, importance="emergency", approver=who, ground="RXF-1995-32", audience={"duty": house.duty})
        started = time.perf_counter()
        house.written(urgent, house.morning)
        late.append(time.perf_counter() - started)
    told.put(late)


def confirm(house: House) -> None:
    """Confirmations beside the disk's own durable commits, in turn; the best of each."""
    waiting = sql.rows("SELECT id, person_id FROM hub_delivery WHERE state = 'delivered' AND read_at IS NULL ORDER BY id LIMIT 150000")
    disk, rates = list[float](), dict[str, list[float]]()
    kinds = {"one connection": (1, 1), f"{THREADS} threads": (1, THREADS), f"{PROCESSES} processes": (PROCESSES, 1)}
    for turn in range(3):
        disk.append(_disk())
        for place, (name, (processes, threads)) in enumerate(kinds.items()):
            part = waiting[(turn * 3 + place) * 16_000 :][:16_000]
            rates.setdefault(name, []).append(_confirmed(house, part, processes, threads))
    best = {name: max(found) for name, found in rates.items()}
    words = ", ".join(f"{rate:,.0f}/s with {name}" for name, rate in best.items())
    ratio, load = max(best.values()) / max(disk), os.getloadavg()[0]
    print(f"  confirmations: {words}; the disk {max(disk):,.0f} durable commits/s; ratio {ratio:.2f} (load {load:.1f})")


def _confirmed(house: House, waiting: list[tuple[int, ...]], processes: int, threads: int) -> float:
    connection.close()
    fork = multiprocessing.get_context("fork")
    counts, until = fork.Queue(), time.perf_counter() + SECONDS
    every = [
        fork.Process(target=_many, args=(waiting[number::processes], threads, until, counts, house.morning)) for number in range(processes)
    ]
    for one in every:
        one.start()
    whole = sum(counts.get() for _one in every)
    for one in every:
        one.join()
    return float(whole / SECONDS)


def _many(waiting: list[tuple[int, ...]], threads: int, until: float, counts: "multiprocessing.Queue[int]", morning: datetime) -> None:
    found, at = [0] * threads, morning + timedelta(hours=1)

    def run(number: int) -> None:
        for delivery, person in waiting[number::threads]:
            if time.perf_counter() >= until:
                break
            found[number] += receive(delivery, person, Confirm.CONFIRM, at)
        connection.close()

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    counts.put(sum(found))


def _disk() -> float:
    """Append a block and wait until it is on the disk, again and again; return how often a second."""
    path, count, until = Path(os.environ["QINGQUN_DATA"], "disk"), 0, time.perf_counter() + SECONDS
    with path.open("wb", buffering=0) as file:
        while time.perf_counter() < until:
            file.write(b"x" * 4096)
            os.fdatasync(file.fileno())
            count += 1
    path.unlink()
    return count / SECONDS
