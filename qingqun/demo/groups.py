"""The 240 groups of the street office: whose they are, where they live, who is in them, and what is wrong with some."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import NamedTuple

from qingqun.demo.people import CLERKS_NUMBER, STAFF_OF_UNIT, UNITS
from qingqun.demo.repertoire import Repertoire

PLATFORMS = ("wechat", "wechat", "wechat", "qq", "wecom", "dingtalk")
SPECIAL = (
    ("人口抽样调查专班", date(2026, 11, 30)),
    ("中秋国庆安全检查专班", date(2026, 10, 10)),
    ("旧改签约攻坚组", date(2026, 12, 31)),
    ("文明城区迎检专班", date(2026, 9, 25)),
    ("防汛值守专班", date(2026, 10, 15)),
    ("秋季疫苗查漏组", date(2026, 10, 31)),
    ("高考护考临时群", date(2026, 6, 10)),
    ("换届选举工作专班", date(2026, 3, 31)),
    ("五一市集保障群", date(2026, 5, 6)),
    ("双拥检查临时组", date(2026, 8, 20)),
    ("端午龙舟赛筹备群", date(2026, 6, 20)),
    ("春季植树专班", date(2026, 4, 12)),
)
HALF = 6  # the first so many units are offices: they keep their main group on WeCom, and may have groups of their own kinds
CLERKS_LINE = 6  # in every unit, the clerk of the digest is in the group at this place too
WEIGHTS = {"主群": 4.0, "业务": 1.0, "部门": 1.3, "居民": 1.6, "家长": 1.6, "患者": 1.6}  # how lively
OUTSIDE = frozenset({"居民", "家长", "患者"})  # groups with people from outside the office
GUESTS = 24  # at most so many people from outside a group
GROUPS_OF_UNIT = 19
LATER = date(2026, 2, 3)  # when the second of two alike was made
INSPECTED = date(2026, 9, 21)
ENDED_AND_CLOSED = frozenset({10, 11})  # of SPECIAL: past their end, and properly disbanded
DORMANT = (33, 52, 71, 90, 128, 147, 166, 185)
NEVER_USED = (54, 92)  # new, never used: not dormant
OWNERLESS = (47, 109, 204)
SECOND_MAIN = (93, 150, 207)  # their unit has a main group already
RETIRED_MAIN = (112,)  # a disbanded second main group is none
OVERLAPS = ((115, 116), (134, 135), (191, 192))  # same unit, same kind, same people
SAME_KIND_OTHER_PEOPLE = ((118, 119), (137, 138))


class Site(NamedTuple):
    """A group as it was planned."""

    number: int
    unit: int
    name: str
    kind: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Place:
    """One group as it really is; the register and the exports tell parts of it."""

    number: int
    unit: int
    name: str
    kind: str  # 主群 业务 部门 居民 家长 患者 专项
    purpose: str
    platform: str
    form: str  # how it is exported: wechatmsg mail chatlab qq wecom dingtalk, or "" for not at all
    members: tuple[int, ...]  # numbers of people; the first one is the owner
    owned: bool
    created: date
    ends: date | None
    disbanded: date | None
    last_active: date | None
    weight: float  # how lively

    @property
    def group_id(self) -> str:
        """Return the platform's own id of the group."""
        ids = {
            "wechat": f"{20_000_000_000 + self.number * 7919}@chatroom",
            "qq": str(700_000_000 + self.number * 1031),
            "wecom": f"wrYX{self.number:016d}",
        }
        return ids.get(self.platform, f"cidYX{self.number:06d}==")

    @property
    def talks(self) -> bool:
        """Say whether anybody writes in it this week."""
        return bool(self.form)


def groups(rng: Random, texts: Repertoire) -> list[Place]:
    """Return all groups; people from outside the office are numbered from `first_outsider()`."""
    every: list[Place] = []
    for unit in range(UNITS):
        every += [_place(rng, Site(len(every) + number, unit, *plan)) for number, plan in enumerate(_plan(unit, texts))]
    names = texts.own("special", [name for name, _ends in SPECIAL])
    for order, (name, (_street, ends)) in enumerate(zip(names, SPECIAL, strict=True)):
        site = Site(len(every), order % UNITS, f"{texts.name('office')}{name}", "业务", name)
        every.append(_special(_place(rng, site), order, ends))
    return [_form(_faults(place, every, texts)) for place in every]


def first_outsider() -> int:
    """Return the number of the first person from outside the office."""
    return UNITS * STAFF_OF_UNIT


def _plan(unit: int, texts: Repertoire) -> list[tuple[str, str, str]]:
    name = texts.unit(unit)
    planned = texts.own("office_kinds", texts.words("kinds")) if unit < HALF else texts.words("kinds")
    kinds = [(f"{name}{kind}群", form, purpose) for kind, form, purpose in planned]
    return [(f"{name}工作群", "主群", "本单位日常工作"), *kinds]


def _place(rng: Random, site: Site) -> Place:
    platform = "wecom" if site.kind == "主群" and site.unit < HALF else PLATFORMS[site.number % len(PLATFORMS)]
    weight = WEIGHTS[site.kind] * rng.choice((0.4, 0.8, 1.0, 1.6))
    created = date(rng.randrange(2021, 2026), rng.randrange(1, 13), rng.randrange(1, 28))
    return Place(*site, platform, "?", _members(rng, site), True, created, None, None, date(2026, 9, 18), weight)


def _special(place: Place, order: int, ends: date) -> Place:
    closed = date(2026, 6, 25) if order in ENDED_AND_CLOSED else None
    created = date(2026, 1 + order % 3, 5 + order)
    return replace(place, kind="专项", created=created, ends=ends, disbanded=closed, form="" if closed else "?")


def _members(rng: Random, site: Site) -> tuple[int, ...]:
    number, unit = site.number, site.unit
    own = list(range(unit * STAFF_OF_UNIT, (unit + 1) * STAFF_OF_UNIT))
    if site.kind == "主群":
        return tuple(own)
    few = own[number % 2 :: 2] if site.kind == "部门" else rng.sample(own, 3)
    clerks = unit == CLERKS_NUMBER // STAFF_OF_UNIT or number % GROUPS_OF_UNIT == CLERKS_LINE
    also = [CLERKS_NUMBER] if clerks and CLERKS_NUMBER not in few else []
    if site.kind in OUTSIDE:
        first = first_outsider() + number * GUESTS
        return (*few, *also, *range(first, first + rng.randrange(10, GUESTS)))
    return (*few, *also, *_colleagues(rng, unit)) if site.kind == "业务" else (*few, *also)


def _colleagues(rng: Random, unit: int) -> list[int]:
    """People of the other units: a line of work binds the whole street, which is how one person comes to sit in dozens of groups."""
    others = [n for n in range(first_outsider()) if n // STAFF_OF_UNIT != unit and n != CLERKS_NUMBER]
    return rng.sample(others, rng.randrange(14, 28))


def _faults(place: Place, every: list[Place], texts: Repertoire) -> Place:
    """Return the group with what is wrong with it, or with what only looks wrong."""
    number = place.number
    twin = {second: first for first, second in OVERLAPS}.get(number)
    if twin is not None:
        place = replace(place, members=every[twin].members[:-1], created=LATER)
    if number in dict(OVERLAPS) or twin is not None or number in sum(SAME_KIND_OTHER_PEOPLE, ()):
        place = replace(place, platform="dingtalk", kind="业务")
    if number in DORMANT:
        place = replace(place, form="", last_active=date(2025, 10 + number % 3, 3 + number % 20))
    if number in NEVER_USED:
        place = replace(place, form="", created=date(2026, 9, 10), last_active=None)
    if number in SECOND_MAIN:
        main = every[number // GROUPS_OF_UNIT * GROUPS_OF_UNIT]
        place = replace(
            place, kind="主群", name=f"{texts.unit(place.unit)}工作总群", purpose=main.purpose, members=main.members, created=LATER
        )
    if number in RETIRED_MAIN:
        place = replace(place, kind="主群", form="", name=f"{texts.unit(place.unit)}老工作群", disbanded=date(2026, 5, 8))
    return replace(place, owned=number not in OWNERLESS)


def _form(place: Place) -> Place:
    """Return the group with the way it is exported; one in eight quiet ones is not exported."""
    if not place.form:
        return place
    if place.number % 9 == 4 and place.kind in OUTSIDE and CLERKS_NUMBER not in place.members:
        return replace(place, form="")
    forms = ("wechatmsg", "chatlab", "wechatmsg", "mail", "wechatmsg", "chatlab")
    return replace(place, form=forms[place.number // 6 % 6] if place.platform == "wechat" else place.platform)
