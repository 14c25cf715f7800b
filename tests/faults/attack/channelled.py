"""A hub whose ten channels all rage while its workers, its web server and its writers are killed and stopped; and what must be true afterwards."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import oracle
import reckoning
from canary_help import found_in_rows
from client import Clock, virtual
from cryptography.fernet import Fernet
from django.conf import settings
from haste import HEARD
from house import House, Plan, _answered, _browsers, _environment, nursery
from hub_help import beijing
from pages import served
from raging import CANARY, SAID, Rage, raging

from qingqun.hub import inbox, sql, tree, vault
from qingqun.hub.models import Confirm, Contact, Credential, DutyList, DutyTurn, Person, Power, Right, Unit, User
from qingqun.hub.seal import seal

START = beijing("2026-03-12 08:35")
SPEED = 8.0  # seconds of the hub in one of ours: the longest pause is half a minute, and a limit of one a minute is met in eight seconds
PEOPLE, OFFICE, RANKS = 24, 3, 3  # in all; of the office that writes by its pages; channels of each
ROLES = ("routine", "routine", "emergency", "caller 1", "caller 2")
SETTLE = 150.0  # seconds
FIRST = ("wecom", "wecom_private", "feishu", "matrix")  # channels of those who are flooded
_RINGING = """SELECT d.id, d.person_id FROM hub_delivery d WHERE d.state = 'delivered' AND d.read_at IS NULL AND (d.ring_after IS NOT NULL
OR EXISTS (SELECT 1 FROM hub_attempt a WHERE a.delivery_id = d.id AND a.state = 'queued')) ORDER BY d.id"""


def survive(folder: Path, database: str, plan: Plan, seed: int) -> str:
    """Attack a fresh hub and ask the oracle; return in one line what was survived."""
    begun, head = time.monotonic(), folder / "ledger.head"
    environment = _hastening(_environment(folder, begun, database, paced=False))
    clock = virtual(START, begun, SPEED)
    with ExitStack() as stack:
        rage = stack.enter_context(raging(seed))
        author = furnish(folder, rage)
        process = stack.enter_context(nursery(folder, begun, environment))
        pages = stack.enter_context(served(environment, folder / "pages.err"))
        house = House(process, [*ROLES, *_browsers(pages, author)], seed)
        with ThreadPoolExecutor(1) as beside:
            strikes = beside.submit(pages.attack, Random(seed), plan.web_kills, plan.web_pauses, partial(_answered, folder))
            house.attack(plan)
            strikes.result()
        house.stop_writing()
        rage.calm.set()
        open_ = _until_rest(clock)
    assert open_ == [], f"{open_}\n{(folder / 'workers.err').read_text(encoding='utf-8')[-3_000:]}"
    now = clock()
    seal(now, head)
    said, platforms = oracle.told(folder), reckoning.Platforms(rage.platforms, START, begun, SPEED)
    assert pages.struck == plan.web_kills + plan.web_pauses
    found = wrong(said, platforms, now, folder)
    assert not found, "\n".join(found[:50])
    assert HEARD in (folder / "workers.err").read_text(encoding="utf-8")  # else no secret would be found in it
    assert len(said.taken) > plan.kills // 4
    assert len(rage.met) > len(SAID) // 2
    return _figures(plan, seed, said, rage, platforms)


def wrong(said: oracle.Told, platforms: reckoning.Platforms, now: datetime, folder: Path) -> list[str]:
    """Return everything that does not agree: inboxes, receipts, books, rings, limits, and where a secret stands open."""
    agreed = [*oracle.inboxes(said), *oracle.receipts(said), *oracle.books(now, folder / "ledger.head")]
    return [*agreed, *reckoning.rings(platforms), *reckoning.over(platforms), *leaks(folder)]


def leaks(folder: Path) -> list[str]:
    """Return the logs, rows, files and pages in which a secret stands open; everything under the hub's data counts but the keys."""
    files = [path for path in folder.rglob("*") if path.is_file() and "keys" not in path.parts]
    pages = [
        line for log in folder.glob("client*.log") for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("leak ")
    ]
    return [*(f"open in {path.name}" for path in files if CANARY.encode() in path.read_bytes()), *pages, *found_in_rows(CANARY)]


def furnish(folder: Path, rage: Rage) -> User:
    """Make a street of people with three channels each, every channel to some, two of them on duty; return the account of who writes."""
    (folder / "keys").mkdir(exist_ok=True)
    settings.VAULT_KEY = Fernet.generate_key().decode()
    for name, key in {"django": settings.SECRET_KEY, "vault": settings.VAULT_KEY}.items():
        (folder / "keys" / name).write_text(key, encoding="utf-8")
    street = Unit.objects.create(name="和平街道")
    office = Unit.objects.create(name="党政办", parent=street)
    tree.settle()
    people = [Person.objects.create(name=f"人员{number}", unit=office if number < OFFICE else street) for number in range(PEOPLE)]
    duty = DutyList.objects.create(name="值班", unit=street)
    for person in people[3:5]:
        DutyTurn.objects.create(duty_list=duty, person=person, starts=START - timedelta(days=1), ends=START + timedelta(days=1))
    _reachable(people, rage)
    for name, fake in rage.platforms.items():
        Credential.objects.create(channel=name, name="试", locked=vault.lock(json.dumps(fake.credentials)))
    author = people[0]
    author.user = User.objects.create_user("author", password="only for tests")
    author.save()
    for right in (Right.AUTHOR, Right.ADMINISTRATOR):
        Power.objects.create(person=author, unit=street, right=right)
    return author.user


def _reachable(people: list[Person], rage: Rage) -> None:
    names = [*FIRST, *(name for name in rage.platforms if name not in FIRST)]
    for number, person in enumerate(people):
        for rank in range(RANKS):
            name = names[(number + rank * 3) % len(names)]
            Contact.objects.create(person=person, channel=name, address=rage.platforms[name].address(f"p{number}"), rank=rank)


def _hastening(environment: dict[str, str]) -> dict[str, str]:
    speed = {"ATTACK_SPEED": str(SPEED), "ATTACK_START": START.isoformat(), "ATTACK_CANARY": CANARY, "QINGQUN_SECOND_FACTOR": "off"}
    return {**environment, **speed}


def _until_rest(clock: Clock) -> list[tuple[object, ...]]:
    """Wait until nothing is to be done any more, people reading what still rings meanwhile; return what is open after that."""
    until = time.monotonic() + SETTLE
    while (left := _open()) and time.monotonic() < until:
        time.sleep(1.0)
        for delivery, person in sql.rows(f"{_RINGING} LIMIT 60"):
            inbox.receive(delivery, person, Confirm.CONFIRM, clock())
    return left


def _open() -> list[tuple[object, ...]]:
    """Return what is still to be done. What people have read meanwhile and still waits for a platform's limit ends unrung when its time comes."""
    waiting = "SELECT lane, state, count(*), min(ring_after) FROM hub_delivery WHERE state = 'held' OR ring_after IS NOT NULL GROUP BY 1, 2"
    ringing = f"SELECT a.channel, a.lane, a.state, count(*) FROM {reckoning.UNENDED} GROUP BY 1, 2, 3"
    return [*sql.rows(waiting), *sql.rows(ringing)]


def _figures(plan: Plan, seed: int, said: oracle.Told, rage: Rage, platforms: reckoning.Platforms) -> str:
    answered, seen, again = sum(rage.met.values()), sum(1 for _one in platforms.seen()), reckoning.twice(platforms)
    lines = (
        f"seed {seed}: {plan.kills} kills, {plan.pauses} pauses, web server {plan.web_kills + plan.web_pauses}",
        f"{len(said.tried)} notices, {len(said.taken)} answered, {len(said.read)} confirmed while writing",
        f"{answered} answers of platforms, {rage.met['ok']} of them in order, {len(rage.met)} kinds; {seen} rings seen",
        f"seen twice {dict(again)}",
        f"limits: {reckoning.nearest(platforms)}",
    )
    return "; ".join(lines)
