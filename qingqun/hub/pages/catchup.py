"""After leave: what must be done, what is to be known, what was folded, what is settled; the counts add up."""

from datetime import datetime

from django.http import HttpResponse

from qingqun.hub import inbox
from qingqun.hub.models import Confirm
from qingqun.hub.now import now
from qingqun.hub.pages._cards import card, line, said
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show
from qingqun.hub.pages._words import at_word

URL, NAME, ROLES, METHODS = "catchup/", "catchup", {READER}, {"GET", "HEAD"}


def page(request: Asked) -> HttpResponse:
    """Show what was sent from the beginning of the last leave on."""
    at, who = now(), request.visitor
    known = inbox.facts(who.person, who.path)
    away = next((away for away in reversed(known.leaves) if away.starts <= at), None)
    if away is None:
        return show(request, "catchup", away=None)
    rows = inbox.since(who.person, away.starts, at)
    found = inbox.arranged(rows, at)
    parts = said(found, known, at) | {"later": [card(row, known, at) for row in found.later]}
    taken = inbox.taken(who.person, away.starts)
    stood = [_stood(row, taken[row.notice], at) for row in rows if row.notice in taken]
    return show(request, "catchup", away=away, total=len(rows), since=at_word(away.starts, at), stood=stood, **parts)


def _stood(row: inbox.Row, name: str, at: datetime) -> dict[str, object]:
    """Say what became of it. What takes no confirmation is only known, and knowing it is nobody else's to do."""
    done = row.done_at is not None and row.confirm in {Confirm.CONFIRM, Confirm.ANSWER}
    return {"at": line(row, at).at, "title": row.title, "name": name, "done": done}
