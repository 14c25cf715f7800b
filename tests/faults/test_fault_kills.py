"""Processes are killed and stopped at random while notices are written, released, rung and confirmed. Nothing is lost, nothing comes twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import oracle
import pytest
from client import Clock, virtual
from cryptography.fernet import Fernet
from django.conf import settings
from fakes import FakeHttp, FakeSmtp
from hub_help import beijing

from qingqun.hub import sql, tree, vault
from qingqun.hub.models import Contact, Credential, DutyList, DutyTurn, Person, Unit
from qingqun.hub.moment import to_ms
from qingqun.hub.seal import seal

START = beijing("2026-03-12 10:00")
HERE = Path(__file__).parent
ROLES = ["routine", "routine", "emergency", "client 1", "client 2"]  # two schedulers at once
SETTLE = 120.0  # seconds


class House:
    """The processes of a hub under attack."""

    def __init__(self, nursery: "subprocess.Popen[str]", seed: int) -> None:
        self.nursery, self.chance = nursery, random.Random(seed)
        self.living = {number: self.born(role) for number, role in enumerate(ROLES)}
        self.stopped: list[tuple[float, int]] = []
        self.killed = self.paused = 0

    def born(self, role: str) -> int:
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write(role + "\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def attack(self, kills: int, pauses: int) -> None:
        acts = ["kill"] * kills + ["pause"] * pauses
        self.chance.shuffle(acts)
        for act in acts:
            number = self.chance.randrange(len(ROLES))
            if act == "kill":
                os.kill(self.living[number], signal.SIGKILL)
                self.living[number] = self.born(ROLES[number])
                self.killed += 1
            else:
                os.kill(self.living[number], signal.SIGSTOP)
                self.stopped.append((time.monotonic() + self.chance.choice([0.2, 0.5, 1.5, 4.0]), self.living[number]))
                self.paused += 1
            self.wake()
            time.sleep(self.chance.uniform(0.05, 0.5))
        while self.stopped:
            self.wake()
            time.sleep(0.1)

    def wake(self) -> None:
        for until, process in list(self.stopped):
            if time.monotonic() >= until:
                self.stopped.remove((until, process))
                if process in self.living.values():
                    os.kill(process, signal.SIGCONT)


@contextmanager
def nursery(folder: Path, begun: float, database: str) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "QINGQUN_DATA": str(folder), "QINGQUN_DATABASE": database, "QINGQUN_ADDRESS": "https://hub.example"}
    command = [sys.executable, str(HERE / "attack" / "nursery.py"), START.isoformat(), str(begun), str(folder)]
    with (folder / "workers.err").open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        try:
            yield process
        finally:
            process.kill()  # its children see that it is gone and end
            process.communicate()


def furnish(folder: Path, mail: FakeSmtp, web: FakeHttp) -> None:
    (folder / "keys").mkdir(exist_ok=True)
    settings.VAULT_KEY = Fernet.generate_key().decode()
    for name, key in {"django": "only for tests", "vault": settings.VAULT_KEY}.items():
        (folder / "keys" / name).write_text(key, encoding="utf-8")
    street = Unit.objects.create(name="和平街道")
    tree.settle()
    duty = DutyList.objects.create(name="值班", unit=street)
    for number in range(8):
        person = Person.objects.create(name=f"人员{number}", unit=street)
        mailed = number % 2 == 0
        where = f"p{number}@office.example" if mailed else f"{web.url}/{number}"
        Contact.objects.create(person=person, channel="smtp" if mailed else "webhook", address=where)
        if number in {3, 4}:
            DutyTurn.objects.create(duty_list=duty, person=person, starts=START - timedelta(days=1), ends=START + timedelta(days=1))
    for channel, credentials in {"smtp": mail.credentials, "webhook": web.credentials}.items():
        Credential.objects.create(channel=channel, name="试", locked=vault.lock(json.dumps(credentials)))


def settled(now: int) -> bool:
    waiting = "SELECT count(*) FROM hub_delivery WHERE state = 'held' OR ring_after <= %s OR (lane = 'routine' AND ring_after <= %s)"
    ringing = "SELECT count(*) FROM hub_attempt WHERE state IN ('queued', 'sending')"
    return not sql.value(waiting, [now, now + 20_000]) and not sql.value(ringing)


def survive(folder: Path, database: str, kills: int, pauses: int) -> None:
    begun = time.monotonic()
    with FakeSmtp() as mail, FakeHttp() as web, nursery(folder, begun, database) as process:
        furnish(folder, mail, web)
        house = House(process, seed=kills)
        house.attack(kills, pauses)
        for number, role in enumerate(ROLES):
            if role.startswith("client"):
                os.kill(house.living[number], signal.SIGTERM)
        assert _comes_to_rest(virtual(START, begun)), (folder / "workers.err").read_text(encoding="utf-8")[-3_000:]
    now, head = virtual(START, begun)(), folder / "ledger.head"
    seal(now, head)
    said = oracle.told(folder)
    platforms = [(fake.log, oracle.moments(fake.log, START, begun)) for fake in (mail, web)]
    assert len(mail.log.marks + web.log.marks) > kills
    assert (house.killed, house.paused) == (kills, pauses)
    assert len(said.taken) > kills // 4
    assert oracle.wrong(said, platforms, now, head) == []


def _comes_to_rest(clock: Clock) -> bool:
    until = time.monotonic() + SETTLE
    while time.monotonic() < until:
        time.sleep(1.0)
        if settled(to_ms(clock())):
            return True
    return False


def test_two_hundred_kills_and_eighty_pauses_lose_nothing_on_sqlite(lite: Any, tmp_path: Path) -> None:
    survive(tmp_path, "", kills=200, pauses=80)


def test_sixty_kills_and_twenty_pauses_lose_nothing_on_postgresql(postgres: Any, postgres_template: str, tmp_path: Path) -> None:
    survive(tmp_path, postgres_template.rpartition("/")[0] + "/hub", kills=60, pauses=20)


@pytest.mark.nightly
def test_three_thousand_kills_lose_nothing(lite: Any, tmp_path: Path) -> None:
    survive(tmp_path, "", kills=3_000, pauses=1_000)
