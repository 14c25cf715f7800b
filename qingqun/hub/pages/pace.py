"""How often people may be reminded and rung: numbers for the whole hub, set by an administrator."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pacing import LEAST, MOST, Pacing, pacing, set_pacing
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "pace/", "pace", {Right.ADMINISTRATOR}
NAV = (62, "hours", later("提醒的次数"))


def page(request: Asked) -> HttpResponse:
    """Show the numbers, and take them."""
    if request.method == "POST":
        try:
            set_pacing(Pacing(*(_number(request, name) for name in Pacing._fields)), request.visitor.person, now())
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("已保存。"))
        return back("pace")
    return show(request, "pace", now=pacing(), least=LEAST, most=MOST)


def _number(request: Asked, name: str) -> int:
    text = request.POST.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise Refused(_("请填整数"))
    return int(text)
