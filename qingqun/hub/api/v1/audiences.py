"""How many an audience is: a count, and below five only that it is few. Never who, never who of them rests."""

from typing import Any

from ninja import Router, Schema

from qingqun.hub import audience, sql
from qingqun.hub.api.audience import Audience, checked
from qingqun.hub.api.gate import Bearer, Called
from qingqun.hub.desk.offices import within
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.preflight import FEW, few

router = Router()


class Counted(Schema):
    """`people` is null where it would be fewer than `fewer_than`."""

    people: int | None
    fewer_than: int | None


@router.post("/resolve", response=Counted, auth=Bearer("audiences", Right.AUTHOR))
def resolve(request: Called, given: Audience) -> dict[str, Any]:
    """Count the present persons whom the caller may write to; everybody once."""
    person = request.auth.visitor.person
    written = checked(given, person)
    found = audience.present(within(written, person), now()) if written["any"] else None
    return counted(int(sql.value(f"SELECT count(*) FROM ({found.text}) AS a", found.params)) if found else 0)  # noqa: S608  no value in the text


def counted(count: int) -> dict[str, Any]:
    """Return a count as it may be said."""
    return {"people": None, "fewer_than": FEW} if few(count) else {"people": count, "fewer_than": None}
