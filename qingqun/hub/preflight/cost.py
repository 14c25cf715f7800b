"""What a notice costs those it is for: counts only, none below five people; never who."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from qingqun.clock import BEIJING
from qingqun.hub import sql
from qingqun.hub.models import State
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql

FEW = 5


class Due(StrEnum):
    """How a deadline looks to people when they see the notice."""

    FINE = "fine"
    PAST = "past"  # over before they could see it
    OFF = "off"  # at a time they do not work: keeping it is work after hours
    HURRIED = "hurried"  # less than an hour of work after they hear of it


class Landing(NamedTuple):
    """Some people for whom everything is decided alike: in the inbox from `seen`, ringing from `rings`, because of `code`."""

    people: int
    seen: datetime
    rings: datetime
    code: str  # working, shift, leave, or the grade of the hour: holiday night rest_day after lunch
    muted: bool = False  # they muted its topic: it does not ring
    due: Due = Due.FINE


@dataclass(frozen=True, slots=True)
class Wave:
    """How many it rings for from a moment on."""

    people: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Cost:
    """The whole in one glance."""

    people: int
    rings_now: int
    waves: tuple[Wave, ...]  # the later rings, the earliest first
    resting: int  # who is off work now, leave not counted
    away: int  # who is on leave
    muted: int  # for how many it does not ring, because they muted its topic
    late: int  # for how many the deadline will have passed when they see it, leave not counted: who stands in for them is told elsewhere
    off: int  # for how many it falls outside their working time
    hurried: int  # for how many it comes within an hour of work


@dataclass(frozen=True, slots=True)
class Budget:
    """How many notices these people already have this week: the middle one's, and what the fullest five at least have."""

    median: int
    most: int
    people: int


def cost(landings: Iterable[Landing], now: datetime) -> Cost:
    """Add up what was decided for the groups of an audience. Whoever muted the topic is counted there, and among those who ring nowhere."""
    every = list(landings)
    loud = [one for one in every if not one.muted]
    later: dict[datetime, int] = {}
    for one in loud:
        if one.rings > now:
            later[opening(one.rings)] = later.get(opening(one.rings), 0) + one.people
    return Cost(
        people=_sum(every),
        rings_now=_sum(one for one in loud if one.rings <= now),
        waves=tuple(Wave(people, at) for at, people in sorted(later.items())),
        resting=_sum(one for one in loud if one.rings > now and one.code != "leave"),
        away=_sum(one for one in loud if one.code == "leave"),
        muted=_sum(one for one in every if one.muted),
        late=_sum(one for one in every if one.due is Due.PAST and one.code != "leave"),
        off=_sum(one for one in every if one.due is Due.OFF),
        hurried=_sum(one for one in every if one.due is Due.HURRIED),
    )


def _sum(landings: Iterable[Landing]) -> int:
    return sum(one.people for one in landings)


def few(count: int) -> bool:
    """Tell whether a count is too small to be shown as it is."""
    return 0 < count < FEW


def opening(rings: datetime) -> datetime:
    """Return what a ring is told as (Beijing): rings are spread over some minutes; the half hour they begin in stands for it."""
    local = rings.astimezone(BEIJING)
    return local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)


_HAD = f"""
SELECT had, count(*) FROM (
  SELECT p.id, count(d.id) AS had FROM ({{audience}}) AS p
  LEFT JOIN hub_delivery d ON d.person_id = p.id AND d.not_before >= %s AND d.not_before < %s
    AND d.state NOT IN ('{State.WITHDRAWN}', '{State.EXPIRED}', '{State.FOLDED}')
  GROUP BY p.id
) AS h GROUP BY had ORDER BY had
"""  # noqa: S608  words of states.py; the audience's text has its own parameters


def budget(audience: Sql, now: datetime) -> Budget:
    """Count what an audience has had, or is to have, since this week's Monday; `audience` gives a column `id`."""
    local = now.astimezone(BEIJING)
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    text = _HAD.format(audience=audience.text)
    found = sql.rows(text, [*audience.params, to_ms(monday), to_ms(monday + timedelta(days=7))])
    people = sum(count for _had, count in found)
    return Budget(_reached(found, people / 2), _reached(found, max(people - FEW + 1, 1)), people)


def _reached(found: list[tuple[int, int]], place: float) -> int:
    """Return how many the person at a place has, the emptiest first."""
    seen = 0
    for had, count in found:
        seen += count
        if seen >= place:
            return had
    return 0
