"""Who of some persons is not at work at a moment, and when they are again: asked at release and before every ring."""

from datetime import datetime

from qingqun.hub import sql
from qingqun.hub.hold.groups import Group, grouped, hours_of
from qingqun.hub.hold.plan import Planned, plan
from qingqun.hub.models import Importance
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql

_RESTING = """
SELECT g.person_id, v.column1 AS worktime, v.column2 AS shift_from, v.column3 AS back_at,
       v.column4 AS not_before, v.column5 AS ring_from, v.column6 AS spread
FROM ({grouped}) AS g JOIN (VALUES {values}) AS v ON v.column1 = g.worktime AND v.column2 = g.shift_from AND v.column3 = g.back_at
"""


def closed(people: Sql, now: datetime) -> list[Planned]:
    """Return the groups among some persons (a column `id`) that do not work now, each with what is decided for it."""
    who = grouped(people, now)
    found = sql.rows(f"SELECT DISTINCT worktime, shift_from, back_at FROM ({who.text}) AS g", who.params)  # noqa: S608  no value
    groups = [Group(*row) for row in found]
    return [one for one in plan(groups, hours_of(groups), Importance.ROUTINE, now) if one.not_before > now]


def resting(people: Sql, now: datetime) -> Sql | None:
    """Return a statement: person_id, their group's columns, not_before, ring_from (ms) and spread (s); None where everybody works."""
    late = closed(people, now)
    if not late:
        return None
    who = grouped(people, now)
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(late))
    rows = tuple(value for one in late for value in (*one.group, to_ms(one.not_before), to_ms(one.ring_from), one.spread))
    return Sql(_RESTING.format(grouped=who.text, values=values), (*who.params, *rows))
