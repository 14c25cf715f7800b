"""When a draft would land: the hold's own plan, counted; and how the deadline looks from there."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qingqun.clock import BEIJING
from qingqun.clock.grade import Grade
from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.hub import audience, hold, quiet, sql
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight import Due, Landing

HURRIED = timedelta(hours=1)  # of working time between seeing it and the deadline
LONG = timedelta(days=12)  # longer than any holiday: nobody is in a hurry
_GROUPS = """
SELECT worktime, shift_from, back_at, quiet, count(*) FROM (
  SELECT g.worktime, g.shift_from, g.back_at, CASE WHEN q.person_id IS NULL THEN 0 ELSE 1 END AS quiet
  FROM ({people}) AS g LEFT JOIN ({muted}) AS q ON q.person_id = g.person_id
) AS s GROUP BY worktime, shift_from, back_at, quiet
"""
_DUTY = "SELECT count(DISTINCT t.person_id) FROM hub_dutyturn t WHERE t.starts <= %s AND t.ends > %s AND t.person_id IN ({people})"


def landings(
    expression: Mapping[str, Any], importance: str, start: datetime, deadline: datetime | None = None, topic: int | None = None
) -> list[Landing]:
    """Return the groups of an audience with when each sees and hears it. Of an emergency: when those not on duty find it."""
    people, muted = hold.grouped(audience.present(expression, start), start), quiet.muted(topic)
    found = sql.rows(_GROUPS.format(people=people.text, muted=muted.text), [*people.params, *muted.params])
    groups = {hold.Group(*row[:3]) for row in found}
    hours = hold.hours_of(groups)
    planned = {one.group: one for one in hold.plan(groups, hours, importance, start)}
    dues = {group: _due(one, hours[group.worktime], start, deadline) for group, one in planned.items()}
    return [_landing(planned[group := hold.Group(*row[:3])], row[4], bool(row[3]), dues[group]) for row in found]


def _landing(one: hold.Planned, people: int, muted: bool, due: Due) -> Landing:
    return Landing(people, one.not_before, one.ring_from, str(one.reason.get("code", "working")), muted, due)


def _due(one: hold.Planned, hours: Hours, start: datetime, deadline: datetime | None) -> Due:
    """Say how a deadline looks to a group. Of a shift nobody knows more than when it begins."""
    if deadline is None:
        return Due.FINE
    seen = max(one.not_before, start)
    if deadline <= seen:
        return Due.PAST
    if one.group.shift_from:
        return Due.FINE
    last = answer(deadline - timedelta(minutes=1), hours)
    if not last.working and last.grade is not Grade.LUNCH:
        return Due.OFF
    hurried = deadline - seen < LONG and _worked(hours, max(seen, one.ring_from), deadline) < HURRIED
    return Due.HURRIED if hurried else Due.FINE


def _worked(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """Return the working time between two moments."""
    midnight = start.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=number) for number in range((end - midnight).days + 1)]
    spans = [(day + timedelta(minutes=one.start), day + timedelta(minutes=one.end)) for day in days for one in hours.open(day.date())]
    return sum((max(min(closes, end) - max(opens, start), timedelta(0)) for opens, closes in spans), timedelta(0))


def on_duty(expression: Mapping[str, Any], now: datetime) -> int:
    """Return how many of an audience are on duty now."""
    people = audience.present(expression, now)
    return int(sql.value(_DUTY.format(people=people.text), [to_ms(now), to_ms(now), *people.params]))
