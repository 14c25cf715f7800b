"""One tap: confirmed."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from qingqun.hub import inbox, story
from qingqun.hub.now import now
from qingqun.hub.pages._back import whence
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show
from qingqun.i18n import _

URL, NAME, ROLES, METHODS = "n/<int:delivery>/confirm/", "confirm", {READER}, {"POST"}


def page(request: Asked, delivery: int) -> HttpResponse:
    """Take the confirmation; said again it changes nothing."""
    at, who = now(), request.visitor
    row = inbox.one(delivery, who.person, at)
    if row is None:
        raise Http404
    story.confirm(delivery, who.person, at)
    if request.headers.get("HX-Request"):
        return show(request, "confirm", title=row.title, delivery=delivery)
    messages.success(request, _("已确认：{title}").format(title=row.title))
    return whence(request, delivery)
