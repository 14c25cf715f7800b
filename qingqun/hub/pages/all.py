"""All there ever was, newest first, a page at a time."""

from django.http import HttpResponse

from qingqun.hub import inbox
from qingqun.hub.now import now
from qingqun.hub.pages._cards import line
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show

URL, NAME, ROLES, METHODS = "all/", "all", {READER}, {"GET", "HEAD"}
COUNT, LAST = 50, 2**62


def page(request: Asked) -> HttpResponse:
    """Show fifty, and the way to the next."""
    at, who = now(), request.visitor
    asked = request.GET.get("before", "")
    rows = inbox.every(who.person, at, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else LAST, COUNT)
    before = rows[-1].delivery if len(rows) == COUNT else None
    return show(request, "all", cards=[line(row, at) for row in rows], before=before)
