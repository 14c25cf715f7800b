"""A correction: new words in the place of the old, with the difference; a second ring only where its author says that it matters."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import inbox, preflight
from qingqun.hub.desk import amend
from qingqun.hub.models import Draft, Notice, Right
from qingqun.hub.now import now
from qingqun.hub.pages._desk import own_notice
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "desk/sent/<int:notice>/correct/", "desk_correct", {Right.AUTHOR}


def page(request: Asked, notice: int) -> HttpResponse:
    """Show the form; first with the difference, then correct it."""
    found = own_notice(request.visitor.person, notice)
    title = request.POST.get("title", found.title).strip()[:200]
    text = request.POST.get("text", found.text).replace("\r\n", "\n").strip()[:20_000]
    material = request.POST.get("material") == "1"
    if request.POST.get("act") == "correct":
        try:
            amend.correct(found, title, text, now(), material=material)
        except Refused as why:
            messages.warning(request, str(why))
        else:
            messages.success(request, _("已更正，并会再提醒一次。") if material else _("已更正，不再响。"))
            return back("desk_sent", notice=notice)
    changed = inbox.changes(f"{found.title}\n{found.text}", f"{title}\n{text}") if request.method == "POST" else []
    said = _said(found, title, text) if request.method == "POST" else None
    return show(request, "desk_correct", notice=found, title=title, text=text, material=material, changed=changed, said=said)


def _said(notice: Notice, title: str, text: str) -> preflight.Preflight:
    draft = Draft(title=title, text=text, unit_id=notice.unit_id, author_id=notice.author_id, importance=notice.importance)
    return preflight.check(draft, {"persons": [notice.author_id]}, now())
