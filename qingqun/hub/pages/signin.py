"""Sign-in with a name and a password; a second factor follows where the account has one."""

from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import common

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
    return response
