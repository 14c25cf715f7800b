"""Who is asking: the person behind the account, and what they may do where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
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


WHO = 'p.id, p.name, p.unit_id, u.name, u.path, w."right", x.path'
FROM_PERSON = """
LEFT JOIN hub_unit u ON u.id = p.unit_id LEFT JOIN hub_power w ON w.person_id = p.id LEFT JOIN hub_unit x ON x.id = w.unit_id
"""
_VISITOR = f"SELECT {WHO} FROM hub_person p {FROM_PERSON} WHERE p.user_id = %s AND p.left_at IS NULL"  # noqa: S608  names of columns
_KEPT = "_qingqun_visitor"


def visitor_of(user: int) -> Visitor | None:
    """Return an account's person, unless they have left. Nobody is administrator and auditor: who is given both has neither."""
    return _visitor(sql.rows(_VISITOR, [user]))


def keep(user: AbstractBaseUser, found: Sequence[tuple[Any, ...]]) -> None:
    """Keep on an account who is behind it: rows of WHO, read with the account itself."""
    setattr(user, _KEPT, _visitor(found))


def behind(user: AbstractBaseUser) -> Visitor | None:
    """Return whom `keep` kept, for as long as the request lasts; asked anew for an account that was come by another way."""
    kept: Visitor | None = getattr(user, _KEPT) if hasattr(user, _KEPT) else visitor_of(user.pk)
    return kept


def _visitor(found: Sequence[tuple[Any, ...]]) -> Visitor | None:
    if not found or found[0][0] is None:
        return None
    powers = tuple((right, path) for *_person, right, path in found if right and path)
    both = {Right.ADMINISTRATOR, Right.AUDITOR} <= {right for right, _path in powers}
    kept = tuple(power for power in powers if not (both and power[0] in {Right.ADMINISTRATOR, Right.AUDITOR}))
    person, name, unit, unit_name, path = found[0][:5]
    return Visitor(person, name, unit, unit_name, path, kept)
