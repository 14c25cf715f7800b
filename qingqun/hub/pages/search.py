"""Search: any piece of a text, in what lies in one's inbox and in what one sent; the words that were found are marked."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from qingqun.hub import search
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.moment import from_ms
from qingqun.hub.now import now
from qingqun.hub.pages._desk import pieces
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show
from qingqun.hub.pages._words import at_word
from qingqun.words import Refused

URL, NAME, ROLES, METHODS = "search/", "search", {READER}, {"GET", "HEAD"}
NAV = (35, "search", later("搜索"))
MOST = search.MOST


def page(request: Asked) -> HttpResponse:
    """Show the form and what was found."""
    typed, who, at = request.GET.get("q", "")[:200], request.visitor, now()
    try:
        query = search.asked(typed)
    except Refused as why:
        return show(request, "search", status=422, typed=typed, why=str(why), found=None, most=MOST)
    found = search.find(query, who.person, at, author=Right.AUTHOR in who.rights)
    cards = [_card(one, query, at_word(from_ms(one.at), at)) for one in found]
    return show(request, "search", typed=typed, why="", found=cards if query.words else None, most=MOST)


def _card(one: search.Found, query: search.Query, when: str) -> dict[str, Any]:
    there = ("notice", {"delivery": one.delivery}) if one.delivery else ("desk_sent", {"notice": one.notice})
    shown = search.shown(one, query)
    return {
        "at": reverse(there[0], kwargs=there[1]),
        "title": pieces(shown.title, shown.title_spans),
        "piece": pieces(shown.piece, shown.piece_spans),
        "unit": one.unit,
        "when": when,
        "sent": one.delivery is None,
    }
