"""Pass a notice on to one's own unit: a draft that carries it, to which only the addition is written."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from qingqun.hub import inbox
from qingqun.hub.desk import drafts
from qingqun.hub.desk.offices import offices
from qingqun.hub.models import Importance, Notice, Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back
from qingqun.i18n import _

URL, NAME, ROLES, METHODS = "n/<int:delivery>/forward/", "forward", {Right.AUTHOR}, {"POST"}


def page(request: Asked, delivery: int) -> HttpResponse:
    """Begin the draft; anybody else's notice is not found, one that was taken back or an emergency is not passed on."""
    who, at = request.visitor, now()
    row = inbox.one(delivery, who.person, at)
    mine = [office.unit for office in offices(who.person)]
    if row is None or not mine:
        raise Http404
    if row.withdrawn_at is not None or row.importance == Importance.EMERGENCY:
        messages.warning(request, _("这条通知不能再转。"))
        return back("notice", delivery=delivery)
    unit = who.unit if who.unit in mine else mine[0]
    draft = drafts.passing_on(who.person, unit, at, Notice.objects.get(pk=row.notice))
    messages.success(request, _("原文会跟着走，收件人只收到一次。这里只写你们要补充的，不补充可以空着。"))
    return back("desk_write", draft=draft.pk)
