"""Ringing once more for a notice that was sent already, each person in their own working time."""

from datetime import datetime

from qingqun.hub import hold, quiet, sql
from qingqun.hub.models import Importance, Notice, State
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql

_EVERY = f"SELECT person_id AS id FROM hub_delivery WHERE notice_id = %s AND state = '{State.DELIVERED}'"  # noqa: S608  a word of states.py
_RING = """
UPDATE hub_delivery SET snoozed_until = NULL,
       ring_after = CASE WHEN not_before > %s THEN not_before ELSE %s END + ((person_id * 7919) %% (%s + 1)) * 1000
WHERE notice_id = %s AND person_id IN (SELECT person_id FROM ({people}) AS g WHERE worktime = %s AND shift_from = %s AND back_at = %s)
"""


def anew(notice: Notice, now: datetime) -> int:
    """Let everybody who has it find it unread and undone, and ring; return for how many it rings. Inside an act."""
    count = ring(notice, Sql(_EVERY, (notice.pk,)), now)
    sql.run("UPDATE hub_delivery SET read_at = NULL, done_at = NULL, snoozed_until = NULL WHERE notice_id = %s", [notice.pk])
    return count


def ring(notice: Notice, who: Sql, now: datetime) -> int:
    """Ring once more, except for those who have muted the topic; return for how many. Inside an act."""
    muted = quiet.muted(notice.topic_id)
    loud = Sql(f"SELECT id FROM ({who.text}) AS e WHERE id NOT IN ({muted.text})", (*who.params, *muted.params))  # noqa: S608  no value in the texts
    people = hold.grouped(loud, now)
    found = sql.rows(f"SELECT DISTINCT worktime, shift_from, back_at FROM ({people.text}) AS g", people.params)  # noqa: S608  no value
    groups = [hold.Group(*row) for row in found]
    planned = hold.plan(groups, hold.hours_of(groups), Importance.ROUTINE, now)
    text = _RING.format(people=people.text)
    return sum(sql.run(text, [*[to_ms(one.ring_from)] * 2, one.spread, notice.pk, *people.params, *one.group]) for one in planned)
