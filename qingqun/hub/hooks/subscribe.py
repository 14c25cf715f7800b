"""Subscriptions: only to hosts the administrator named, with a secret that is shown once."""

import base64
from collections.abc import Iterable
from datetime import datetime
from secrets import token_bytes
from urllib.parse import urlsplit

from django.conf import settings

from qingqun.hub import ledger, sql, vault
from qingqun.hub.hooks.tell import ACCEPTED, DELIVERED, WITHDRAWN
from qingqun.hub.models import Hook, Post, Posting
from qingqun.i18n import _
from qingqun.i18n import listed as together
from qingqun.words import Refused

EVENTS = (ACCEPTED, DELIVERED, WITHDRAWN)
MOST, LONGEST = 10, 500


def subscribed(person: int, url: str, events: Iterable[str], now: datetime, unit: int | None = None) -> tuple[Hook, str]:
    """Subscribe and return the subscription with its secret.

    Raises:
        Refused: the address is on no host that was named, or there are enough subscriptions.
    """
    _check(url)
    chosen = [event for event in EVENTS if event in set(events)]
    if not chosen:
        raise Refused(_("请至少选一种事件：{events}").format(events=together(EVENTS)))
    secret = "whsec_" + base64.b64encode(token_bytes(32)).decode()
    with sql.act():
        if Hook.objects.filter(person_id=person, active=True).count() >= MOST:
            raise Refused(_("回调订阅最多 {n} 个").format(n=MOST))
        hook = Hook.objects.create(person_id=person, unit_id=unit, url=url, events=" ".join(chosen), locked=vault.lock(secret), made_at=now)
        ledger.write("hook", now, person=person, count=1, data={"hook": hook.pk})
    return hook, secret


def listed(person: int) -> list[Hook]:
    """Return a person's subscriptions."""
    return list(Hook.objects.filter(person_id=person, active=True).order_by("-pk"))


def ended(person: int, number: int, now: datetime) -> bool:
    """End a person's own subscription, and what was still to be sent to it; False where there is none such."""
    with sql.act():
        done = Hook.objects.filter(pk=number, person_id=person, active=True).update(active=False, locked=b"")
        if done:
            Post.objects.filter(hook_id=number, state=Posting.QUEUED).update(state=Posting.DROPPED, ended_at=now)
            ledger.write("hook off", now, person=person, count=1, data={"hook": number})
    return bool(done)


def _check(url: str) -> None:
    """Refuse what the way out would refuse later; `deliver.wire` asks again at every sending, with the address resolved."""
    try:
        parts = urlsplit(url)
        port_fine = parts.port is None or parts.port > 0
    except ValueError as error:
        raise Refused(_("地址看不懂")) from error
    schemes = {"https", "http"} if settings.WEBHOOK_PRIVATE else {"https"}
    if len(url) > LONGEST or not url.isascii() or parts.scheme not in schemes or parts.username or not port_fine:
        raise Refused(_("地址应以 https:// 开头，不带用户名，最长 {n} 字").format(n=LONGEST))
    if (parts.hostname or "").lower() not in settings.WEBHOOK_HOSTS:
        raise Refused(_("这个主机不在管理员允许的名单里（config.toml 的 webhook_hosts）"))
