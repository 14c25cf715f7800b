"""A draft, to go on with."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.desk import drafts
from qingqun.hub.desk.offices import offices
from qingqun.hub.models import Right
from qingqun.hub.pages._desk import own_draft
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, refused
from qingqun.hub.pages._writing import form, written
from qingqun.i18n import _

URL, NAME, ROLES = "desk/<int:draft>/", "desk_write", {Right.AUTHOR}


def page(request: Asked, draft: int) -> HttpResponse:
    """Show the form, and take it; a button throws the draft away."""
    found, mine = own_draft(request.visitor.person, draft), offices(request.visitor.person)
    if not mine:
        return refused(request, 403)
    if request.method != "POST":
        return form(request, found, mine)
    if request.POST.get("act") == "throw":
        drafts.thrown_away(found)
        messages.success(request, _("草稿已删除。"))
        return back("desk")
    return written(request, found, mine)
