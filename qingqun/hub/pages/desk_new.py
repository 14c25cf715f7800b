"""A new notice: an empty form. A draft comes into being with its first word, and not before."""

from django.http import HttpResponse

from qingqun.hub.desk import drafts
from qingqun.hub.desk.offices import offices
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import refused
from qingqun.hub.pages._writing import carried, form, written

URL, NAME, ROLES = "desk/new/", "desk_new", {Right.AUTHOR}


def page(request: Asked) -> HttpResponse:
    """Show the form, and take it; sent again after going back, it goes on with the draft it became."""
    who, mine = request.visitor, offices(request.visitor.person)
    if not mine:
        return refused(request, 403)
    key = request.POST.get("key", "")
    before = drafts.of_form(who.person, key)
    if before:
        return written(request, before, mine)
    unit = next((office.unit for office in mine if office.unit == who.unit), mine[0].unit)
    draft = drafts.blank(who.person, unit, now(), key)
    draft.audience = carried(request, key) or draft.audience
    return written(request, draft, mine) if request.method == "POST" else form(request, draft, mine)
