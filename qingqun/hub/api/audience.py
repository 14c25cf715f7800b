"""An audience as a program names it: the desk's own terms, none of them out of its author's reach."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, model_validator

from qingqun.hub import sql
from qingqun.hub.api.cursor import Number
from qingqun.hub.desk.offices import offices
from qingqun.i18n import _
from qingqun.words import Refused

_PLACES = {
    "unit": "SELECT id FROM hub_unit u WHERE id IN ({marks}) AND ({near})",
    "project": "SELECT g.id FROM hub_project g JOIN hub_unit u ON u.id = g.unit_id WHERE g.id IN ({marks}) AND ({near})",
    "duty": "SELECT g.id FROM hub_dutylist g JOIN hub_unit u ON u.id = g.unit_id WHERE g.id IN ({marks}) AND ({near})",
    "persons": """SELECT p.id FROM hub_person p JOIN hub_unit u ON u.id = p.unit_id
                  WHERE p.id IN ({marks}) AND p.left_at IS NULL AND ({near})""",
    "role": "SELECT id FROM hub_role WHERE id IN ({marks})",
    "topic": "SELECT id FROM hub_topic WHERE id IN ({marks})",
}
_KINDS = tuple(_PLACES)


class Term(Schema):
    """One of: a unit (with those below it), a role, a topic, a project, a duty list, named persons."""

    model_config = ConfigDict(extra="forbid")
    unit: Number | None = None
    below: bool = False
    role: Number | None = None
    topic: Number | None = None
    project: Number | None = None
    duty: Number | None = None
    persons: Annotated[list[Number], Field(min_length=1, max_length=200)] | None = None

    @model_validator(mode="after")
    def _one(self) -> "Term":
        if sum(getattr(self, kind) is not None for kind in _KINDS) != 1 or (self.below and self.unit is None):
            raise ValueError("exactly one of " + ", ".join(_KINDS))
        return self

    def written(self) -> dict[str, Any]:
        """Return it as audiences are kept."""
        kind = next(kind for kind in _KINDS if getattr(self, kind) is not None)
        return {kind: getattr(self, kind)} | ({"below": True} if self.below else {})


class Audience(Schema):
    """Who is in any of the terms, less who is in any of `minus`."""

    model_config = ConfigDict(extra="forbid")
    any: list[Term] = Field(default=[], max_length=100)
    minus: list[Term] = Field(default=[], max_length=50)

    def written(self) -> dict[str, Any]:
        """Return it as audiences are kept."""
        return {"any": [one.written() for one in self.any], "minus": [one.written() for one in self.minus]}


def checked(audience: Audience, person: int) -> dict[str, Any]:
    """Return an audience whose every term its author could choose on the page as well.

    Raises:
        Refused: a term names what there is not, or what is out of reach; which of the two is not said.
    """
    paths = [office.path for office in offices(person)]
    for kind in _KINDS:
        named = {number for term in [*audience.any, *audience.minus] for number in _numbers(term, kind)}
        if named - _near(kind, named, paths):
            raise Refused(_("受众里有您够不着的，或者没有的：{kind}").format(kind=kind))
    return audience.written()


def _numbers(term: Term, kind: str) -> list[int]:
    found = getattr(term, kind)
    return found if isinstance(found, list) else [] if found is None else [found]


def _near(kind: str, named: set[int], paths: list[str]) -> set[int]:
    if not named or not paths:
        return set()
    near = " OR ".join(["u.path LIKE %s"] * len(paths))
    values = [f"{path}%" for path in paths] if "{near}" in _PLACES[kind] else []
    return {row[0] for row in sql.rows(_PLACES[kind].format(marks=sql.marks(list(named)), near=near), [*named, *values])}
