"""The second factor beside a password: who must have one, how its secret is kept; wrong codes lock as wrong passwords do.

Whoever signs in through an identity provider has been asked there. A session counts as proven when a factor was asked in it, or set
up in it: a session of the password alone, open while its owner sets a factor up elsewhere, proves nothing.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest

from qingqun.hub import ledger, sql, vault
from qingqun.hub.accounts import failed, locked, locked_word
from qingqun.hub.language import later
from qingqun.hub.models import Person, Power, Right
from qingqun.hub.now import now

RIGHTS = frozenset({Right.ADMINISTRATOR, Right.APPROVER, Right.AUDITOR})
OFF, FOR_RIGHTS, ALL = "off", "rights", "all"  # the setting second_factor
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_SET_UP = "factor"
_LOCKED = "locked:"


class Kept(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets lie locked in the vault's way; who must have a factor does not take the last one off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": later(
            "验证码不对：请填手机验证器里现在的 6 位数（每 30 秒换一次），手机的时间要设为自动。"
            "登录时也可以填一个恢复码；都没有的，请管理员去掉后重设"
        )
    }

    def encrypt(self, text: str) -> str:
        return _LOCKED + b64encode(vault.lock(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was kept before secrets were locked is read as it is."""
        mark, _colon, locked_text = encrypted_text.partition(_LOCKED)
        return encrypted_text if mark or not _colon else vault.unlock(b64decode(locked_text))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=KINDS).exclude(pk=authenticator.pk)
        held = Power.objects.filter(person__user_id=authenticator.user_id).values_list("right", flat=True)
        return not needed(held) or others.exists()


class Counted(AuthenticateForm):  # type: ignore[misc]  # same
    """The form that asks for a code at sign-in: five wrong ones lock the name, whatever was wrong before."""

    def clean_code(self) -> str:
        name = self.user.get_username()
        if locked(name):
            raise ValidationError(locked_word())
        try:
            return str(super().clean_code())
        except ValidationError:
            failed(name)
            raise


def needed(rights: Iterable[str]) -> bool:
    """Tell whether somebody with these rights must have a second factor."""
    return settings.SECOND_FACTOR == ALL or (settings.SECOND_FACTOR != OFF and not RIGHTS.isdisjoint(rights))


def proven(request: HttpRequest) -> bool:
    """Tell whether this session was asked for a factor, has set one up, or came through an identity provider."""
    ways = {str(one.get("method")) for one in get_authentication_records(request, request.user)}
    return bool(ways & {"mfa", "socialaccount"}) or request.session.get(_SET_UP) == request.user.pk


def has_one(user: int) -> bool:
    """Tell whether an account has a factor already."""
    return bool(Authenticator.objects.filter(user_id=user, type__in=KINDS).exists())


def forgotten(user: int) -> bool:
    """Take an account's factors away, so that it sets one up anew at the next sign-in; False where there was none."""
    gone, _kinds = Authenticator.objects.filter(user_id=user).delete()
    return bool(gone)


@receiver(authenticator_added)
def _set_up(request: HttpRequest, user: Any, **_rest: Any) -> None:
    request.session[_SET_UP] = user.pk
    _written("factor", user.pk)


@receiver(authenticator_removed)
def _taken_off(user: Any, **_rest: Any) -> None:
    _written("factor off", user.pk)


def _written(act: str, user: int) -> None:
    person = Person.objects.filter(user_id=user).values_list("pk", flat=True).first()
    with sql.act():
        ledger.write(act, now(), person=person, count=1)
