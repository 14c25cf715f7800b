"""Notices: written, looked at, sent, and how they stand; for their author alone. A notice keeps its id from draft to delivery.

The id is made from the author and the Idempotency-Key of the first call, and becomes the notice's own key: nothing is made twice.
"""

from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from django.http import Http404
from ninja import Header, Path, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from qingqun.hub import preflight
from qingqun.hub.api.audience import Audience, checked
from qingqun.hub.api.cursor import Number, Paged, page
from qingqun.hub.api.gate import Bearer, Called
from qingqun.hub.api.problems import Problem
from qingqun.hub.api.v1.audiences import counted
from qingqun.hub.desk import drafts, result
from qingqun.hub.desk.grounds import grounds
from qingqun.hub.desk.offices import offices, within
from qingqun.hub.desk.send import check_whole, send
from qingqun.hub.models import Confirm, Draft, Importance, Notice, Right, Topic
from qingqun.hub.now import now
from qingqun.i18n import _
from qingqun.words import Refused

router = Router()
_GATE = Bearer("notices", Right.AUTHOR)
Key = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Once = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=64, pattern=r"^[!-~]+$")]
Moment = Annotated[AwareDatetime, Field(ge=datetime.fromisoformat("2000-01-01T00:00Z"), le=datetime.fromisoformat("2200-01-01T00:00Z"))]


class Writing(Schema):
    """What an author writes. Moments bear a zone."""

    model_config = ConfigDict(extra="forbid")
    unit: Number
    title: str = Field("", max_length=drafts.LONGEST_TITLE)
    text: str = Field("", max_length=drafts.LONGEST_TEXT)
    audience: Audience = Audience()
    topic: Number | None = None
    importance: Importance = Importance.ROUTINE
    confirm: Confirm = Confirm.NONE
    deadline: Moment | None = None
    valid_until: Moment | None = None
    send_at: Moment | None = None
    ground: str = Field("", max_length=80)


class Counts(Schema):
    """How the deliveries stand: the first is the sum of the six after it; then what readers gave back. Counts only, never who."""

    people: int
    delivered: int
    folded: int
    held: int
    unproven: int
    unreachable: int
    ended: int
    read: int
    done: int


class Standing(Schema):
    """`state`: draft, asked (waits for a second person), accepted, withdrawn. `counts` from acceptance on."""

    id: str
    state: str
    title: str
    unit: int
    importance: str
    confirm: str
    deadline: datetime | None
    at: datetime
    revision: int
    counts: Counts | None = None


class Standings(Schema):
    items: list[Standing]
    next: str | None


class Remark(Schema):
    rule: str
    title: str
    reason: str
    level: str
    held: bool
    span: list[int] | None
    rewrite: dict[str, Any] | None


class Said(Schema):
    """What the preflight says. `mark` is of the text it looked at; `acceptable`: nothing stops it but what `seen` answers for."""

    mark: str
    blocks: list[str]
    remarks: list[Remark]
    broken: list[str]
    people: int | None
    fewer_than: int | None
    acceptable: bool


class Sending(Schema):
    """The mark of the preflight; `seen`: its author has seen what is against a rule, and sends it."""

    model_config = ConfigDict(extra="forbid")
    mark: str = Field(max_length=128)
    seen: bool = False


class Sent(Schema):
    """`again`: it had been accepted before. `people` is null for what waits for a second person."""

    id: str
    state: str
    people: int | None
    again: bool


@router.get("", response=Standings, auth=_GATE)
def listed(request: Called, asked: Paged) -> dict[str, Any]:
    """What one sent, the newest first, without counts."""
    rows = Notice.objects.filter(author_id=request.auth.visitor.person, pk__lt=asked.before()).order_by("-pk")
    return page(list(rows[: asked.limit + 1]), asked, lambda one: one.pk, _notice)


@router.post("", response={201: Standing, 200: Standing}, auth=_GATE)
def write(request: Called, given: Writing, once: Once) -> Any:
    """Keep a draft. The same key again gives the same one; with other words it is refused (409)."""
    person = request.auth.visitor.person
    key = sha256(f"{person}:{once}".encode()).hexdigest()[:32]
    sent = Notice.objects.filter(key=key, author_id=person).first()
    draft = Draft.objects.filter(key=key, author_id=person).first()
    if sent or draft:
        before: Notice | Draft | None = sent or draft
        if before and (before.title, before.text, before.unit_id) != (given.title.strip(), _plain(given.text), given.unit):
            raise Problem(409, _("这个 Idempotency-Key 已用于另一条通知"))
        return Status(200, _notice(sent) if sent else _draft(draft))
    return Status(201, _draft(_kept(drafts.blank(person, given.unit, now(), key), given)))


@router.get("/{key}", response=Standing, auth=_GATE)
def one(request: Called, key: Key) -> dict[str, Any]:
    """How it stands; another's is not found."""
    sent = Notice.objects.filter(key=key, author_id=request.auth.visitor.person).first()
    return _notice(sent) | {"counts": result.counts(sent.pk)._asdict()} if sent else _draft(_own(request, key))


@router.put("/{key}", response=Standing, auth=_GATE)
def change(request: Called, key: Key, given: Writing) -> dict[str, Any]:
    """Write a draft anew; one that was asked for is not any more."""
    return _draft(_kept(_own(request, key), given))


@router.delete("/{key}", response={204: None}, auth=_GATE)
def forget(request: Called, key: Key) -> Any:
    """Throw a draft away."""
    drafts.thrown_away(_own(request, key))
    return Status(204, None)


@router.post("/{key}/preflight", response=Said, auth=_GATE)
def look(request: Called, key: Key) -> dict[str, Any]:
    """Judge a draft as the page does; nothing is sent or changed."""
    draft = _own(request, key)
    said = preflight.check(draft, within(draft.audience, draft.author_id) if draft.audience.get("any") else {"persons": [0]}, now())
    return {
        "mark": said.mark,
        "blocks": list(said.blocks),
        "remarks": [_remark(one) for one in said.remarks],
        "broken": [one.rule for one in said.broken],
        "acceptable": not said.blocks,
        **counted(said.people),
    }


@router.post("/{key}/accept", response={200: Sent, 202: Sent}, auth=_GATE)
def accept(request: Called, key: Key, given: Sending) -> Any:
    """Send it: durable once this answers. An emergency waits for a second person, on the page (202)."""
    sent = Notice.objects.filter(key=key, author_id=request.auth.visitor.person).first()
    if sent:
        return Status(200, {"id": key, "state": _state(sent), "people": sent.people, "again": True})
    draft = _own(request, key)
    urgent = draft.importance == Importance.EMERGENCY
    check_whole(draft, now(), 0 if urgent else None)
    said = preflight.check(draft, {"persons": [draft.author_id]}, now())
    rules = tuple(one.rule for one in said.broken)
    if said.mark != given.mark:
        raise Problem(409, _("正文刚才改过，请再看一遍"))
    if rules and not given.seen:
        raise Problem(409, _("有违反规定的地方：请改写，或以 seen=true 表明已看到"))
    if urgent:
        draft.asked_at = now()
        draft.save(update_fields=["asked_at"])
        return Status(202, {"id": key, "state": "asked", "people": None, "again": False})
    done = send(draft, now(), overruled=rules)
    return Status(200, {"id": key, "state": "accepted", "people": done.people, "again": done.again})


def _own(request: Called, key: str) -> Draft:
    found = Draft.objects.filter(key=key, author_id=request.auth.visitor.person).first()
    if found is None:
        raise Http404
    return found


def _kept(draft: Draft, given: Writing) -> Draft:
    """Put what was written into a draft and keep it.

    Raises:
        Refused: it names what its author may not, or bears a secret marking; nothing of it is kept.
    """
    if given.unit not in {office.unit for office in offices(draft.author_id)}:
        raise Refused(_("您没有以这个单位发通知的权限"))
    if given.topic is not None and not Topic.objects.filter(pk=given.topic).exists():
        raise Refused(_("没有这个话题"))
    if given.ground and given.ground not in grounds():
        raise Refused(_("没有这个依据"))
    draft.audience = checked(given.audience, draft.author_id)
    values = {name: getattr(given, name) for name in ("importance", "confirm", "deadline", "valid_until", "send_at", "ground")}
    words = {"title": given.title.strip(), "text": _plain(given.text), "topic_id": given.topic, "unit_id": given.unit}
    drafts.keep(filled := drafts.filled(draft, values | words, now()))
    if filled.pk is None:
        raise Refused(_("请写上标题或正文"))
    return filled


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _state(sent: Notice) -> str:
    return "withdrawn" if sent.withdrawn_at else "accepted"


def _notice(sent: Notice) -> dict[str, Any]:
    return _common(sent) | {"state": _state(sent), "at": sent.accepted_at, "revision": sent.revision}


def _draft(draft: Draft | None) -> dict[str, Any]:
    assert draft is not None
    return _common(draft) | {"state": "asked" if draft.asked_at else "draft", "at": draft.changed_at, "revision": 0}


def _common(one: Notice | Draft) -> dict[str, Any]:
    return {
        "id": one.key,
        "title": one.title,
        "unit": one.unit_id,
        "importance": one.importance,
        "confirm": one.confirm,
        "deadline": one.deadline,
    }


def _remark(one: preflight.Remark) -> dict[str, Any]:
    new = one.rewrite
    return {
        **{name: getattr(one, name) for name in ("rule", "title", "reason", "held")},
        "level": str(one.level),
        "span": list(one.span) if one.span else None,
        "rewrite": {"title": new.title, "text": new.text, "confirm": new.confirm or None} if new else None,
    }
