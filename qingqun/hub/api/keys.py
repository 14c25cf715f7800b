"""Tokens: made and taken back by their owner on a page, shown once, kept as a digest."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings

from qingqun.hub import factor, ledger, sql
from qingqun.hub.models import Token
from qingqun.hub.moment import to_ms
from qingqun.hub.pages._visitor import Visitor, visitor_of
from qingqun.i18n import _
from qingqun.words import Refused

MARK = "qq_"
MOST, DAYS = 20, (30, 90, 365)
_HOUR = timedelta(hours=1)

_KEY = """
SELECT t.id, t.scopes, t.proven, t.used_at, p.user_id FROM hub_token t JOIN hub_person p ON p.id = t.person_id
JOIN hub_user u ON u.id = p.user_id WHERE t.digest = %s AND t.revoked_at IS NULL AND t.until > %s AND u.is_active
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a program speaks for. `visitor` has only the powers that hold for this token."""

    token: int
    scopes: frozenset[str]
    visitor: Visitor


def scopes() -> dict[str, str]:
    """Return what a token may be given, each in words."""
    return {
        "notices": _("写通知、预检、发出；看自己发出的通知"),
        "audiences": _("算受众有多少人"),
        "deliveries": _("看自己的收件箱"),
        "confirm": _("代自己确认"),
        "me": _("取走本人的全部数据"),
        "webhooks": _("管理回调订阅"),
        "metrics": _("读运行指标（管理员）"),
    }


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def made(person: int, name: str, wanted: list[str], days: int, now: datetime, *, proven: bool) -> str:  # noqa: PLR0913  what a token is
    """Make a token and return it; nobody can read it again.

    Raises:
        Refused: it has no name or no scope, or there are enough of them.
    """
    given = [scope for scope in scopes() if scope in wanted]
    if not name.strip() or not given:
        raise Refused(_("请写上用途，并至少选一项权限"))
    if days not in DAYS:
        raise Refused(_("请选择有效期"))
    secret = MARK + token_urlsafe(32)
    with sql.act():
        if len(alive(person, now)) >= MOST:
            raise Refused(_("令牌最多 {n} 个，请先收回不用的").format(n=MOST))
        token = Token.objects.create(
            person_id=person,
            name=name.strip()[:60],
            digest=digest(secret),
            scopes=" ".join(given),
            proven=proven,
            made_at=now,
            until=now + timedelta(days=days),
        )
        ledger.write("token", now, person=person, count=1, data={"token": token.pk})
    return secret


def alive(person: int, now: datetime) -> list[Token]:
    """Return a person's tokens that still open something, the newest first."""
    return list(Token.objects.filter(person_id=person, revoked_at=None, until__gt=to_ms(now)).order_by("-pk"))


def revoked(person: int, number: int, now: datetime) -> bool:
    """Take a person's own token back; False where there is none such."""
    with sql.act():
        done = Token.objects.filter(pk=number, person_id=person, revoked_at=None).update(revoked_at=now)
        if done:
            ledger.write("token off", now, person=person, count=1, data={"token": number})
    return bool(done)


def caller(secret: str, now: datetime) -> Caller | None:
    """Return whom a token speaks for; None where it opens nothing, or its person has left. Call it in an act."""
    found = sql.rows(_KEY, [digest(secret), to_ms(now)])
    if not found:
        return None
    token, given, proven, used_at, user = found[0]
    visitor = visitor_of(user)
    if visitor is None or (settings.SECOND_FACTOR == factor.ALL and not proven):
        return None
    if used_at is None or used_at < to_ms(now - _HOUR):
        sql.run("UPDATE hub_token SET used_at = %s WHERE id = %s", [to_ms(now), token])
    return Caller(token, frozenset(given.split()), visitor if proven else _unproven(visitor))


def _unproven(visitor: Visitor) -> Visitor:
    """Leave out the powers that need a second factor where this token was made without one."""
    return replace(visitor, powers=tuple(power for power in visitor.powers if not factor.needed({power[0]})))
