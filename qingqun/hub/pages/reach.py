"""Reach: on which channel I am reminded first, and which stays silent but for emergencies."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import deliver
from qingqun.hub.inbox import reach
from qingqun.hub.language import later
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _

URL, NAME, ROLES = "mine/reach/", "reach", {READER}
NAV = (52, "mine", later("提醒方式"))


def page(request: Asked) -> HttpResponse:
    """Show my channels in their order, and take another order."""
    person = request.visitor.person
    if request.method != "POST":
        ways = [(one, _(deliver.CHANNELS[one.channel].TITLE)) for one in reach.ways(person) if one.channel in deliver.CHANNELS]
        return show(request, "reach", ways=ways)
    act = {"first": reach.first, "off": reach.off}.get(request.POST.get("act", ""))
    if act and act(person, request.POST.get("channel", ""), now()):
        messages.success(request, _("已保存。"))
    return back("reach")
