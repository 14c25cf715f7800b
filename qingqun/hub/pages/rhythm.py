"""One's own rhythm: whether others learn that one has read, and on which channel one wants a digest instead of single rings."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import deliver, inbox
from qingqun.hub.inbox.rhythm import Reached
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "mine/rhythm/", "rhythm", {READER}


def page(request: Asked) -> HttpResponse:
    """Show the switches, and take one."""
    who, at = request.visitor.person, now()
    if request.method != "POST":
        return show(request, "rhythm", tells=inbox.rhythm.tells(who), channels=_titled(inbox.rhythm.channels(who)))
    form = request.POST
    try:
        if form.get("act") == "reading":
            inbox.rhythm.tell_reading(who, tells=form.get("tells") == "1", now=at)
        elif form.get("act") == "digest":
            inbox.rhythm.choose(who, form.get("channel", ""), form.get("way", ""), form.get("times", ""), at)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("已保存。"))
    return back("rhythm")


def _titled(channels: list[Reached]) -> list[tuple[Reached, str]]:
    """Return each channel as people call it; one that this version no longer has keeps its name."""
    known = deliver.CHANNELS
    return [(one, _(known[one.channel].TITLE) if one.channel in known else one.channel) for one in channels]
