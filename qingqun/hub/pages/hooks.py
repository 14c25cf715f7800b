"""Webhooks out: one's subscriptions, made, given a new secret, ended. A secret is shown once."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import hooks
from qingqun.hub.language import later
from qingqun.hub.models import Right, Unit
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _, listed
from qingqun.words import Refused

URL, NAME, ROLES = "mine/webhooks/", "hooks", {Right.AUTHOR, Right.ADMINISTRATOR}
NAV = (56, "key", later("回调订阅"))
HOURS = (hooks.OVERLAP, hooks.WEEK, 0)
_OWN = "own"  # an author's: of their own notices


def page(request: Asked) -> HttpResponse:
    """Show what there is; a button makes one, replaces its secret or ends it. What is shown once is kept by no browser."""
    acts = {"make": _make, "renew": _renew, "settle": _settle, "end": _end}
    act, _colon, named = request.POST.get("act", "").partition(":")
    if request.method != "POST" or act not in acts:
        return _shown(request)
    try:
        return acts[act](request, int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0)
    except Refused as why:
        messages.warning(request, str(why))
        return back("hooks")


def _make(request: Asked, _named: int) -> HttpResponse:
    whose = request.POST.get("of", "")
    unit = next((number for number, _name in _units(request) if str(number) == whose), None)
    if unit is None and (whose != _OWN or Right.AUTHOR not in request.visitor.rights):
        raise Refused(_("请选要接收哪些通知的事件"))
    url, events = request.POST.get("url", "").strip(), request.POST.getlist("event")
    return _shown(request, secret=hooks.subscribed(request.visitor.person, url, events, now(), unit)[1])


def _renew(request: Asked, named: int) -> HttpResponse:
    hours = request.POST.get("hours", "")
    found = hooks.renewed(request.visitor.person, named, now(), int(hours) if hours in {str(one) for one in HOURS} else hooks.OVERLAP)
    return _shown(request, secret=found[1]) if found else back("hooks")


def _settle(request: Asked, named: int) -> HttpResponse:
    if hooks.settled(request.visitor.person, named, now()):
        messages.success(request, _("旧密钥已停用。"))
    return back("hooks")


def _end(request: Asked, named: int) -> HttpResponse:
    if hooks.ended(request.visitor.person, named, now()):
        messages.success(request, _("已取消订阅，没有发出的不再发。"))
    return back("hooks")


def _units(request: Asked) -> list[tuple[int, str]]:
    """Return the units that somebody administers."""
    paths = [path for right, path in request.visitor.powers if right == Right.ADMINISTRATOR]
    return list(Unit.objects.filter(path__in=paths).order_by("path").values_list("id", "name"))


def _shown(request: Asked, secret: str = "") -> HttpResponse:
    words, at = _words(), now()
    rows: list[dict[str, Any]] = [
        {"it": one, "events": listed(words[event] for event in one.events.split()), "both": one.old_until and one.old_until > at}
        for one in hooks.listed(request.visitor.person)
    ]
    own = [(_OWN, _("我发的通知"))] if Right.AUTHOR in request.visitor.rights else []
    given: dict[str, Any] = {"rows": rows, "secret": secret, "words": words, "hours": HOURS, "whose": [*own, *_units(request)]}
    response = show(request, "hooks", hosts=settings.WEBHOOK_HOSTS, **given)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _words() -> dict[str, str]:
    return {hooks.ACCEPTED: _("已受理"), hooks.DELIVERED: _("全部送达"), hooks.WITHDRAWN: _("已撤回")}
