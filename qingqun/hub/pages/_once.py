"""A password of one time opens one page: the one where it is changed.

Costs nothing where there is none: whether an account still has one is asked once a session, and then stands in it.
"""

from collections.abc import Callable
from hashlib import sha256

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub import sql, wanted
from qingqun.hub.models import User

_KNOWN = "once"

Page = Callable[[HttpRequest], HttpResponse]


def once(page: Page) -> Page:
    """Middleware: stands after AuthenticationMiddleware."""

    def asked(request: HttpRequest) -> HttpResponse:
        if "_auth_user_id" in request.session and _waits(request) and not _may_open(request.path):
            wanted.remember(request)
            return HttpResponseRedirect(reverse("account_change_password"))
        return page(request)

    return asked


def _waits(request: HttpRequest) -> bool:
    """Tell whether the account's password is still the one it was given."""
    known = request.session.get(_KNOWN)
    if known == "" or isinstance(request.user, AnonymousUser):
        return False
    if known is None:
        given = sql.value("SELECT value FROM hub_setting WHERE key = %s", [f"once:{request.user.pk}"])
        known = "" if given is None else sha256(str(given).strip('"').encode()).hexdigest()
    still = bool(known) and sha256(_password(request).encode()).hexdigest() == known
    request.session[_KNOWN] = known if still else ""
    return still


def _password(request: HttpRequest) -> str:
    return request.user.password if isinstance(request.user, User) else ""


def _may_open(path: str) -> bool:
    return path in {reverse("account_change_password"), reverse("signout")}
