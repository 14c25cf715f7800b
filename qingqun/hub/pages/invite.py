"""Sign-ins for everybody imported: one list to hand out, a link of one time for each, for all one's units or for one and those below."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from qingqun.hub import invite, invitelist
from qingqun.hub.language import later
from qingqun.hub.models import Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._book import given
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _

URL, NAME, ROLES = "invite/", "invite", {Right.ADMINISTRATOR}
NAV = (61, "key", later("开通登录"))
MOST = 500


def page(request: Asked) -> HttpResponse:
    """Say who waits for a way in, or give the list."""
    reach = [path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR]
    units = [unit for unit in Unit.objects.order_by("path") if unit.path.startswith(tuple(reach))]
    if request.method != "POST":
        root = _root(request)
        alone = root if invitelist.local(root) else ""
        return show(request, "invite", units=units[:MOST], waiting=invite.waiting(reach), days=invite.LASTS.days, alone=alone)
    return _listed(request, _chosen(request, units) or reach)


def _chosen(request: Asked, units: list[Unit]) -> list[str]:
    """Return the path of the unit that was chosen, none for all; one out of reach is not there."""
    number = request.POST.get("unit", "")
    found = [unit.path for unit in units if str(unit.pk) == number]
    if number and not found:
        raise Http404
    return found


def _listed(request: Asked, paths: list[str]) -> HttpResponse:
    made = invite.invite(paths, now(), request.visitor.person, again=request.POST.get("again") == "1")
    if not made:
        messages.info(request, _("没有要开通的人。"))
        return back("invite")
    response = given(_("登录表.xlsx"), lambda path: invitelist.write(path, made, _root(request), now()))
    response.headers["Cache-Control"] = "no-store"
    return response


def _root(request: Asked) -> str:
    return invitelist.root(f"{request.scheme}://{request.get_host()}")
