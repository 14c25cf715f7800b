"""Emergencies that wait for a second person."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.desk import approve, landing
from qingqun.hub.desk.grounds import grounds
from qingqun.hub.desk.offices import within
from qingqun.hub.language import later
from qingqun.hub.models import Draft, Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.hub.pages._words import at_word
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "approve/", "approve", {Right.APPROVER}
NAV = (25, "check", later("批紧急"))


def page(request: Asked) -> HttpResponse:
    """Show them; a form lets one go or sends it back."""
    if request.method == "POST":
        try:
            messages.success(request, _decided(request))
        except Refused as why:
            messages.warning(request, str(why))
        return back("approve")
    at = now()
    waiting = [
        {
            "draft": one,
            "mark": approve.mark_of(one),
            "when": at_word(one.asked_at or at, at),
            "ground": grounds().get(one.ground, one.ground),
            "duty": landing.on_duty(within(one.audience, one.author_id), at),
            "files": one.attachments.count(),
        }
        for one in approve.asked(request.visitor.person)
    ]
    return show(request, "approve", waiting=waiting)


def _decided(request: Asked) -> str:
    act, _colon, number = request.POST.get("act", "").partition(":")
    draft = Draft.objects.filter(pk=int(number)).first() if number.isdigit() else None
    if draft is None:
        raise Refused(_("这条不归您批，或者已经处理过"))
    if act == "approve":
        accepted = approve.approve(draft, request.visitor.person, request.POST.get(f"mark:{number}", ""), now())
        return _("已批准，正在通知值班人员（共发给 {n} 人）。").format(n=accepted.people)
    approve.send_back(draft, request.visitor.person, now())
    return _("已退回，没有发出。")
