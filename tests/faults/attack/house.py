"""A hub under attack: its workers, its web server and its clients, who are killed and stopped at random; and what must be true afterwards."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import oracle
from client import Clock, virtual
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import Client
from fakes import FakeHttp, FakeSmtp
from hub_help import beijing
from pages import PAUSES, Pages, served

from qingqun.hub import sql, tree, vault
from qingqun.hub.models import Contact, Credential, DutyList, DutyTurn, Person, Power, Right, Unit, User
from qingqun.hub.moment import to_ms
from qingqun.hub.seal import seal

START = beijing("2026-03-12 10:00")
HERE = Path(__file__).parent
ROLES = ("routine", "routine", "emergency", "client 1", "client 2")  # two schedulers at once
WRITERS = ("client", "caller", "browser")
SETTLE = 120.0  # seconds
SHARE = float(os.environ.get("ATTACK_SHARE", "1"))  # of the night's numbers, for a shorter night
Blow = Callable[[], None]


@dataclass(frozen=True)
class Plan:
    """How often who is hit. `web` is the real web server, with what it started; `blow` is whatever else is done, so many `blows`.

    `paced` lets persons be rung as seldom as they are in an office; else everything rings by itself.
    """

    kills: int
    pauses: int
    web_kills: int = 0
    web_pauses: int = 0
    blow: Blow | None = None
    blows: int = 0
    paced: bool = False

    def times(self, share: float) -> "Plan":
        """Return so much of it."""
        counts = {name: round(getattr(self, name) * share) for name in ("kills", "pauses", "web_kills", "web_pauses")}
        return replace(self, **counts)


class House:
    """The processes of a hub under attack."""

    def __init__(self, nursery: "subprocess.Popen[str]", roles: list[str], seed: int) -> None:
        self.nursery, self.chance, self.roles = nursery, random.Random(seed), roles
        self.living = {number: self.born(role) for number, role in enumerate(roles)}
        self.stopped: list[tuple[float, int]] = []

    def born(self, role: str) -> int:
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write(role + "\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def attack(self, plan: Plan) -> None:
        acts = [self._kill] * plan.kills + [self._pause] * plan.pauses + [plan.blow or self._pause] * plan.blows
        self.chance.shuffle(acts)
        for act in acts:
            act()
            self._wake()
            time.sleep(self.chance.uniform(0.05, 0.4))
        while self.stopped:
            self._wake()
            time.sleep(0.1)

    def stop_writing(self) -> None:
        for number, role in enumerate(self.roles):
            if role.startswith(WRITERS):
                os.kill(self.living[number], signal.SIGTERM)

    def _wake(self) -> None:
        for until, process in list(self.stopped):
            if time.monotonic() >= until:
                self.stopped.remove((until, process))
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def _kill(self) -> None:
        number = self.chance.randrange(len(self.roles))
        os.kill(self.living[number], signal.SIGKILL)
        self.living[number] = self.born(self.roles[number])

    def _pause(self) -> None:
        process = self.living[self.chance.randrange(len(self.roles))]
        os.kill(process, signal.SIGSTOP)
        self.stopped.append((time.monotonic() + self.chance.choice(PAUSES), process))


def survive(folder: Path, database: str, plan: Plan) -> str:
    """Attack a fresh hub and ask the oracle; return in one line what was survived."""
    begun, head = time.monotonic(), folder / "ledger.head"
    environment = _environment(folder, begun, database, paced=plan.paced)
    with ExitStack() as stack:
        mail, web = stack.enter_context(FakeSmtp()), stack.enter_context(FakeHttp())
        author = furnish(folder, mail, web)
        process = stack.enter_context(nursery(folder, begun, environment))
        striking = plan.web_kills + plan.web_pauses > 0
        pages = stack.enter_context(served(environment)) if striking else Pages(0)
        house = House(process, [*ROLES, *(_browsers(pages, author) if striking else [])], seed=plan.kills)
        with ThreadPoolExecutor(1) as beside:
            strikes = beside.submit(pages.attack, random.Random(plan.kills), plan.web_kills, plan.web_pauses, partial(_answered, folder))
            house.attack(plan)
            strikes.result()
        house.stop_writing()
        assert comes_to_rest(virtual(START, begun)), f"{_open()}\n{(folder / 'workers.err').read_text(encoding='utf-8')[-3_000:]}"
    now = virtual(START, begun)()
    seal(now, head)
    said = oracle.told(folder)
    platforms = [(fake.log, oracle.moments(fake.log, START, begun)) for fake in (mail, web)]
    assert pages.struck == plan.web_kills + plan.web_pauses
    assert oracle.wrong(said, platforms, now, head) == []
    assert len(said.taken) > plan.kills // 4
    assert len(mail.log.marks + web.log.marks) > (plan.kills if plan.paced else 2 * len(said.taken))
    return f"{plan.kills} kills, {plan.pauses} pauses, web server {pages.struck}, others {plan.blows}: {oracle.figures(said, platforms)}"


def _browsers(pages: Pages, author: User) -> list[str]:
    """Return the roles of two who write and confirm through the real web server."""
    browser = Client()
    browser.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    return [f"browser {name} {pages.port} {browser.cookies['sessionid'].value}" for name in ("b1", "b2")]


def _answered(folder: Path) -> int:
    """Return how often browsers were told something."""
    logs = [log.read_text(encoding="utf-8") for log in folder.glob("client-*.log")]
    return sum(log.count("\nok ") + log.count("\nread ") for log in logs)


def _environment(folder: Path, begun: float, database: str, *, paced: bool) -> dict[str, str]:
    hub = {"QINGQUN_DATA": str(folder), "QINGQUN_DATABASE": database, "QINGQUN_ADDRESS": "https://hub.example", "QINGQUN_HTTPS": "no"}
    clock = {"ATTACK_START": START.isoformat(), "ATTACK_BEGUN": str(begun), "ATTACK_PACED": "yes" if paced else ""}
    return {
        **os.environ,
        **hub,
        **clock,
        "PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[2]}",
        "DJANGO_SETTINGS_MODULE": "qingqun.hub.settings",
    }


@contextmanager
def nursery(folder: Path, begun: float, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, str(HERE / "nursery.py"), environment["ATTACK_START"], str(begun), str(folder)]
    with (folder / "workers.err").open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        try:
            yield process
        finally:
            process.kill()  # its children see that it is gone and end
            process.communicate()


def furnish(folder: Path, mail: FakeSmtp, web: FakeHttp) -> User:
    """Make the office, two of them on duty; return the account of who writes."""
    (folder / "keys").mkdir(exist_ok=True)
    settings.VAULT_KEY = Fernet.generate_key().decode()
    for name, key in {"django": settings.SECRET_KEY, "vault": settings.VAULT_KEY}.items():
        (folder / "keys" / name).write_text(key, encoding="utf-8")
    street = Unit.objects.create(name="和平街道")
    tree.settle()
    duty = DutyList.objects.create(name="值班", unit=street)
    people = [Person.objects.create(name=f"人员{number}", unit=street) for number in range(8)]
    for number, person in enumerate(people):
        mailed = number % 2 == 0
        where = f"p{number}@office.example" if mailed else f"{web.url}/{number}"
        Contact.objects.create(person=person, channel="smtp" if mailed else "webhook", address=where)
        if number in {3, 4}:
            DutyTurn.objects.create(duty_list=duty, person=person, starts=START - timedelta(days=1), ends=START + timedelta(days=1))
    for channel, credentials in {"smtp": mail.credentials, "webhook": web.credentials}.items():
        Credential.objects.create(channel=channel, name="试", locked=vault.lock(json.dumps(credentials)))
    people[0].user = User.objects.create_user("author", password="only for tests")
    people[0].save()
    Power.objects.create(person=people[0], unit=street, right=Right.AUTHOR)
    return people[0].user


def comes_to_rest(clock: Clock) -> bool:
    until = time.monotonic() + SETTLE
    while time.monotonic() < until:
        time.sleep(1.0)
        if _settled(to_ms(clock())):
            return True
    return False


def _settled(now: int) -> bool:
    waiting = "SELECT count(*) FROM hub_delivery WHERE state = 'held' OR ring_after <= %s OR (lane = 'routine' AND ring_after <= %s)"
    ringing = "SELECT count(*) FROM hub_attempt WHERE state IN ('queued', 'sending')"
    return not sql.value(waiting, [now, now + 20_000]) and not sql.value(ringing)


def _open() -> list[tuple[object, ...]]:
    """Return what still waits: kinds of deliveries and of rings, how many, and for when."""
    held = "SELECT 'delivery', lane, state, count(*), min(ring_after), '' FROM hub_delivery WHERE state = 'held' OR ring_after IS NOT NULL GROUP BY 2, 3"
    rings = "SELECT channel, lane, state, count(*), min(not_before), min(outcome) FROM hub_attempt WHERE state IN ('queued', 'sending') GROUP BY 1, 2, 3"
    return [*sql.rows(held), *sql.rows(rings)]
