"""Who may do what in one's units: rights given and taken back, each act in the ledger; never one's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.governance import rights
from qingqun.hub.language import later
from qingqun.hub.models import Power, Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "rights/", "rights", {Right.ADMINISTRATOR}
NAV = (62, "key", later("权限"))


def page(request: Asked) -> HttpResponse:
    """Show who holds what in reach, and take the forms; what was typed comes back where it was refused."""
    paths = [path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR]
    typed = {"who": "", "unit": "", "right": ""}
    if request.method == "POST":
        try:
            _taken(request, paths)
            return back("rights")
        except Refused as why:
            messages.warning(request, str(why))
        typed = {key: request.POST.get(key, "")[:60] for key in typed}
    sought, words = request.GET.get("name", "").strip()[:60], rights.words()
    units = [row for row in Unit.objects.order_by("path") if any(row.path.startswith(path) for path in paths)]
    held = [_said(row, words, request.visitor.person) for row in rights.given(paths, sought)]
    return show(request, "rights", held=held, words=words, units=units, typed=typed, sought=sought, most=rights.SHOWN)


def _said(row: Power, words: Any, visitor: int) -> dict[str, Any]:
    return {"it": row, "word": words[row.right], "own": row.person_id == visitor, "account": row.person.user_id is not None}


def _taken(request: Asked, paths: list[str]) -> None:
    form, by = request.POST, request.visitor.person
    words = rights.words()
    if form.get("remove"):
        row = rights.take(_number(form["remove"]), paths, by, now())
        if row:
            messages.success(request, _("已收回{name}的“{right}”，马上生效。").format(name=row.person.name, right=words[row.right]))
        return
    made = rights.give(form.get("who", ""), _number(form.get("unit", "")), form.get("right", ""), paths, by, now())
    messages.success(request, _("已给{name}“{right}”，马上生效。").format(name=made.person.name, right=words[made.right]))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
