"""Who is asking: the person behind the account, and what they may do where."""

from dataclasses import dataclass

from django.http import HttpRequest

from qingqun.hub import sql
from qingqun.hub.models import Right


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who is here now. `powers` are pairs of a right and the path of the unit it begins at."""

    person: int
    name: str
    unit: int
    unit_name: str
    path: str
    powers: tuple[tuple[str, str], ...] = ()

    def may(self, right: str, path: str = "") -> bool:
        """Tell whether the right is held for the unit at a path, or anywhere where no path is given."""
        return any(held == right and path.startswith(begin if path else "") for held, begin in self.powers)

    @property
    def rights(self) -> frozenset[str]:
        """Return the rights held anywhere."""
        return frozenset(right for right, _path in self.powers)


class Asked(HttpRequest):
    """A request that came through the gate."""

    visitor: Visitor


_VISITOR = """
SELECT p.id, p.name, p.unit_id, u.name, u.path, w."right", a.path FROM hub_person p JOIN hub_unit u ON u.id = p.unit_id
LEFT JOIN hub_power w ON w.person_id = p.id LEFT JOIN hub_unit a ON a.id = w.unit_id
WHERE p.user_id = %s AND p.left_at IS NULL
"""


def visitor_of(user: int) -> Visitor | None:
    """Return an account's person, unless they have left. Nobody is administrator and auditor: who is given both has neither."""
    found = sql.rows(_VISITOR, [user])
    if not found:
        return None
    powers = tuple((right, path) for *_person, right, path in found if right and path)
    both = {Right.ADMINISTRATOR, Right.AUDITOR} <= {right for right, _path in powers}
    kept = tuple(power for power in powers if not (both and power[0] in {Right.ADMINISTRATOR, Right.AUDITOR}))
    person, name, unit, unit_name, path = found[0][:5]
    return Visitor(person, name, unit, unit_name, path, kept)
