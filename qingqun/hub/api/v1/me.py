"""Everything the hub holds on whoever calls, as JSON: what there is, and each collection a page at a time."""

from typing import Any

from django.http import Http404
from ninja import Router, Schema

from qingqun.hub import ledger
from qingqun.hub.api import holdings
from qingqun.hub.api.cursor import Paged, page
from qingqun.hub.api.gate import Bearer, Called
from qingqun.hub.now import now

router = Router()


class Held(Schema):
    """How many rows each collection has."""

    person: int
    name: str
    collections: dict[str, int]


class Rows(Schema):
    items: list[dict[str, Any]]
    next: str | None


@router.get("", response=Held, auth=Bearer("me"))
def held(request: Called) -> dict[str, Any]:
    """What there is."""
    who = request.auth.visitor
    return {"person": who.person, "name": who.name, "collections": holdings.counts(who.person)}


@router.get("/{collection}", response=Rows, auth=Bearer("me"))
def rows(request: Called, collection: str, asked: Paged) -> dict[str, Any]:
    """A collection, the newest first."""
    if collection not in holdings.COLLECTIONS:
        raise Http404
    found = holdings.rows(collection, request.auth.visitor.person, asked.before(), asked.limit + 1)
    ledger.exported(f"own {collection}", min(len(found), asked.limit), now(), request.auth.visitor.person)
    return page(found, asked, lambda row: int(row["id"]), lambda row: row)
