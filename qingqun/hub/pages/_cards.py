"""A delivery as a card: everything in words, so that what is shown and what is hashed are the same."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.urls import reverse

from qingqun.hub import inbox
from qingqun.hub.inbox import Arranged, Facts, Row
from qingqun.hub.models import Confirm, Importance, State
from qingqun.hub.moment import from_ms, to_ms
from qingqun.hub.pages._words import at_word, due_word, held_word


class Card(NamedTuple):
    """What a card says."""

    delivery: int
    at: str  # its page
    title: str
    office: str
    author: str
    topic: str
    came: str
    due: str
    late: bool
    why: str
    held: str
    importance: str
    ask: str  # confirm, answer, or nothing
    read: bool
    done: bool
    gone: bool
    changed: str
    into: int
    into_title: str
    revision: int  # what is on the screen: what is given back is given to it


class Line(NamedTuple):
    """What the line of a drawer says: no more than it takes to find something again."""

    at: str
    title: str
    office: str
    came: str
    into_title: str


def line(row: Row, now: datetime) -> Line:
    """Say a row in few words."""
    return Line(_page_of(row), row.title, row.unit, at_word(from_ms(row.not_before), now), row.into_title or "")


def card(row: Row, known: Facts, now: datetime) -> Card:
    """Say a row in words."""
    done = row.done_at is not None
    return Card(
        delivery=row.delivery,
        at=_page_of(row),
        title=row.title,
        office=row.unit,
        author=row.author,
        topic=row.topic or "",
        came=at_word(from_ms(row.not_before), now),
        due=due_word(row.deadline, now),
        late=row.deadline is not None and from_ms(row.deadline) <= now,
        why=inbox.why(row.audience, known, row.behalf)[0],
        held=held(row, now) if row.read_at is None else "",  # while it is still a question
        importance=row.importance,
        ask=row.confirm if row.confirm in {Confirm.CONFIRM, Confirm.ANSWER} and not done else "",
        read=row.read_at is not None,
        done=done,
        gone=row.withdrawn_at is not None or row.state == State.WITHDRAWN,
        changed=_changed(row, now),
        into=row.into or 0,
        into_title=row.into_title or "",
        revision=row.revision,
    )


def said(found: Arranged, known: Facts, now: datetime) -> dict[str, Any]:
    """Say every part of a list: cards for what is to be done or known, lines for what lies in a drawer."""
    return {
        "must": [card(row, known, now) for row in found.must],
        "know": [card(row, known, now) for row in found.know],
        "later": [line(row, now) for row in found.later],
        "folded": [line(row, now) for row in found.folded],
        "done": [line(row, now) for row in found.done],
    }


def _page_of(row: Row) -> str:
    return f"{_notices()}{row.delivery}/"


@cache
def _notices() -> str:
    return reverse("notice", kwargs={"delivery": 0}).removesuffix("0/")


def latest(rows: list[Row], now: datetime) -> int:
    """Return when something last came, changed, was taken back or came back from later; the open page asks for what is newer."""
    at = to_ms(now)
    moments = (moment for row in rows for moment in (row.not_before, row.changed_at, row.withdrawn_at, row.snoozed_until))
    return max((moment for moment in moments if moment and moment <= at), default=0)


def held(row: Row, now: datetime) -> str:
    """Say why it came only now, or does not ring yet; nothing holds an emergency for who is on duty."""
    if row.importance == Importance.EMERGENCY and row.state == State.DELIVERED:
        return ""
    return held_word(row.reason, from_ms(row.accepted_at), now)


def _changed(row: Row, now: datetime) -> str:
    """Say that the text changed, unless it was opened since."""
    if row.changed_at is None or (row.read_at is not None and row.read_at >= row.changed_at):
        return ""
    return at_word(from_ms(row.changed_at), now)
