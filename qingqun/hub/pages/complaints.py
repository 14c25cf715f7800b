"""Complaints to be answered, by auditors and administrators, each within their units; those about no unit by any of them."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.governance.complaints import answer, complaints
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, refused, show
from qingqun.i18n import _

URL, NAME, ROLES = "complaints/", "complaints", {Right.AUDITOR, Right.ADMINISTRATOR}
NAV = (70, "talk", later("意见与投诉：答复"))


def page(request: Asked) -> HttpResponse:
    """Show what is open first; take an answer."""
    paths = [path for right, path in request.visitor.powers if right in ROLES]
    if request.method != "POST":
        return show(request, "complaints", complaints=complaints(paths))
    number, text = request.POST.get("complaint", ""), request.POST.get("answer", "").strip()[:2_000]
    known = number.isascii() and number.isdigit() and len(number) < 19
    if not known or int(number) not in {one.pk for one in complaints(paths)}:
        return refused(request, 404)
    if text and answer(int(number), request.visitor.person, text, now()):
        messages.success(request, _("已答复。"))
    return back("complaints")
