"""The people of the week, all invented: 120 staff, and the residents and helpers in their groups."""

from random import Random
from typing import NamedTuple

from qingqun.demo.repertoire import words

STAFF_OF_UNIT = 10
CLERK = "林晓芸"  # the clerk whose week the digest sums up: 桂园社区
CLERKS_NUMBER = 75
BOSS = "张主任"


class Person(NamedTuple):
    """One person; the ids on every platform follow from the number."""

    number: int
    name: str
    unit: int | None  # None: from outside the office
    post: str

    def id_on(self, platform: str) -> str:
        """Return the person's id on a platform."""
        ids = {"wechat": f"wxid_{self.number:06d}x", "qq": str(20_000_000 + self.number * 37), "wecom": f"u{self.number:05d}"}
        return ids.get(platform, f"dt{self.number:06d}")

    @property
    def card(self) -> str:
        """The name people carry inside work groups: unit and name."""
        return self.name if self.unit is None else f"{unit_name(self.unit)} {self.name}"


def unit_name(unit: int) -> str:
    """Return the short name of a unit."""
    name: str = words("units")[unit][0]
    return name


def units() -> range:
    """Return the numbers of all units."""
    return range(len(words("units")))


def staff(rng: Random) -> list[Person]:
    """Return the 120 people on the payroll, ten a unit; nobody shares a name with another."""
    names = iter(_names(rng, len(units()) * STAFF_OF_UNIT))
    posts = words("posts")
    people = [
        Person(number, next(names), number // STAFF_OF_UNIT, posts[number % STAFF_OF_UNIT])
        for number in range(len(units()) * STAFF_OF_UNIT)
    ]
    people[CLERKS_NUMBER] = people[CLERKS_NUMBER]._replace(name=CLERK)
    return people


def outsiders(rng: Random, first: int, count: int) -> list[Person]:
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
    surnames, given = words("surnames"), words("given")
    names = [
        rng.choice(nicknames) + str(rng.randrange(99)) if rng.random() < 0.3 else rng.choice(surnames) + rng.choice(given)
        for _ in range(count)
    ]
    return [Person(first + number, name, None, "") for number, name in enumerate(names)]


def _names(rng: Random, count: int) -> list[str]:
    surnames, given = words("surnames"), words("given")
    pool = [surname + name for surname in surnames for name in given if surname + name != CLERK]
    return rng.sample(pool, count)
