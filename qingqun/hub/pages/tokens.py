"""Tokens for programs, and the secret address of one's calendar: made, shown once, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import factor
from qingqun.hub.api import feed, keys
from qingqun.hub.language import later
from qingqun.hub.models import Feed
from qingqun.hub.now import now
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _, listed
from qingqun.words import Refused

URL, NAME, ROLES = "mine/tokens/", "tokens", {READER}
NAV = (55, "key", later("日历订阅与程序接口"))


def page(request: Asked) -> HttpResponse:
    """Show what there is; a button makes one or takes one back. What is shown once is kept by no browser."""
    acts = {"make": _make, "revoke": _revoke, "feed": _feed, "close": _close}
    act, _colon, named = request.POST.get("act", "").partition(":")
    if request.method != "POST" or act not in acts:
        return _shown(request)
    try:
        return acts[act](request, named)
    except Refused as why:
        messages.warning(request, str(why))
        return back("tokens")


def _make(request: Asked, _named: str) -> HttpResponse:
    form, days = request.POST, request.POST.get("days", "")
    secret = keys.made(
        request.visitor.person,
        form.get("name", ""),
        form.getlist("scope"),
        int(days) if days in {str(one) for one in keys.DAYS} else 0,
        now(),
        proven=factor.proven(request),
    )
    return _shown(request, secret=secret)


def _revoke(request: Asked, named: str) -> HttpResponse:
    if named.isascii() and named.isdigit() and len(named) < 19 and keys.revoked(request.visitor.person, int(named), now()):
        messages.success(request, _("已收回，马上失效。"))
    return back("tokens")


def _feed(request: Asked, _named: str) -> HttpResponse:
    return _shown(request, address=feed.made(request.visitor.person, now(), titles=request.POST.get("titles") == "1"))


def _close(request: Asked, _named: str) -> HttpResponse:
    if feed.taken_back(request.visitor.person, now()):
        messages.success(request, _("已收回，马上失效。"))
    return back("tokens")


def _shown(request: Asked, **once: str) -> HttpResponse:
    at, who, words = now(), request.visitor.person, keys.scopes()
    tokens: list[dict[str, Any]] = [{"it": one, "may": listed(words[scope] for scope in one.scopes.split())} for one in keys.alive(who, at)]
    given: dict[str, Any] = {"secret": "", "address": ""} | once
    response = show(
        request, "tokens", tokens=tokens, scopes=words, days=keys.DAYS, feed=Feed.objects.filter(person_id=who).first(), **given
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
