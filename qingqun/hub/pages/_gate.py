"""The gate before every page: what the page declares decides who comes in, in one place.

Anonymous is sent to sign in; a role the page does not name is refused; a unit out of reach is not found, as if there were none.
"""

from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub import sql
from qingqun.hub.models import Right
from qingqun.hub.pages._factor import asked_first
from qingqun.hub.pages._nav import offer
from qingqun.hub.pages._show import refused
from qingqun.hub.pages._visitor import Asked, Visitor, behind

ANYONE = "anyone"  # without signing in
READER = "reader"  # whoever has signed in and is a person here
EVERY_ROLE = frozenset({ANYONE, READER, *Right})

View = Callable[..., HttpResponseBase]


def guarded(page: ModuleType) -> View:
    """Return a page's view behind its gate.

    Raises:
        ValueError: the page declares no roles, or one that does not exist.
    """
    roles, methods = frozenset(page.ROLES), frozenset(getattr(page, "METHODS", ("GET", "HEAD", "POST")))
    if not roles or not roles <= EVERY_ROLE:
        raise ValueError(f"{page.__name__}: ROLES")
    view: View = page.page
    offer(page, roles)

    @wraps(view)
    def behind(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if request.method not in methods:
            return HttpResponseNotAllowed(sorted(methods))
        visitor = _visitor(request)
        request.visitor = visitor  # type: ignore[attr-defined]  # what makes it Asked
        if ANYONE in roles:
            return view(request, **named)
        if visitor is None:
            return _to_sign_in(request)
        stopped = asked_first(request, visitor) or _stopped(request, visitor, roles, named.get("unit"))
        if stopped:
            return stopped
        response = view(request, **named)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return behind


def _visitor(request: HttpRequest) -> Visitor | None:
    """Return who is asking; somebody who has left is signed out on the spot."""
    if not request.user.is_authenticated:
        return None
    found = behind(request.user)
    if found is None:
        logout(request)
    return found


def _stopped(request: HttpRequest, visitor: Visitor, roles: frozenset[str], unit: int | None) -> HttpResponse | None:
    path = "" if unit is None else sql.value("SELECT path FROM hub_unit WHERE id = %s", [unit])
    held = visitor.rights if READER not in roles else roles
    if not roles & held:
        return refused(request, 403)
    if unit is None or (path and any(visitor.may(right, path) for right in roles)):
        return None
    return refused(request, 404)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Come back to the same page afterwards, where it is one that can be opened; htmx is told to leave the page it is on."""
    there = request.get_full_path() if request.method == "GET" else "/"
    address = f"{reverse('signin')}?{urlencode({'next': there})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("signin")})
    return HttpResponseRedirect(address)


__all__ = ["ANYONE", "EVERY_ROLE", "READER", "Asked", "guarded"]
