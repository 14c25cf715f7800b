"""After leave: what must be done, what is to be known, what was folded, what is settled; the counts add up."""

from django.http import HttpResponse

from qingqun.hub import inbox
from qingqun.hub.now import now
from qingqun.hub.pages._cards import card, said
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
    return show(request, "catchup", away=away, total=len(rows), since=at_word(away.starts, at), **parts)
