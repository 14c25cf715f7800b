"""Who stands in for whoever is on leave: the nearest deputy who is there, through a chain that is short and never a circle.

A deputy who is on leave, or has left, passes on to their own deputy; after `LONGEST` steps nobody is sought any more. Each person on
leave has at most one stand-in, because a chain ends at the first who is free.
"""

from datetime import datetime

from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql

LONGEST = 3  # steps of a chain

_AWAY = "SELECT DISTINCT person_id AS id FROM hub_leave WHERE starts <= %s AND ends > %s"
_FREE = f"""
WITH RECURSIVE away AS ({_AWAY}), chain(person_id, deputy_id, step) AS (
  SELECT p.id, p.deputy_id, 1 FROM away w JOIN hub_person p ON p.id = w.id WHERE p.deputy_id IS NOT NULL
  UNION ALL
  SELECT c.person_id, d.deputy_id, c.step + 1 FROM chain c JOIN hub_person d ON d.id = c.deputy_id
  WHERE c.step < {LONGEST} AND d.deputy_id IS NOT NULL AND (d.left_at IS NOT NULL OR d.id IN (SELECT id FROM away))
)
SELECT c.person_id, c.deputy_id FROM chain c JOIN hub_person d ON d.id = c.deputy_id
WHERE d.left_at IS NULL AND d.id NOT IN (SELECT id FROM away)
"""  # noqa: S608  a number and the text above


def away(now: datetime) -> Sql:
    """Return the statement that gives everybody on leave at a moment, in a column `id`."""
    return Sql(_AWAY, (to_ms(now), to_ms(now)))


def free(now: datetime) -> Sql:
    """Return the statement that gives each person on leave at a moment their stand-in (person_id, deputy_id); no row where nobody is."""
    return Sql(_FREE, (to_ms(now), to_ms(now)))
