"""Leave and shifts of the people one administers: typed or pasted, or from one workbook; taken off again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.governance import absencebook, absences
from qingqun.hub.governance.roster.read import Wrong
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._book import given, uploaded
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "absences/", "absences", {Right.ADMINISTRATOR}
NAV = (61, "hours", later("休假与班次"))
SHOWN = 30


def page(request: Asked) -> HttpResponse:
    """Show what is to come, give the template or a marked copy, and take the forms."""
    if request.GET.get("template") == "1":
        return given(_("休假与班次导入模板.xlsx"), absencebook.write_template)
    if request.method != "POST":
        return _shown(request)
    try:
        return _taken(request)
    except Refused as why:
        messages.warning(request, str(why))
        return back("absences")


def _taken(request: Asked) -> HttpResponse:
    act, paths, by = request.POST.get("act", ""), _paths(request), request.visitor.person
    if act in {"take", "check"}:
        return _book(request, dry=act == "check")
    if act == "remove":
        kind, _colon, number = request.POST.get("which", "").partition(":")
        if number.isascii() and number.isdigit() and len(number) < 19 and absences.take_off(kind, int(number), paths, by, now()):
            messages.success(request, _("已删除。"))
        return back("absences")
    spans, wrong = absences.typed(request.POST.get("kind", ""), request.POST.get("lines", ""))
    return _said(request, absences.enter(spans, paths, by, now()), wrong)


def _book(request: Asked, *, dry: bool) -> HttpResponse:
    found = uploaded(request, absencebook.read)
    done = absences.enter(found.spans, _paths(request), request.visitor.person, now(), dry=dry)
    if dry:
        found.wrong += done.wrong
        return given(_("休假与班次导入-检查.xlsx"), lambda path: absencebook.write_errors(path, found))
    return _said(request, done, found.wrong)


def _said(request: Asked, done: absences.Entered, before: list[Wrong]) -> HttpResponse:
    """Say what was taken; what was not stands on the page, with what was typed."""
    if done.made or done.known:
        messages.success(request, _("已登记 {n} 段，早已登记的 {m} 段。").format(n=done.made, m=done.known))
    wrong = sorted([*before, *done.wrong], key=lambda one: (one.page, one.line))
    if not wrong:
        return back("absences")
    return _shown(request, wrong, request.POST.get("lines", ""), request.POST.get("kind", ""))


def _shown(request: Asked, wrong: list[Wrong] | None = None, typed: str = "", kind: str = "") -> HttpResponse:
    name, at = request.GET.get("name", "").strip()[:60], now()
    coming = {one: absences.coming(one, _paths(request), at, name) for one in absences.KINDS}
    wrong = wrong or []
    more = max(len(wrong) - SHOWN, 0)
    given_back: dict[str, Any] = {"wrong": wrong[:SHOWN], "more": more, "typed": typed, "kind": kind}
    return show(request, "absences", coming=coming, sought=name, most=absences.SHOWN, now=at, **given_back)


def _paths(request: Asked) -> list[str]:
    return [path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR]
