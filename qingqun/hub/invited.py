"""A link of one time is opened: whose account it is, and the password its owner sets. Wrong links count as wrong passwords do."""

from datetime import datetime
from secrets import compare_digest

from django.contrib.auth.hashers import make_password

from qingqun.hub import ledger, sql
from qingqun.hub.accounts import failed, locked
from qingqun.hub.invite import LASTS, digest, name_of
from qingqun.hub.models import Person, Setting, User
from qingqun.hub.moment import to_ms
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = 18  # digits of an account's number


class Wrong(Refused):
    """No such link: what somebody who guesses sees."""


def account(key: str, now: datetime) -> User:
    """Return the account that a link opens.

    Raises:
        Wrong: there is no such link, a newer one was made, or too many were tried for this account.
        Refused: it has ended, was used, or its owner has left. Neither names anybody.
    """
    number = key.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST):
        raise Wrong(_gone())
    kept = _kept(int(number), key)
    user = User.objects.filter(pk=int(number)).first()
    if user is None or not user.is_active or not Person.objects.filter(user=user, left_at=None).exists():
        raise Refused(_("这个账号已经停用。"))
    if user.last_login:
        raise Refused(_("这个链接已经用过。请用您自己设的密码登录；忘了密码，请找本单位的管理员。"))
    if to_ms(now) >= int(kept["until"]):
        raise Refused(_("这个链接已过期（{n} 天内有效）。请向发给您的管理员要一个新的。").format(n=LASTS.days))
    return user


def opened(user: User, password: str, now: datetime) -> None:
    """Set the password; the link ends with it.

    Raises:
        Refused: somebody was quicker with the same link.
    """
    hashed = make_password(password)  # takes its time: before the act, not in it
    with sql.act():
        first = User.objects.filter(pk=user.pk, last_login=None, is_active=True).update(password=hashed, last_login=now)
        if not first:
            raise Refused(_("这个链接已经用过。请用您自己设的密码登录；忘了密码，请找本单位的管理员。"))
        ledger.write("password", now, count=1, data={"of": Person.objects.filter(user=user).values_list("pk", flat=True).first()})
    user.password = hashed


def _kept(number: int, key: str) -> dict[str, str]:
    """Return what is kept of a link; a wrong one counts against its account, whether or not there is such a one."""
    counted = f"link {number}"
    if locked(counted):
        raise Wrong(_("试的次数太多，请 15 分钟后再打开。"))
    kept = Setting.objects.filter(key=name_of(number)).values_list("value", flat=True).first()
    if kept is None or not compare_digest(str(kept["digest"]), digest(key)):
        failed(counted)
        raise Wrong(_gone())
    return dict(kept)


def _gone() -> str:
    return _("这个链接打不开：可能不完整，或者已经换成了新的。请向发给您的管理员要最新的链接。")
