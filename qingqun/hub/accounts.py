"""Who may come in: accounts are made by an administrator; OIDC opens only an account that exists."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class Closed(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No stranger signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        return False


class Known(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """An identity provider's user is let in only where an account is already connected to that identity."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  allauth's signature
        return False
