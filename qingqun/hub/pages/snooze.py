"""Later: back in the list at the next working time."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from qingqun.hub import inbox
from qingqun.hub.now import now
from qingqun.hub.pages._back import whence
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._words import at_word
from qingqun.hub.pages._worktime import next_open
from qingqun.i18n import _

URL, NAME, ROLES, METHODS = "n/<int:delivery>/later/", "snooze", {READER}, {"POST"}


def page(request: Asked, delivery: int) -> HttpResponse:
    """Put it aside, or take it back where the form says so."""
    at, who = now(), request.visitor
    if inbox.one(delivery, who.person, at) is None:
        raise Http404
    until = at if request.POST.get("back") else next_open(who.person, at)
    if until is None or not inbox.snooze(delivery, who.person, until, at):
        messages.warning(request, _("时限在您下一个工作时间之前，所以仍留在“要办的”里。"))
    elif until > at:
        messages.success(request, _("{when} 会回到收件箱。").format(when=at_word(until, at)))
    return whence(request, delivery)
