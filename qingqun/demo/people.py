"""The people of the week, all invented: 120 staff, and the residents and helpers in their groups."""

from random import Random
from typing import NamedTuple

from qingqun.demo.repertoire import Repertoire

UNITS, STAFF_OF_UNIT = 12, 10  # of every repertoire; the last six units are those {com} stands for
CLERK = "林晓芸"  # the clerk whose week the digest sums up: 桂园社区
CLERKS_NUMBER = 75


class Person(NamedTuple):
    """One person; the ids on every platform follow from the number."""

    number: int
    name: str
    unit: int | None  # None: from outside the office
    post: str
    of: str = ""  # the short name of the unit

    def id_on(self, platform: str) -> str:
        """Return the person's id on a platform."""
        ids = {"wechat": f"wxid_{self.number:06d}x", "qq": str(20_000_000 + self.number * 37), "wecom": f"u{self.number:05d}"}
        return ids.get(platform, f"dt{self.number:06d}")

    @property
    def card(self) -> str:
        """The name people carry inside work groups: unit and name."""
        return self.name if self.unit is None else f"{self.of} {self.name}"


def staff(rng: Random, texts: Repertoire) -> list[Person]:
    """Return the 120 people on the payroll, ten a unit; nobody shares a name with another."""
    names = iter(_names(rng, UNITS * STAFF_OF_UNIT, texts))
    posts = texts.words("posts")
    people = [
        Person(unit * STAFF_OF_UNIT + place, next(names), unit, posts[place], texts.unit(unit))
        for unit in range(UNITS)
        for place in range(STAFF_OF_UNIT)
    ]
    people[CLERKS_NUMBER] = people[CLERKS_NUMBER]._replace(name=CLERK)
    return people


def outsiders(rng: Random, first: int, count: int, texts: Repertoire) -> list[Person]:
    """Return residents, grid helpers and shop keepers; like real ones, some share a name or use a nickname."""
    nicknames = (
        "平安是福",
        "阳光",
        "老周",
        "静待花开",
        "楼栋长老李",
        "小馄饨",
        "幸福一家人",
        "海阔天空",
        "A水电维修",
        "一米阳光",
        "知足常乐",
        "乐乐妈",
    )
    surnames, given = texts.words("surnames"), texts.words("given")
    names = [
        rng.choice(nicknames) + str(rng.randrange(99)) if rng.random() < 0.3 else rng.choice(surnames) + rng.choice(given)
        for _ in range(count)
    ]
    return [Person(first + number, name, None, "") for number, name in enumerate(names)]


def _names(rng: Random, count: int, texts: Repertoire) -> list[str]:
    surnames, given = texts.words("surnames"), texts.words("given")
    pool = [surname + name for surname in surnames for name in given if surname + name != CLERK]
    return rng.sample(pool, count)
