"""One's own inbox: what is in it, and confirming. To look is no receipt; who confirms has read."""

from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Path, Router, Schema

from qingqun.hub import inbox, story
from qingqun.hub.api.cursor import Number, Paged, page
from qingqun.hub.api.gate import Bearer, Called
from qingqun.hub.api.problems import Problem
from qingqun.hub.inbox import Row
from qingqun.hub.moment import from_ms
from qingqun.hub.now import now
from qingqun.i18n import _

router = Router()


class Delivery(Schema):
    """A notice as it came to one person."""

    id: int
    title: str
    unit: str
    author: str
    topic: str | None
    importance: str
    confirm: str
    deadline: datetime | None
    valid_until: datetime | None
    came_at: datetime
    read_at: datetime | None
    done_at: datetime | None
    folded: bool
    withdrawn: bool
    revision: int


class File(Schema):
    name: str
    size: int


class Whole(Delivery):
    """The same with its text."""

    text: str
    files: list[File]


class Deliveries(Schema):
    items: list[Delivery]
    next: str | None


class Confirmation(Schema):
    """Which revision was before the eyes of who confirms."""

    revision: Number


class Confirmed(Schema):
    """`new` is false where it had been confirmed before."""

    new: bool


@router.get("", response=Deliveries, auth=Bearer("deliveries"))
def listed(request: Called, asked: Paged) -> dict[str, Any]:
    """All there is, the newest first."""
    rows = inbox.every(request.auth.visitor.person, now(), asked.before(), asked.limit + 1)
    return page(rows, asked, lambda row: row.delivery, _shown)


@router.get("/{delivery}", response=Whole, auth=Bearer("deliveries"))
def one(request: Called, delivery: Path[Number]) -> dict[str, Any]:
    """One, with its text; another's is not found."""
    row = _own(request, delivery)
    opened = inbox.opened(row.delivery, row.notice, row.read_at)
    return _shown(row) | {"text": opened.text, "files": [{"name": file.name, "size": file.size} for file in opened.files]}


@router.post("/{delivery}/confirm", response=Confirmed, auth=Bearer("confirm"))
def confirm(request: Called, delivery: Path[Number], given: Confirmation) -> dict[str, Any]:
    """Confirm; said again it changes nothing. After a correction that matters the former revision is not taken (409)."""
    row = _own(request, delivery)
    if inbox.outdated(row.notice, given.revision):
        raise Problem(409, _("这条通知刚刚更正过，请看过新的内容再办。"))
    return {"new": story.confirm(row.delivery, request.auth.visitor.person, now())}


def _own(request: Called, delivery: int) -> Row:
    row = inbox.one(delivery, request.auth.visitor.person, now())
    if row is None:
        raise Http404
    return row


def _shown(row: Row) -> dict[str, Any]:
    times = {name: getattr(row, name) for name in ("deadline", "valid_until", "read_at", "done_at")}
    return {
        **{name: getattr(row, name) for name in ("title", "unit", "author", "topic", "importance", "confirm", "revision")},
        **{name: None if at is None else from_ms(at) for name, at in times.items()},
        "id": row.delivery,
        "came_at": from_ms(row.not_before),
        "folded": row.state == "folded",
        "withdrawn": row.withdrawn_at is not None,
    }
