"""Recipients by their working time: few groups, however many people."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from qingqun.clock.hours import Hours
from qingqun.hub import worktimes
from qingqun.hub.models import WorkTime
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql


class Group(NamedTuple):
    """All whose working time is the same: the columns by which people are joined to what was decided for them."""

    worktime: int  # a WorkTime's id, 0 for the product's default
    shift_from: int  # start of the present or next shift in ms, 0 for none
    back_at: int  # end of the present leave in ms, 0 for none


NEAR = timedelta(days=7)  # a shift further ahead says nothing about today: nothing is held for weeks because of it
_GROUPED = """
SELECT p.id AS person_id, p.inbox AS inbox, COALESCE(p.worktime_id, u.effective_id, 0) AS worktime,
       COALESCE(s.starts, 0) AS shift_from, COALESCE(l.ends, 0) AS back_at
FROM ({audience}) AS a JOIN hub_person p ON p.id = a.id JOIN hub_unit u ON u.id = p.unit_id
LEFT JOIN (
  SELECT person_id, MIN(starts) AS starts FROM hub_shift WHERE ends > %s AND starts < %s GROUP BY person_id
) s ON s.person_id = p.id
LEFT JOIN (SELECT person_id, MAX(ends) AS ends FROM hub_leave WHERE ends > %s AND starts <= %s GROUP BY person_id) l ON l.person_id = p.id
"""


def grouped(audience: Sql, now: datetime) -> Sql:
    """Return the statement that gives each person of an audience, where each stands once, with the columns of their group at a moment."""
    at = to_ms(now)
    return Sql(_GROUPED.format(audience=audience.text), (*audience.params, at, to_ms(now + NEAR), at, at))


def hours_of(groups: Iterable[Group]) -> dict[int, Hours]:
    """Return the hours that the groups name; 0 is the product's default."""
    texts = dict(WorkTime.objects.filter(pk__in={group.worktime for group in groups}).values_list("pk", "text"))
    return {0: Hours.default()} | {number: worktimes.read(text) for number, text in texts.items()}
