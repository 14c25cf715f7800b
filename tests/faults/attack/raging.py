"""Platforms that rage: each answers at random, from a seed, in any of the ways their documents know, and forgets its tokens in between."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from random import Random

from fakes_all import SPOKEN
from fakes_http import TOKEN_WORDS, WORDS, FakePlatform

from qingqun.hub.deliver import CHANNELS

CANARY = "canary-7f3a"
UNTOLD = {"drip"}  # a trickle takes longer than an attack
SAID = (*(word for word in WORDS if word not in UNTOLD), "late_500")
LATER = ("", "", "refused", "invalid", "read", "arrived")  # no news, twice as often
OK = 0.5  # the part of answers that are in order
_SHAKE = 0.25  # seconds


class Rage:
    """The platforms of the channels, by name. `met` counts what was answered."""

    def __init__(self, platforms: Mapping[str, FakePlatform], seed: int) -> None:
        self.platforms, self.chance, self.met = platforms, Random(seed), Counter[str]()
        self.calm = threading.Event()
        for name, fake in platforms.items():
            fake.answer = lambda address, name=name: self._word(name, address)

    def _word(self, name: str, address: str) -> str:
        fake = self.platforms[name]
        word = "ok" if self.calm.is_set() or self.chance.random() < OK else self.chance.choice(SAID)
        fake.later[address] = self.chance.choice(LATER)
        self.met[word] += 1
        return word

    def shake(self) -> None:
        """Let tokens be refused, issued late or worn, until all is calm again."""
        while not self.calm.wait(_SHAKE):
            for fake in self.platforms.values():
                fake.token = self.chance.choice(("ok", "ok", "ok", *TOKEN_WORDS))
                fake.worn = self.chance.choice((0, 0, 0, 1, 2))
        for fake in self.platforms.values():
            fake.token, fake.worn = "ok", 0


@contextmanager
def raging(seed: int) -> Iterator[Rage]:
    """Let every platform rage meanwhile. All that is secret about them holds the canary."""
    with ExitStack() as stack:
        rage = Rage({name: stack.enter_context(_secret(name, kind)) for name, kind in SPOKEN.items()}, seed)
        thread = threading.Thread(target=rage.shake, daemon=True)
        thread.start()
        yield rage
        rage.calm.set()
        thread.join()


def _secret(name: str, kind: type[FakePlatform]) -> FakePlatform:
    fake = kind()
    secret = {field.name for field in CHANNELS[name].FIELDS if field.secret}
    fake.SECRETS = {key: f"{CANARY}-{name}-{key}" if key in secret else value for key, value in fake.SECRETS.items()}  # type: ignore[misc]  # its own
    fake.TOKEN = f"{CANARY}-{name}-issued"
    return fake
