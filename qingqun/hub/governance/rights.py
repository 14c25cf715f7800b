"""Who may do what, and who says so: an administrator gives and takes rights in their own units, never their own, and never some together.

As 等保 asks, administration and audit are in different hands; who audits acts nowhere else either: neither writes nor approves.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from qingqun.hub import ledger, sql
from qingqun.hub.models import Person, Power, Right, Unit
from qingqun.i18n import _, listed
from qingqun.words import Refused

APART: tuple[frozenset[Right], ...] = tuple(frozenset({Right.AUDITOR, one}) for one in (Right.ADMINISTRATOR, Right.AUTHOR, Right.APPROVER))
SHOWN = 200


def words() -> Mapping[str, str]:
    """Return what each right is called, in the order offered."""
    return {
        Right.AUTHOR: _("发通知"),
        Right.APPROVER: _("批紧急通知"),
        Right.SUPERVISOR: _("看送达与办理人数"),
        Right.ADMINISTRATOR: _("管理员"),
        Right.AUDITOR: _("审计员"),
    }


def check(rights: Iterable[str]) -> None:
    """Let pass what one person may hold together.

    Raises:
        Refused: two of them exclude each other.
    """
    held = frozenset(Right(right) for right in rights)
    for pair in APART:
        if pair <= held:
            named = words()
            raise Refused(_("{rights}不能是同一个人").format(rights=listed(named[one] for one in sorted(pair))))


def given(paths: Sequence[str], name: str = "") -> list[Power]:
    """Return the rights held in units at or below some paths, of those present, by unit and name; of one name where one is given."""
    found = Power.objects.filter(_below("unit__path", paths), person__left_at__isnull=True).select_related("person__unit", "unit")
    if name:
        found = found.filter(person__name=name)
    return list(found.order_by("unit__path", "person__name", "person_id", "right")[:SHOWN])


def give(who: str, unit: int, right: str, paths: Sequence[str], by: int, now: datetime) -> Power:  # noqa: PLR0913, PLR0917  what a right is, and who gives it
    """Give a right in a unit and below to a person (their name or number), both at or below one of the giver's paths.

    Raises:
        Refused: it is oneself, not within reach, held already, or excluded by what they hold.
    """
    if right not in words():
        raise Refused(_("请选择权限"))
    place = Unit.objects.filter(_below("path", paths), pk=unit).first()
    if place is None:
        raise Refused(_("请选择单位"))
    person = _found(who.strip()[:60], unit, paths)
    if person.pk == by:
        raise Refused(_("不能给自己权限，请另一位管理员来给"))
    with sql.act():
        Person.objects.select_for_update().get(pk=person.pk)  # two administrators at once: the second sees what the first gave
        held = list(Power.objects.filter(person=person).select_related("unit"))
        if any(one.right == right and place.path.startswith(one.unit.path) for one in held):
            raise Refused(_("{name}已经有这项权限").format(name=person.name))
        check({right, *(one.right for one in held)})
        made = Power.objects.create(person=person, unit=place, right=right)
        ledger.write("power", now, person=by, count=1, data={"of": person.pk, "unit": place.pk, "right": right})
    return made


def take(number: int, paths: Sequence[str], by: int, now: datetime) -> Power | None:
    """Take a right back, at once; None where it is gone or out of reach.

    Raises:
        Refused: it is one's own: so somebody who administers always remains.
    """
    with sql.act():
        row = Power.objects.filter(_below("unit__path", paths), pk=number).select_related("person", "unit").first()
        if row is None:
            return None
        if row.person_id == by:
            raise Refused(_("不能收回自己的权限，请另一位管理员来收"))
        Power.objects.filter(pk=number).delete()
        ledger.write("power off", now, person=by, count=1, data={"of": row.person_id, "unit": row.unit_id, "right": row.right})
    return row


def _found(who: str, unit: int, paths: Sequence[str]) -> Person:
    """Return whom a number or a name means; a name counts in the unit first."""
    near = Person.objects.filter(_below("unit__path", paths), left_at__isnull=True)
    found = list(near.filter(number=who)[:1]) or list(near.filter(name=who, unit=unit)[:2]) or list(near.filter(name=who)[:2])
    if not who or len(found) != 1:
        raise Refused(_("没有找到“{name}”，或有几位同名：请写工号").format(name=who))
    return found[0]


def _below(column: str, paths: Sequence[str]) -> Q:
    reached = Q(pk__in=())
    for path in paths:
        reached |= Q(**{f"{column}__startswith": path})
    return reached
