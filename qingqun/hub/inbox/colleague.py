"""A confirmation on paper or by telephone, written down by a colleague of the same unit who has the notice too."""

from datetime import datetime
from typing import NamedTuple

from qingqun.hub import sql
from qingqun.hub.inbox.receive import receive
from qingqun.hub.models import Confirm, Means
from qingqun.hub.moment import to_ms

_COLLEAGUES = """
SELECT d.id, p.id, p.name FROM hub_delivery d JOIN hub_person p ON p.id = d.person_id
WHERE d.notice_id = %s AND d.not_before <= %s AND p.unit_id = %s AND p.id <> %s AND p.left_at IS NULL ORDER BY p.name, p.id
"""


class Colleague(NamedTuple):
    """Somebody of one's unit who has the same notice; nothing tells what they did with it."""

    delivery: int
    person: int
    name: str


def colleagues(notice: int, unit: int, person: int, now: datetime) -> list[Colleague]:
    """Return the others of a unit who have a notice."""
    return [Colleague(*row) for row in sql.rows(_COLLEAGUES, [notice, to_ms(now), unit, person])]


def record(colleague: Colleague, kind: Confirm, means: Means, recorder: int, answer: str, now: datetime) -> None:  # noqa: PLR0913, PLR0917  the columns of a receipt
    """Write it down; what had been given before stands."""
    receive(colleague.delivery, colleague.person, kind, now, means=means, recorder=recorder, answer=answer)
