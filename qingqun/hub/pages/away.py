"""One's own leave and shifts: written down, or taken back."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse

from qingqun.clock import BEIJING
from qingqun.hub.inbox import absence
from qingqun.hub.models import Leave, Shift
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES, METHODS = "mine/away/", "away", {READER}, {"POST"}
_KINDS: dict[str, type[Leave | Shift]] = {"leave": Leave, "shift": Shift}


def page(request: Asked) -> HttpResponse:
    """Take the form."""
    form, who = request.POST, request.visitor.person
    kind, number = _KINDS.get(form.get("kind", ""), Leave), form.get("remove", "")
    try:
        if number.isascii() and number.isdigit() and len(number) < 19:
            absence.remove(kind, who, int(number), now())
        else:
            absence.add(kind, who, moment(form.get("starts", "")), moment(form.get("ends", "")), now())
    except Refused as refused:
        messages.warning(request, str(refused))
    return back("mine")


def moment(text: str) -> datetime:
    """Read what a datetime-local field sends, 2026-03-11T08:30, as Beijing time.

    Raises:
        Refused: it is none, or beyond the years people plan for.
    """
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=BEIJING)
    except ValueError as error:
        raise Refused(_("请填写起止时间")) from error
    if not 2000 <= found.year <= 2199:
        raise Refused(_("请填写起止时间"))
    return found
