"""Who holds a right that needs it sets up a second factor before anything else; see factor.py for who and why."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub import factor, wanted
from qingqun.hub.pages._visitor import Visitor


def asked_first(request: HttpRequest, visitor: Visitor) -> HttpResponse | None:
    """Return the way to setting one up, or to signing in anew where this session was never asked for it; None where all is well."""
    if not factor.needed(visitor.rights) or factor.proven(request):
        wanted.arrived(request)
        return None
    if factor.has_one(request.user.pk or 0):
        logout(request)
        return _led(request, reverse("signin"))
    wanted.remember(request)
    return _led(request, reverse("mfa_activate_totp"))


def _led(request: HttpRequest, to: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)
