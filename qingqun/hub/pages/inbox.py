"""The inbox: one quiet list. What is asked and by when first, then what to know; the rest folded away."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.http import HttpResponse, HttpResponseNotModified

from qingqun.hub import inbox
from qingqun.hub.inbox import Away
from qingqun.hub.language import later
from qingqun.hub.now import now
from qingqun.hub.pages._cards import latest, said
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import LARGE, asset, show
from qingqun.i18n import language

URL, NAME, ROLES = "", "inbox", {READER}
NAV = (10, "inbox", later("收件"))
METHODS = {"GET", "HEAD"}
BACK_LATELY = timedelta(days=3)


def page(request: Asked) -> HttpResponse:
    """Show the list; unchanged since this browser asked last, it is not sent again."""
    at, who = now(), request.visitor
    rows = inbox.listed(who.person, at)
    known = inbox.facts(who.person, who.path)
    found = inbox.arranged(rows, at)
    cards = said(found, known, at)
    mark = _mark(request, cards)
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark and not request.COOKIES.get("messages"):
        return HttpResponseNotModified()
    away = _lately_away(known.leaves, at)
    response = show(request, "inbox", **cards, latest=latest(rows, at), more=len(rows) == inbox.MOST, away=away)
    response.headers["ETag"] = mark
    return response


def _mark(request: Asked, cards: object) -> str:
    whole = (cards, request.visitor, request.session.session_key, request.COOKIES.get(LARGE), language(), asset("hub.css"))
    return f'"{sha256(repr(whole).encode()).hexdigest()[:32]}"'


def _lately_away(leaves: tuple[Away, ...], at: datetime) -> Away | None:
    """Return the last leave, while somebody may still be catching up after it."""
    return next((away for away in reversed(leaves) if away.starts <= at <= away.ends + BACK_LATELY), None)
