"""What happened goes into the outbox in the act in which it happens: one statement, nothing where nobody subscribed."""

from datetime import datetime

from qingqun.hub import sql
from qingqun.hub.models import Posting, Right
from qingqun.hub.moment import to_ms

ACCEPTED, DELIVERED, WITHDRAWN = "accepted", "delivered", "withdrawn"

# An author's subscription tells of their own notices, an administrator's of a unit's and of those below; each while they hold the right.
# Asked when it happens, and again when it is sent: of a hook h, its unit s, a notice n and its unit u.
ENTITLED = f"""(
  (h.unit_id IS NULL AND n.author_id = h.person_id AND EXISTS
    (SELECT 1 FROM hub_power w WHERE w.person_id = h.person_id AND w."right" = '{Right.AUTHOR}'))
  OR (s.path <> '' AND u.path LIKE s.path || '%%' AND EXISTS
    (SELECT 1 FROM hub_power w JOIN hub_unit a ON a.id = w.unit_id
     WHERE w.person_id = h.person_id AND w."right" = '{Right.ADMINISTRATOR}' AND s.path LIKE a.path || '%%')))
"""  # noqa: S608  words of states.py
_TELL = f"""
INSERT INTO hub_post (hook_id, notice_id, event, key, at, people, state, not_before, tries, outcome)
SELECT h.id, n.id, %s, {{key}}, %s, n.people, '{Posting.QUEUED}', %s, 0, ''
FROM hub_hook h JOIN hub_notice n ON n.id = %s JOIN hub_unit u ON u.id = n.unit_id
JOIN hub_person p ON p.id = h.person_id LEFT JOIN hub_unit s ON s.id = h.unit_id
WHERE h.active AND p.left_at IS NULL AND h.events LIKE %s AND {ENTITLED}
ON CONFLICT (hook_id, notice_id, event) DO NOTHING
"""  # noqa: S608  words of states.py; every value is a parameter


def tell(event: str, notice: int, now: datetime) -> int:
    """Put an event into the outbox of who subscribed to it; call it in the act. Return how many subscriptions there are."""
    at = to_ms(now)
    return sql.run(_TELL.format(key=sql.random_key()), [event, at, at, notice, f"%{event}%"])
