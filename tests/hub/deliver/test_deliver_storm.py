"""Every channel fails in every documented way, workers die in between: nobody's inbox lacks a notice or has it twice, nobody is rung twice
by one ring, and no platform sees more than it allows, however the spans are laid."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from fakes_all import EVERY, Platform
from fakes_http import TOKEN_WORDS
from fakes_http import WORDS as ANSWERS
from hub_help import Clock, beijing, written
from post_help import Post

from qingqun.hub import accept, sql, story
from qingqun.hub.deliver import abreast, passes, prove, wire
from qingqun.hub.deliver.channels import smtp
from qingqun.hub.deliver.claim import claim
from qingqun.hub.deliver.ringing import MARK, each_rate
from qingqun.hub.models import Attempt, Contact, Delivery, Person
from qingqun.hub.moment import to_ms
from qingqun.hub.reconcile import reconcile

COMMON = tuple(word for word in ANSWERS if word != "drip")  # a trickle takes longer than a storm
WORDS = {
    "smtp": ("ok", "refuse", "later", "slow", "cut_before", "cut_after", "drop"),
    "webhook": ("ok", "refuse_inside", "429", "500", "410", "slow", "cut_before", "cut_after", "drop", "redirect"),
}
NOTICES, PEOPLE = 7, 12
STORM = beijing("2026-03-12 08:30")


class Storm:
    """The platforms in a storm: each answer is drawn by chance; what each saw is kept with the hub's own time."""

    def __init__(self, platforms: dict[str, Platform], clock: Clock, chance: random.Random) -> None:
        self.platforms, self.clock, self.chance = platforms, clock, chance
        self.heard: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self.calm = False
        self.decks = defaultdict[str, list[str]](list)  # each word comes once before one comes again
        self.met = Counter[str]()
        for name, platform in platforms.items():
            platform.fake.answer = lambda address, name=name: self._word(name, address)

    def _word(self, name: str, address: str) -> str:
        self.heard[name].append((self.clock(), address))
        deck = self.decks[name]
        if not deck:
            words = WORDS.get(name, COMMON)
            deck += self.chance.sample(words, len(words))
        word = "ok" if self.calm else deck.pop()
        self.met[word] += 1
        return word

    def shake(self) -> None:
        for platform in self.platforms.values():
            if hasattr(platform.fake, "worn"):
                platform.fake.token = self.chance.choice(("ok", "ok", *TOKEN_WORDS))
                platform.fake.worn = self.chance.choice((0, 0, 1, 3))

    def rest(self) -> None:
        self.calm = True
        for platform in self.platforms.values():
            if hasattr(platform.fake, "worn"):
                platform.fake.token, platform.fake.worn = "ok", 0


@pytest.fixture
def storm(office: SimpleNamespace, morning: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storm]:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    monkeypatch.setattr(smtp, "TIMEOUT", 0.2)
    monkeypatch.setattr(passes, "_QUIET", 0.0)
    monkeypatch.setattr(abreast, "WIDTH", 1)  # the storm is the same one each time
    with ExitStack() as stack:
        yield Storm({name: Platform(name, stack.enter_context(fake())) for name, fake in EVERY.items()}, morning, random.Random(7))


def _people(office: SimpleNamespace, storm: Storm) -> dict[str, Any]:
    """Give everybody three channels, every channel to some."""
    names = sorted(storm.platforms)
    people = [Person.objects.create(name=f"人员{number}", unit=office.street) for number in range(PEOPLE)]
    for number, person in enumerate(people):
        for rank in range(3):
            name = names[(number + rank * 5) % len(names)]
            Contact.objects.create(person=person, channel=name, address=storm.platforms[name].address(f"p{number}"), rank=rank)
    return {"persons": [person.pk for person in people]}


def test_nothing_is_missing_nothing_doubled_and_no_limit_passed(office: SimpleNamespace, storm: Storm) -> None:
    audience, post = _people(office, storm), Post(storm.clock, **{name: one.fake.credentials for name, one in storm.platforms.items()})
    for number in range(NOTICES):
        accept.accept(written(office, audience=audience, key=f"{number:032}"), story._plan, storm.clock())
        for step in range(4):
            storm.shake()
            _die(storm, post)
            post.round(worker=f"工{step % 2}")
            _prove(storm, post)
            storm.clock.at += timedelta(seconds=storm.chance.choice((2, 20, 90, 400)))
    storm.rest()
    for _step in range(200):
        busy = post.round() + post.round(worker="乙")
        _prove(storm, post)
        storm.clock.at += timedelta(minutes=10) if busy else timedelta(minutes=40)
        if not busy and not sql.value("SELECT count(*) FROM hub_delivery WHERE ring_after <= %s", [to_ms(storm.clock())]):
            break
    _inboxes_are_whole()
    assert _doubled(storm) == []
    assert _over(storm) == []
    assert set(COMMON) | set(WORDS["webhook"]) <= set(storm.met)
    assert reconcile(storm.clock()).explained


def _die(storm: Storm, post: Post) -> None:
    """Let a worker take a batch and be gone before it began anything."""
    name = storm.chance.choice(sorted(storm.platforms))
    claim(storm.clock(), "routine", name, "亡", post.channels[name].channel.LIMITS, limit=2)


def _prove(storm: Storm, post: Post) -> None:
    for one in post.channels.values():
        prove(storm.clock, "routine", one)


def _inboxes_are_whole() -> None:
    assert Delivery.objects.count() == NOTICES * PEOPLE
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    assert Attempt.objects.filter(state__in=["queued", "sending"]).count() == 0


def _doubled(storm: Storm) -> list[str]:
    """Return rings that a person saw twice on one channel: by the mark where it is sent, else by what the message says of itself."""
    marks = {key[:MARK] for key in Attempt.objects.values_list("key", flat=True)}
    found = []
    for name, platform in storm.platforms.items():
        count = Counter(platform.fake.log.marks)
        found += [f"{name} {mark}" for mark, often in count.items() if often > 1 and mark in marks]
    for name, address in {(name, address) for name, rows in storm.heard.items() for _at, address in rows}:
        taken = storm.platforms[name].fake.log.addresses.count(address)
        if taken > NOTICES:
            found.append(f"{name} {address}: {taken} rings for {NOTICES} notices")
    return found


def _over(storm: Storm) -> list[str]:
    """Return spans in which a platform was asked more than its limit allows. Asking again at once with the same key is part of one ring."""
    found = []
    for name, rows in storm.heard.items():
        limits, once = storm.platforms[name].channel.LIMITS, 2 if name in {"feishu", "lanxin", "matrix"} else 1
        people = {address: [at for at, whose in rows if whose == address] for address in {address for _at, address in rows}}
        for rates, groups in ((limits.credential, {"": [at for at, _address in rows]}), (limits.person, people)):
            for rate in each_rate(rates):
                for whose, moments in groups.items():
                    most = max(sum(start <= at < start + timedelta(seconds=rate.seconds) for at in moments) for start in moments)
                    if most > rate.number * once:
                        found.append(f"{name} {whose}: {most} in {rate}")
    return found
