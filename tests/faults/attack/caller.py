"""A client of the attack on channels: it writes to a few people at a time, and now and then floods one of them, past what any platform takes."""

from typing import Any

from client import Client

from qingqun.hub.models import Person, Unit

FEW, FLOOD, SELDOM = 4, 24, 0.04


class Caller(Client):
    """Its log is a client's."""

    def _write(self, key: str, kind: str, unit: Unit, people: list[Person], duty: int) -> None:
        super()._write(key, kind, unit, people, duty)
        if kind == "now" and self.chance.random() < SELDOM:
            one = self.chance.choice(people[:FEW])
            for _time in range(FLOOD):
                super()._write(f"{self.chance.getrandbits(128):032x}", "now", unit, [people[0], *[one] * FEW], duty)

    def _whom(self, _unit: Unit, people: list[Person]) -> dict[str, Any]:
        return {"persons": sorted({person.pk for person in self.chance.sample(people[1:], FEW)})}
