"""What is decided for a group: in the inbox from when, ringing from when, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.hub.hold.groups import Group
from qingqun.hub.models import Importance
from qingqun.hub.moment import from_ms

FIRST_RING, LAST_RING = timedelta(minutes=1), timedelta(minutes=14)
FAR = timedelta(days=366)  # a unit that never works again: seen in a year, by the author at once


@dataclass(frozen=True, slots=True)
class Planned:
    """One group's answer. Rings are spread over `spread` seconds from `ring_from` on."""

    group: Group
    not_before: datetime
    ring_from: datetime
    spread: int
    reason: Mapping[str, object] = field(default_factory=dict)


def plan(groups: Iterable[Group], hours: Mapping[int, Hours], importance: str, now: datetime) -> list[Planned]:
    """Decide for each group: routine appears and rings when its work opens, important appears at once and rings when its work opens."""
    return [_planned(group, hours[group.worktime], importance, now) for group in groups]


def _planned(group: Group, hours: Hours, importance: str, now: datetime) -> Planned:
    opens, code = _opening(group, hours, now)
    if opens <= now:
        return Planned(group, now, now, 0, {"code": "working"})
    seen = now if importance == Importance.IMPORTANT else opens
    reason = {"code": code, "opens": opens.isoformat(timespec="seconds")}
    return Planned(group, seen, opens + FIRST_RING, int((LAST_RING - FIRST_RING).total_seconds()), reason)


def _opening(group: Group, hours: Hours, now: datetime) -> tuple[datetime, str]:
    """Return when the group works next, not before `now`, and the word for what it waits for."""
    back = from_ms(group.back_at) if group.back_at else now
    if group.shift_from:
        starts = from_ms(group.shift_from)
        if starts >= back or not group.back_at:
            return max(starts, now), "shift"
    found = answer(max(back, now), hours)
    return found.next_open or now + FAR, "leave" if group.back_at else str(found.grade)
