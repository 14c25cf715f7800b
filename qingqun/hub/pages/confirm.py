"""One tap: confirmed."""

from datetime import datetime
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from qingqun.hub import inbox, story
from qingqun.hub.now import now
from qingqun.hub.pages._back import overtaken, whence
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _

URL, NAME, ROLES, METHODS = "n/<int:delivery>/confirm/", "confirm", {READER}, {"POST"}


def page(request: Asked, delivery: int) -> HttpResponse:
    """Take the confirmation; said again it changes nothing."""
    at, who = now(), request.visitor
    row = inbox.one(delivery, who.person, at)
    if row is None:
        raise Http404
    if overtaken(request, row):
        to = back("notice", delivery=delivery)
        return HttpResponse(status=204, headers={"HX-Redirect": to.headers["Location"]}) if request.headers.get("HX-Request") else to
    story.confirm(delivery, who.person, at)
    if request.headers.get("HX-Request"):
        return show(request, "confirm", title=row.title, delivery=delivery, left=_left(request, at))
    messages.success(request, _("已确认：{title}").format(title=row.title))
    return whence(request, delivery)


def _left(request: Asked, now: datetime) -> int | None:
    """Return how many are still to be done, for the count above the list; None on a page that has no such count."""
    if urlsplit(request.headers.get("HX-Current-URL", "")).path != reverse("inbox"):
        return None
    return len(inbox.arranged(inbox.listed(request.visitor.person, now), now).must)
