"""Signed links: one delivery each, good until its notice's deadline. The page binds one to the first browser that opens it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing

from qingqun.hub.moment import to_ms
from qingqun.i18n import _
from qingqun.words import Refused

WITHOUT_DEADLINE = timedelta(days=30)
PATH = "/go/"
_SALT = "qingqun.door"


def ends(now: datetime, deadline: datetime | None, valid_until: datetime | None) -> datetime:
    """Return until when a link made now opens: the deadline, else the end of validity, else thirty days."""
    return deadline or valid_until or now + WITHOUT_DEADLINE


def sign(delivery: int, until: datetime) -> str:
    """Return the token of a delivery; letters, digits and -_: only."""
    return signing.dumps([delivery, to_ms(until) // 1_000], salt=_SALT, compress=False)


def read(token: str, now: datetime) -> int:
    """Return the delivery that a token opens.

    Raises:
        Refused: it is no token of this hub, or it has ended.
    """
    try:
        delivery, until = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Refused(_("这个链接打不开：不完整或被改动过，请从收件箱进入")) from error
    if to_ms(now) >= int(until) * 1_000:
        raise Refused(_("这个链接已过期，请从收件箱进入"))
    return int(delivery)


def address(token: str) -> str:
    """Return what a ring carries: the hub's own address and the token."""
    return f"{settings.ADDRESS.rstrip('/')}{PATH}{token}"
