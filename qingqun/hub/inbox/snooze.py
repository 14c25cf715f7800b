"""Later: a delivery steps aside until a moment, never beyond its deadline."""

from datetime import datetime

from qingqun.hub import sql
from qingqun.hub.moment import to_ms

_SNOOZE = """
UPDATE hub_delivery SET snoozed_until = %s WHERE id = %s AND person_id = %s AND not_before <= %s
AND COALESCE((SELECT n.deadline FROM hub_notice n WHERE n.id = notice_id), %s) >= %s
"""


def snooze(delivery: int, person: int, until: datetime, now: datetime) -> bool:
    """Put a person's own delivery aside until a moment; False where its deadline comes first, or it is not theirs.

    A moment that has come brings it back at once.
    """
    at = to_ms(until)
    return sql.run(_SNOOZE, [at, delivery, person, to_ms(now), at, at]) > 0
