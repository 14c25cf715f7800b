"""When a draft would land: the hold's own plan, counted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qingqun.hub import audience, hold, sql
from qingqun.hub.models import Importance
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight import Landing

_GROUPS = "SELECT worktime, shift_from, back_at, count(*) FROM ({people}) AS g GROUP BY worktime, shift_from, back_at"
_DUTY = "SELECT count(DISTINCT t.person_id) FROM hub_dutyturn t WHERE t.starts <= %s AND t.ends > %s AND t.person_id IN ({people})"


def landings(expression: Mapping[str, Any], importance: str, start: datetime) -> list[Landing]:
    """Return the groups of an audience with when each sees and hears it. Of an emergency: when those not on duty find it."""
    people = hold.grouped(audience.present(expression, start), start)
    found = sql.rows(_GROUPS.format(people=people.text), people.params)
    counts = {hold.Group(*row[:3]): row[3] for row in found}
    planned = hold.plan(counts, hold.hours_of(counts), importance, start)
    return [Landing(counts[one.group], one.not_before, one.ring_from, str(one.reason.get("code", "working"))) for one in planned]


def on_duty(expression: Mapping[str, Any], now: datetime) -> int:
    """Return how many of an audience are on duty now."""
    people = audience.present(expression, now)
    return int(sql.value(_DUTY.format(people=people.text), [to_ms(now), to_ms(now), *people.params]))


def urgent(importance: str) -> bool:
    return importance == Importance.EMERGENCY
