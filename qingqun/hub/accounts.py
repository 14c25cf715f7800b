"""Who may come in: accounts are made by an administrator; a platform or OIDC opens only a joined one; failures lock for a while."""

import time
from datetime import timedelta
from hashlib import sha256
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from qingqun.hub import ledger, sql, wanted
from qingqun.hub.doors import joined
from qingqun.hub.models import Person
from qingqun.hub.moment import to_ms
from qingqun.hub.now import now
from qingqun.hub.platforms import PLATFORMS, signing_in
from qingqun.i18n import _

FAILURES, LOCKED_FOR = 5, timedelta(minutes=15)
FRESH = timedelta(minutes=5)  # who has just signed in is not asked for the password again

DOOR = "platform"  # what allauth calls all of them; see doors/

_PLAIN = {"account/messages/logged_in.txt", "account/messages/logged_out.txt", "mfa/messages/recovery_codes_generated.txt"}

# Kept in the database, so that every process counts the same failures; a span without any begins anew.
_FAILED = """
INSERT INTO hub_bucket (key, tokens, at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET tokens = CASE WHEN hub_bucket.at <= %s THEN 1 ELSE hub_bucket.tokens + 1 END, at = excluded.at
RETURNING tokens
"""


class Closed(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No stranger signs up; a name that failed five times is locked for a quarter of an hour, whether or not it exists."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if locked(credentials.get("username", "")):
            raise ValidationError(locked_word())
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        failed(credentials.get("username", ""))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead on to where they wanted to go; from "mine" back to "mine"."""
        return wanted.taken(request, reverse("mine"))

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Do not ask again for what was given a few minutes ago; the moments are allauth's own."""
        given = [float(one["at"]) for one in get_authentication_records(self.request, self.request.user)]
        asked: bool = super().is_reauthentication_required(app=app)
        return asked and not (given and time.time() - given[-1] < FRESH.total_seconds())

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *given: Any, **named: Any) -> None:
        """Say nothing that the page says by itself: that somebody is signed in or out, or has new codes before their eyes."""
        if message_template not in _PLAIN:
            super().add_message(request, level, message_template, *given, **named)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session.set_expiry(None)
        with sql.act():
            sql.run("DELETE FROM hub_bucket WHERE key = %s", [_key(user.get_username())])
            ledger.write("sign in", now(), person=Person.objects.filter(user_id=user.pk).values_list("pk", flat=True).first())


class Known(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Who comes from a platform or an identity provider is let in only where an administrator joined that name with a person.

    An account connected before there were such joins stays open to its identity.
    """

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """Add the platforms that are switched on; their secrets stay in the vault."""
        found: list[SocialApp] = super().list_apps(request, provider=provider, client_id=client_id)
        names = [name for name in signing_in() if provider in {None, DOOR, name} and client_id in {None, name}]
        return [*found, *(SocialApp(provider=DOOR, provider_id=name, client_id=name, name=PLATFORMS[name].TITLE) for name in names)]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account that the name opens, or stop here; nobody joins one by themselves."""
        account = sociallogin.account
        if sociallogin.state.get("process") == "connect":
            self._stop(request, account.provider, _("账号由本单位的管理员关联"))
        user = joined.user_of(account.provider, *_names(account))
        if user is not None:
            sociallogin.user = user
        elif not (account.pk and sociallogin.user and sociallogin.user.is_active):
            self._stop(request, account.provider, _("您的账号还没有由管理员关联，或者已经停用"))

    def _stop(self, request: HttpRequest, platform: str, why: str) -> NoReturn:
        joined.refused(platform)
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", {"why": why}, status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  allauth's signature
        return False


def _names(account: SocialAccount) -> tuple[str, str]:
    """Return what the platform calls somebody: inside the office, and in every application of it."""
    if account.provider in PLATFORMS:
        return str(account.extra_data["uid"]), str(account.extra_data["union"])
    return account.uid, ""


def locked_word() -> str:
    """Say that a name is locked."""
    return _("失败次数太多，已锁定 15 分钟；请稍后再试，或请管理员重设密码")


def locked(name: str) -> bool:
    """Tell whether a name is locked now."""
    since = to_ms(now() - LOCKED_FOR)
    return bool(sql.value("SELECT 1 FROM hub_bucket WHERE key = %s AND tokens >= %s AND at > %s", [_key(name), FAILURES, since]))


def failed(name: str) -> None:
    """Count a failure and write it into the ledger; the name itself is kept nowhere."""
    at = now()
    with sql.act():
        count = int(sql.rows(_FAILED, [_key(name), to_ms(at), to_ms(at - LOCKED_FOR)])[0][0])
        person = Person.objects.filter(user__username=name).values_list("pk", flat=True).first()
        ledger.write("sign in refused", at, person=person, count=count)


def _key(name: str) -> str:
    return "signin:" + sha256(name.strip().encode()).hexdigest()
