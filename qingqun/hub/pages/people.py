"""People, units and groups from one workbook: the template, what is wrong in a filled one, and the import."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import invite
from qingqun.hub.governance import roster
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._book import given, uploaded
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "people/", "people", {Right.ADMINISTRATOR}
NAV = (60, "office", later("人员与单位"))
SHOWN = 30


def page(request: Asked) -> HttpResponse:
    """Show the form; give the template or a marked copy, or take a workbook in."""
    if request.GET.get("template") == "1":
        return given(_("人员与单位导入模板.xlsx"), roster.write_template)
    if request.method != "POST":
        return show(request, "people", wrong=[], taken=None, outside=0)
    try:
        return _answer(request, uploaded(request, roster.read))
    except Refused as why:
        messages.warning(request, str(why))
        return back("people")


def _answer(request: Asked, found: roster.Read) -> HttpResponse:
    reach = tuple(path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR)
    taken = roster.take(found, now(), request.visitor.person, reach, dry=request.POST.get("act") == "check")
    if request.POST.get("act") == "check":
        return given(_("人员与单位导入-检查.xlsx"), lambda path: roster.write_errors(path, found))
    return _shown(request, found, taken, reach)


def _shown(request: Asked, found: roster.Read, taken: roster.Taken, reach: tuple[str, ...]) -> HttpResponse:
    outside = invite.waiting(reach).without
    return show(request, "people", wrong=found.wrong[:SHOWN], more=max(len(found.wrong) - SHOWN, 0), taken=taken, outside=outside)
