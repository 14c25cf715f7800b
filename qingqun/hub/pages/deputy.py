"""Who stands in for me."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.inbox import absence
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES, METHODS = "mine/deputy/", "deputy", {READER}, {"POST"}


def page(request: Asked) -> HttpResponse:
    """Take the form; an empty choice is nobody."""
    chosen = request.POST.get("deputy", "")
    try:
        absence.choose_deputy(request.visitor.person, int(chosen) if chosen.isascii() and chosen.isdigit() else None, now())
        messages.success(request, _("已保存。"))
    except Refused as refused:
        messages.warning(request, str(refused))
    return back("mine")
