"""One allauth provider for all platforms; its `app` says which. What differs between them stands in platforms/."""

from typing import Any

from allauth.socialaccount.providers.base import Provider, ProviderAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qingqun.hub.platforms import PLATFORMS, Who, signing_in
from qingqun.i18n import _
from qingqun.words import Refused

LOGIN = "login"


class Door(Provider):  # type: ignore[misc]  # allauth ships no types
    """WeCom, DingTalk or Feishu."""

    id = "platform"
    name = "platform"
    package = "qingqun.hub.doors"
    account_class = ProviderAccount
    supports_redirect = True

    def __init__(self, request: HttpRequest, app: Any = None) -> None:
        super().__init__(request, app=app)
        self.platform: str = self.app.provider_id
        self.name = _(PLATFORMS[self.platform].TITLE)

    def get_login_url(self, request: HttpRequest, **_named: Any) -> str:  # noqa: ARG002  allauth's signature
        return reverse("platform_login", kwargs={"provider_id": self.platform})

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **_named: Any) -> HttpResponse:  # noqa: ARG002  same
        """Send the browser to the platform. Nobody joins an account with a platform by themselves: a sign-in is all there is."""
        state: str = self.stash_redirect_state(request, LOGIN, next_url, None)
        agent = request.headers.get("user-agent", "")
        return HttpResponseRedirect(PLATFORMS[self.platform].door(self._credentials(), self.back(), state, agent))

    def back(self) -> str:
        """Return the address the platform sends the browser back to."""
        path = reverse("platform_callback", kwargs={"provider_id": self.platform})
        return settings.ADDRESS.rstrip("/") + path if settings.ADDRESS else str(self.request.build_absolute_uri(path))

    def who(self, code: str) -> Who:
        """Ask the platform who came back.

        Raises:
            Refused: the platform does not know the code, it is no member of this office, or it said nothing readable.
        """
        found: Who = PLATFORMS[self.platform].who(self._credentials(), code, self.back())
        if not (found.uid or found.union):
            raise Refused(_("平台没有说您是谁，请再试一次"))
        return found

    def extract_uid(self, data: Who) -> str:
        return data.union or data.uid

    def extract_extra_data(self, data: Who) -> dict[str, str]:
        return data._asdict()

    def _credentials(self) -> Any:
        return signing_in()[self.platform]


provider_classes = [Door]
