"""Signed links: one delivery each, good until its notice's deadline. The page binds one to the first browser that opens it."""

import time
from binascii import b2a_base64
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing

from qingqun.clock import BEIJING
from qingqun.hub.moment import to_ms
from qingqun.i18n import _
from qingqun.words import Refused

WITHOUT_DEADLINE = timedelta(days=30)
PATH = "/go/"
STAMP = 6  # letters of a stamp: as many as the seconds of our time take
_SALT = "qingqun.door"
_PLAIN = bytes.maketrans(b"+/", b"-_")


def ends(now: datetime, deadline: datetime | None, valid_until: datetime | None) -> datetime:
    """Return until when a link made now opens: the deadline, else the end of validity, else after thirty days, at midnight in Beijing."""
    return deadline or valid_until or _midnight(now + WITHOUT_DEADLINE)


def sign(delivery: int, until: datetime) -> str:
    """Return the token of a delivery; letters, digits and -_: only."""
    return signer(until)(delivery)


def signer(until: datetime) -> Callable[..., str]:
    """Return what signs many deliveries: the tokens of django.core.signing.dumps, a tenth of the work.

    It takes a delivery and the mark of a ring, hexadecimal: that stands where the time of signing would, so that every try of one ring
    says the same, letter for letter, and a platform that drops what it has had drops it; another ring says something else.
    """
    ends, now = to_ms(until) // 1_000, signing.b62_encode(int(time.time()))
    inner, outer = _keyed(settings.SECRET_KEY)

    def sign(delivery: int, mark: str = "") -> str:
        value = _coded(b"[%d,%d]" % (delivery, ends)) + b":" + (mark[:STAMP] or now).encode()
        inside, outside = inner.copy(), outer.copy()
        inside.update(value)
        outside.update(inside.digest())
        return (value + b":" + _coded(outside.digest())).decode()

    return sign


@lru_cache(maxsize=2)
def _keyed(secret: str) -> tuple[Any, Any]:
    """Return the two halves of HMAC-SHA256 (RFC 2104) with the key in them already."""
    key = sha256(f"{_SALT}signer{secret}".encode()).digest().ljust(64, b"\0")
    return sha256(bytes(one ^ 0x36 for one in key)), sha256(bytes(one ^ 0x5C for one in key))


def _coded(data: bytes) -> bytes:
    return b2a_base64(data, newline=False).translate(_PLAIN, b"=")


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


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def before() -> str:
    """Return what a ring's link begins with, before the token: the hub's own address."""
    return f"{settings.ADDRESS.rstrip('/')}{PATH}"
