"""The working hours of one unit: two spans for most, the whole text for who has summer hours, evenings or shifts."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict

from qingqun.clock import region
from qingqun.hub.governance import worktimes
from qingqun.hub.models import Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "units/<int:unit>/hours/", "unit_hours", {Right.ADMINISTRATOR}


def page(request: Asked, unit: int) -> HttpResponse:
    """Show the forms, and take them."""
    row = Unit.objects.select_related("worktime").get(pk=unit)
    text = row.worktime.text if row.worktime else ""
    if request.method == "POST":
        text = _text(request.POST, row.name)
        try:
            worktimes.set_hours(unit, text, request.visitor.person, now())
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("已保存，之后的通知按新作息送达。"))
            return back("hours")
    spans = worktimes.plain(text)
    return show(
        request, "unit_hours", unit=row, text=text, spans=spans or ("", "", ""), open=bool(text) and spans is None, regions=region.names()
    )


def _text(form: QueryDict, name: str) -> str:
    if form.get("way") == "whole":
        return str(form.get("text", "")).replace("\r\n", "\n").strip()
    if form.get("way") == "above":
        return ""
    return worktimes.composed(name, [str(form.get(part, "")).strip() for part in ("morning", "afternoon")], str(form.get("region", "")))
