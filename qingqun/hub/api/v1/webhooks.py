"""Subscriptions to what happens to notices: an author's to their own, an administrator's to a unit's and those below."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from qingqun.hub import hooks, sql
from qingqun.hub.api.cursor import Number
from qingqun.hub.api.gate import Bearer, Called
from qingqun.hub.models import Hook, Right
from qingqun.hub.now import now

router = Router()
_GATE = Bearer("webhooks", Right.AUTHOR, Right.ADMINISTRATOR)


class Subscribing(Schema):
    """Where to send what. With `unit`: of that unit and below, for its administrator."""

    model_config = ConfigDict(extra="forbid")
    url: str = Field(min_length=8, max_length=500)
    events: list[Literal["accepted", "delivered", "withdrawn"]] = Field(min_length=1, max_length=3)
    unit: Number | None = None


class Subscription(Schema):
    """`failing_since`: nothing came through since then. `old_secret_until`: the secret is being replaced, both sign until then."""

    id: int
    url: str
    events: list[str]
    unit: int | None
    made_at: datetime
    failing_since: datetime | None
    old_secret_until: datetime | None


class Made(Subscription):
    """With the secret that signs: shown this once."""

    secret: str


@router.get("", response=list[Subscription], auth=_GATE)
def listed(request: Called) -> list[dict[str, Any]]:
    """One's own subscriptions; there are at most ten."""
    return [_shown(one) for one in hooks.listed(request.auth.visitor.person)]


@router.post("", response={201: Made}, auth=_GATE)
def subscribe(request: Called, given: Subscribing) -> Any:
    """Subscribe."""
    who = request.auth.visitor
    if given.unit is None:
        allowed = Right.AUTHOR in who.rights
    else:
        path = sql.value("SELECT path FROM hub_unit WHERE id = %s", [given.unit])
        allowed = bool(path) and who.may(Right.ADMINISTRATOR, path)
    if not allowed:
        raise Http404
    hook, secret = hooks.subscribed(who.person, given.url, given.events, now(), given.unit)
    return Status(201, _shown(hook) | {"secret": secret})


class Renewing(Schema):
    """For how many hours the old secret signs too; 0 where it is known to others and must open nothing any more."""

    model_config = ConfigDict(extra="forbid")
    overlap_hours: int = Field(default=hooks.OVERLAP, ge=0, le=hooks.WEEK)


@router.post("/{hook}/secret", response={201: Made}, auth=_GATE)
def renew(request: Called, hook: Path[Number], given: Renewing) -> Any:
    """Replace the secret. Until `old_secret_until` every message bears two signatures, by the new secret and by the old one."""
    found = hooks.renewed(request.auth.visitor.person, hook, now(), given.overlap_hours)
    if found is None:
        raise Http404
    return Status(201, _shown(found[0]) | {"secret": found[1]})


@router.delete("/{hook}/secret/old", response={204: None}, auth=_GATE)
def settle(request: Called, hook: Path[Number]) -> Any:
    """Let the old secret sign no more, at once."""
    if not hooks.settled(request.auth.visitor.person, hook, now()):
        raise Http404
    return Status(204, None)


@router.delete("/{hook}", response={204: None}, auth=_GATE)
def end(request: Called, hook: Path[Number]) -> Any:
    """End a subscription; what was still to be sent is not."""
    if not hooks.ended(request.auth.visitor.person, hook, now()):
        raise Http404
    return Status(204, None)


def _shown(one: Hook) -> dict[str, Any]:
    named = {name: getattr(one, name) for name in ("url", "made_at", "failing_since")}
    return named | {"id": one.pk, "events": one.events.split(), "unit": one.unit_id, "old_secret_until": one.old_until}
