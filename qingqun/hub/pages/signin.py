"""Sign-in with a name and a password; a second factor follows where the account has one."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import common
from qingqun.hub.platforms import PLATFORMS, signing_in

URL, NAME, ROLES = "accounts/login/", "signin", {ANYONE}


class _SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    template_name = "signin.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**given)
        providers = [(one.name, one.get_login_url(self.request)) for one in get_adapter().list_providers(self.request)]
        return found | common(self.request) | {"providers": providers, "next": found.get("redirect_field_value") or ""}


_VIEW = _SignIn.as_view()


def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and take it."""
    response: HttpResponse = _VIEW(request)
    doors = _doors()
    if doors:  # browsers hold what a form leads on to against this, too
        response._csp_update = {"form-action": doors}  # type: ignore[attr-defined]  # noqa: SLF001  django-csp's own word
    return response


def _doors() -> list[str]:
    """Return where the forms of this page may lead on to: the platforms and identity providers that are switched on."""
    found = [door for name in signing_in() for door in PLATFORMS[name].DOORS]
    for one in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        place = urlsplit(str(one.get("settings", {}).get("server_url", "")))
        found += [f"{place.scheme}://{place.netloc}"] if place.netloc else []
    return found
