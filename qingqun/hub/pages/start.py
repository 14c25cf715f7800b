"""The link of one time behind which somebody sets their own password, and is signed in with it.

Opening it uses nothing up: a platform that fetches links for a preview takes nobody's place.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse

from qingqun.hub import invite, invited
from qingqun.hub.models import User
from qingqun.hub.now import now
from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import refused, show
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = f"{invite.PATH.strip('/')}/<str:once>/", "start", {ANYONE}
# One address may be wrong as often as with passwords, opening included: that tells a guesser as much as sending the form.
_TRIES = {"app": "allauth.account", "action": "login_failed", "limit_get": True}


def page(request: HttpRequest, once: str) -> HttpResponse:
    """Show the form, or take the password."""
    response = _page(request, once)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  Django's own word: a refused address may be a link that still opens
    return response


def _page(request: HttpRequest, once: str) -> HttpResponse:
    if not ratelimit.consume(request, dry_run=True, **_TRIES):
        return refused(request, 429, _("试的次数太多，请 15 分钟后再打开。"))
    try:
        user = invited.account(once, now())
        form = _form(request, user)
        if not form.is_valid():
            return show(request, "start", form=form, login=user.username, name=user.person.name)
        invited.opened(user, str(form.cleaned_data["new_password1"]), now())
    except invited.Wrong as why:
        ratelimit.consume(request, **_TRIES)
        return refused(request, 410, str(why))
    except Refused as why:
        return refused(request, 410, str(why))
    return _signed_in(request, user)


class _Form(SetPasswordForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Django's form; what is wrong with a password stands under the field it was first written in."""

    def validate_password_for_user(self, user: Any, password_field_name: str = "new_password2") -> None:  # noqa: S107  the name of a field
        if password_field_name in self.cleaned_data:  # else the two differ, which is said of the second
            super().validate_password_for_user(user, "new_password1")


def _form(request: HttpRequest, user: User) -> Any:
    return _Form(user, request.POST if request.method == "POST" else None)


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in as allauth does after a password: what must be asked first (a second factor) is asked."""
    response: HttpResponse = perform_password_login(request, {"username": user.username}, Login(user=user))
    return response
