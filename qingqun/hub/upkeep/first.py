"""The first account, and any later one made at the keyboard: with a password of one time, written down nowhere."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches

from qingqun.hub import factor, ledger, sql, tree
from qingqun.hub.governance import rights as rights_
from qingqun.hub.models import Person, Power, Right, Setting, Unit, User
from qingqun.i18n import _, listed
from qingqun.words import Refused

# Without letters and digits that look alike; 16 of 31 are 79 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FIRST = (Right.ADMINISTRATOR, Right.AUTHOR)
NEAR = 5  # units that may have been meant


def account(  # noqa: PLR0913  what an account is
    login: str,
    name: str,
    unit: str,
    rights: Iterable[str],
    now: datetime,
    *,
    founding: bool = False,
    number: str = "",
    another: bool = False,
) -> str:
    """Give the person of a name in a unit an account and return the password for the first sign-in; who is not there yet is made.

    `number` tells which of several; `another`: one more of the same name. `founding` makes the first unit too.

    Raises:
        Refused: the account exists, there is no such unit, the person has one or is not the only one, or the rights exclude each other.
    """
    rights = sorted({Right(right) for right in rights})
    rights_.check(rights)
    with sql.act():
        if User.objects.filter(username=login).exists():
            raise Refused(_("账号 {login} 已经有了").format(login=login))
        place = _founded(unit) if founding else unit_of(unit)
        known = None if founding else _known(name, place, number, another=another)
        password, user = word(), User(username=login)
        user.set_password(password)
        user.save()
        person = known or Person.objects.create(name=name, unit=place, number=number or None)
        person.user = user
        person.save(update_fields=["user"])
        Power.objects.bulk_create([Power(person=person, unit=place, right=right) for right in rights], ignore_conflicts=True)
        _once(user)
        ledger.write("account", now, count=1, data={"of": person.pk})
    return password


def renewed(login: str, now: datetime) -> str:
    """Give an account a new password of one time and return it.

    Raises:
        Refused: there is no such account.
    """
    with sql.act():
        user = User.objects.filter(username=login).first()
        if user is None:
            raise Refused(_missing(login))
        password = word()
        user.set_password(password)
        user.save(update_fields=["password"])
        _once(user)
        ledger.write("password", now, count=1, data={"of": Person.objects.filter(user=user).values_list("pk", flat=True).first()})
    return password


def without_factor(login: str, now: datetime) -> None:
    """Take the second factor off an account whose phone and recovery codes are lost; it sets up a new one at the next sign-in.

    Raises:
        Refused: there is no such account, or it has none.
    """
    with sql.act():
        user = User.objects.filter(username=login).first()
        if user is None:
            raise Refused(_missing(login))
        if not factor.forgotten(user.pk):
            raise Refused(_("账号 {login} 没有设第二重验证").format(login=login))
        ledger.write("factor off", now, count=1, data={"of": Person.objects.filter(user=user).values_list("pk", flat=True).first()})


def _known(name: str, unit: Unit, number: str, *, another: bool) -> Person | None:
    """Return whom an account is for, where they were imported before: nobody becomes two."""
    there = Person.objects.filter(left_at=None).select_related("user", "unit")
    same = [one for one in there.filter(name=name, unit=unit) if not another and number in {"", one.number}]
    found = list(there.filter(number=number)) if number else same
    if not found and number and Person.objects.filter(number=number).exists():
        raise Refused(_("工号 {number} 是别的单位的人，或者已离职的人的").format(number=number))
    if not found:
        return None
    one = found[0]
    if number and (one.name, one.unit_id) != (name, unit.pk):
        raise Refused(_("工号 {number} 是{unit}的{name}").format(number=number, unit=one.unit.name, name=one.name))
    if len(found) > 1:
        raise Refused(_("{unit}有 {n} 位{name}：请用 --number 写工号").format(unit=unit.name, n=len(found), name=name))
    if one.user:
        raise Refused(
            _("{unit}的{name}已有账号 {login}。换密码：qingqun account {login} --renew；是另一位同名的人，加上 --another").format(
                unit=unit.name, name=name, login=one.user.username
            )
        )
    return one


def _missing(login: str) -> str:
    """Say that there is no such account, and what to do where somebody is known by that number or name."""
    there = Person.objects.filter(left_at=None).select_related("user", "unit")
    one = there.filter(number=login).first() or there.filter(name=login).first()
    said = _("没有账号 {login}。").format(login=login)
    if one is None:
        return said + _("新开一个：qingqun account {login} --name 姓名 --unit 单位").format(login=login)
    who = {"unit": one.unit.name, "name": one.name}
    if one.user:
        return said + _("{unit}的{name}的登录名是 {own}").format(own=one.user.username, **who)
    return said + _("{unit}的{name}已经导入，还没有登录账号。给他开：qingqun account {login} --name {name} --unit {unit}").format(
        login=login, **who
    )


def unchanged() -> list[str]:
    """Return the accounts whose password of one time has not been changed."""
    given = dict(Setting.objects.filter(key__startswith="once:").values_list("key", "value"))
    users = User.objects.filter(pk__in=[int(key.removeprefix("once:")) for key in given])
    return sorted(user.username for user in users if given[f"once:{user.pk}"] == user.password)


def _once(user: User) -> None:
    """Remember the hash that is to be replaced: while the account still has it, the password is one of one time."""
    Setting.objects.update_or_create(key=f"once:{user.pk}", defaults={"value": user.password})


def word() -> str:
    """Return a new password that can be read over the telephone."""
    letters = [secrets.choice(_LETTERS) for _number in range(16)]
    return "-".join("".join(letters[begin : begin + 4]) for begin in range(0, 16, 4))


def unit_of(name: str) -> Unit:
    """Return a unit by its name.

    Raises:
        Refused: there is none; names those that may have been meant.
    """
    found = Unit.objects.filter(name=name).order_by("path").first()
    if found:
        return found
    known = list(Unit.objects.order_by("path").values_list("name", flat=True))
    near = list(dict.fromkeys([one for one in known if name and (name in one or one in name)] + get_close_matches(name, known, NEAR, 0.4)))
    said = (
        _("没有单位“{name}”。是不是：{near}？").format(name=name, near=listed(near[:NEAR]))
        if near
        else _("没有单位“{name}”。").format(name=name)
    )
    raise Refused(said + _("新单位请在“人员与单位”里用表格导入"))


def _founded(name: str) -> Unit:
    made = Unit.objects.create(name=name)
    tree.settle()
    return made
