"""A forgotten password: whom to ask; a form for a letter only where letters are sent at all."""

from typing import Any

from allauth.account.views import PasswordResetView
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import common, show

URL, NAME, ROLES = "accounts/password/reset/", "forgot", {ANYONE}


class _Forgot(PasswordResetView):  # type: ignore[misc]  # allauth ships no types
    template_name = "forgot.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**given)
        return found | common(self.request)


_VIEW = _Forgot.as_view()


def page(request: HttpRequest) -> HttpResponse:
    """Show it, and take the form where there is one."""
    if not settings.MAIL:
        return show(request, "forgot", form=None)
    response: HttpResponse = _VIEW(request)
    return response
