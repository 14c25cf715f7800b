"""Duty lists: who an emergency rings. Made, filled from pasted lines, and turns taken off again."""

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.governance import duty
from qingqun.hub.language import later
from qingqun.hub.models import Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "duty/", "duty", {Right.ADMINISTRATOR}
NAV = (61, "hours", later("值班表"))


def page(request: Asked) -> HttpResponse:
    """Show the lists in reach, and take the forms."""
    paths = [path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR]
    wrong: tuple[str, ...] = ()
    typed = ""
    if request.method == "POST":
        try:
            wrong = _taken(request, paths)
        except Refused as why:
            messages.warning(request, str(why))
        if not wrong:
            return back("duty")
        typed = request.POST.get("turns", "")
    units = [row for row in Unit.objects.order_by("path") if any(row.path.startswith(path) for path in paths)]
    at = now()
    open_list = _number(request.POST.get("list", ""))
    return show(request, "duty", lists=duty.lists(paths, at), units=units, wrong=wrong, typed=typed, list=open_list, now=at)


def _taken(request: Asked, paths: list[str]) -> tuple[str, ...]:
    """Do what the form asks; return what is wrong with its lines."""
    form, by = request.POST, request.visitor.person
    if form.get("remove"):
        if duty.take_off(_number(form["remove"]), paths, by, now()):
            messages.success(request, _("已删除。"))
    elif form.get("list"):
        done = duty.enter(_number(form["list"]), form.get("turns", ""), paths, by, now())
        messages.success(request, _("已登记 {n} 班。").format(n=done.made))
        return done.wrong
    else:
        duty.begin(_number(form.get("unit", "")), form.get("name", ""), paths, by, now())
        messages.success(request, _("已新建，请登记各班的人员和起止时间。"))
    return ()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
