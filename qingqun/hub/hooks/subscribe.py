"""Subscriptions: only to hosts the administrator named, with a secret that is shown once."""

import base64
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
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
OVERLAP, WEEK = 24, 7 * 24  # hours in which the old secret signs too: usually, and at most


def subscribed(person: int, url: str, events: Iterable[str], now: datetime, unit: int | None = None) -> tuple[Hook, str]:
    """Subscribe and return the subscription with its secret.

    Raises:
        Refused: the address is on no host that was named, or there are enough subscriptions.
    """
    _check(url)
    chosen = [event for event in EVENTS if event in set(events)]
    if not chosen:
        raise Refused(_("请至少选一种事件：{events}").format(events=together(EVENTS)))
    secret = _fresh()
    with sql.act():
        if Hook.objects.filter(person_id=person, active=True).count() >= MOST:
            raise Refused(_("回调订阅最多 {n} 个").format(n=MOST))
        hook = Hook.objects.create(person_id=person, unit_id=unit, url=url, events=" ".join(chosen), locked=vault.lock(secret), made_at=now)
        ledger.write("hook", now, person=person, count=1, data={"hook": hook.pk})
    return hook, secret


def listed(person: int) -> list[Hook]:
    """Return a person's subscriptions."""
    return list(Hook.objects.filter(person_id=person, active=True).order_by("-pk"))


def renewed(person: int, number: int, now: datetime, hours: int = OVERLAP) -> tuple[Hook, str] | None:
    """Give a person's own subscription a new secret and return both; the old one signs too for so many hours, with 0 not any more.

    None where there is none such.

    Raises:
        Refused: the secret before is still being replaced (whoever has not changed yet would be left with none), or the hours are too many.
    """
    if not 0 <= hours <= WEEK:
        raise Refused(_("新旧密钥最多同时有效 {n} 小时").format(n=WEEK))
    secret = _fresh()
    with sql.act():
        hook = Hook.objects.filter(pk=number, person_id=person, active=True).first()
        if hook is None:
            return None
        if hours and hook.old_until and hook.old_until > now:
            raise Refused(_("上一次更换还没有结束：旧密钥还在用。请先停用旧密钥，或者选“马上作废”"))
        before = vault.unlock(bytes(hook.locked)).split()[0]
        hook.locked = vault.lock(f"{secret} {before}" if hours else secret)
        hook.old_until = now + timedelta(hours=hours) if hours else None
        hook.save(update_fields=["locked", "old_until"])
        ledger.write("hook secret", now, person=person, count=1, data={"hook": number, "hours": hours})
    return hook, secret


def settled(person: int, number: int, now: datetime) -> bool:
    """Let the old secret of a person's own subscription sign no more, at once; False where there is none."""
    with sql.act():
        hook = Hook.objects.filter(pk=number, person_id=person, active=True, old_until__isnull=False).first()
        if hook:
            _drop(hook)
            ledger.write("hook secret", now, person=person, count=1, data={"hook": number, "settled": 1})
    return hook is not None


def tidied(now: datetime) -> int:
    """Drop old secrets whose time is over; return how many."""
    if not Hook.objects.filter(old_until__lte=now).exists():
        return 0
    with sql.act():
        worn = list(Hook.objects.filter(old_until__lte=now, active=True))
        for hook in worn:
            _drop(hook)
    return len(worn)


def _drop(hook: Hook) -> None:
    """Keep the new secret alone; one that another vault locked stays as it is, and holds nobody up."""
    with suppress(Refused):
        hook.locked = vault.lock(vault.unlock(bytes(hook.locked)).split()[0])
    hook.old_until = None
    hook.save(update_fields=["locked", "old_until"])


def _fresh() -> str:
    return "whsec_" + base64.b64encode(token_bytes(32)).decode()


def ended(person: int, number: int, now: datetime) -> bool:
    """End a person's own subscription, and what was still to be sent to it; False where there is none such."""
    with sql.act():
        done = Hook.objects.filter(pk=number, person_id=person, active=True).update(active=False, locked=b"", old_until=None)
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
