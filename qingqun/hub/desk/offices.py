"""Where somebody may write from, and how far their notices reach."""

from typing import Any, NamedTuple

from qingqun.hub import sql
from qingqun.hub.models import Right

_OFFICES = """
SELECT DISTINCT u.id, u.name, u.path FROM hub_power w JOIN hub_unit a ON a.id = w.unit_id
JOIN hub_person p ON p.id = w.person_id JOIN hub_unit u ON u.id = a.id OR (u.id = p.unit_id AND u.path LIKE a.path || '%%')
WHERE w.person_id = %s AND w."right" = %s AND a.path <> '' AND p.left_at IS NULL ORDER BY u.path
"""


class Office(NamedTuple):
    """A unit that somebody may send for."""

    unit: int
    name: str
    path: str


def offices(person: int) -> list[Office]:
    """Return the units a person writes for: those the right was given in, and their own below one of them."""
    return [Office(*row) for row in sql.rows(_OFFICES, [person, str(Right.AUTHOR)])]


def within(expression: dict[str, Any], person: int) -> dict[str, Any]:
    """Return an audience cut down to those whom the author may write to."""
    reach: list[dict[str, Any]] = [{"unit": one.unit, "below": True} for one in offices(person)] or [{"unit": 0}]
    return {"all": [expression, {"any": reach}]}
