"""A colleague confirmed on paper or by telephone: written down by somebody of their unit, and marked so."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from qingqun.hub import inbox
from qingqun.hub.models import Confirm, Means
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _

URL, NAME, ROLES = "n/<int:delivery>/record/", "record", {READER}
_MEANS = {Means.PAPER.value: Means.PAPER, Means.TELEPHONE.value: Means.TELEPHONE}


def page(request: Asked, delivery: int) -> HttpResponse:
    """Show the form, and take it. Nothing tells whether the colleague had confirmed already."""
    at, who = now(), request.visitor
    row = inbox.one(delivery, who.person, at)
    if row is None or row.confirm not in {Confirm.CONFIRM, Confirm.ANSWER} or row.withdrawn_at:
        raise Http404
    others = inbox.colleague.colleagues(row.notice, who.unit, who.person, at)
    if request.method != "POST":
        return show(request, "record", row=row, others=others)
    chosen = next((one for one in others if str(one.person) == request.POST.get("person")), None)
    means = _MEANS.get(request.POST.get("means", ""))
    if chosen is None or means is None:
        messages.warning(request, _("请选择同事和方式。"))
        return back("record", delivery=delivery)
    inbox.colleague.record(chosen, Confirm(row.confirm), means, who.person, request.POST.get("answer", "").strip()[:5_000], at)
    messages.success(request, _("已替{name}登记，并注明由您代记。").format(name=chosen.name))
    return back("notice", delivery=delivery)
