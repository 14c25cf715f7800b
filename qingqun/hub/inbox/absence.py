"""One's own leave and shifts, and who stands in meanwhile."""

from datetime import datetime, timedelta

from qingqun.hub import ledger, sql
from qingqun.hub.models import Leave, Person, Shift
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST = timedelta(days=370)


def add(kind: type[Leave | Shift], person: int, starts: datetime, ends: datetime, now: datetime) -> None:
    """Write down a leave or a shift from a moment up to, not including, another.

    Raises:
        Refused: it ends before it starts or is over, or is longer than a year.
    """
    if ends <= starts or ends <= now:
        raise Refused(_("结束应晚于开始，也应晚于现在"))
    if ends - starts > LONGEST:
        raise Refused(_("一次最长一年"))
    with sql.act():
        kind.objects.create(person_id=person, starts=starts, ends=ends)
        ledger.write(f"add {kind.__name__.lower()}", now, person=person, count=1)


def remove(kind: type[Leave | Shift], person: int, number: int, now: datetime) -> bool:
    """Take back one's own leave or shift; False where it is not one's own."""
    with sql.act():
        gone, _kinds = kind.objects.filter(pk=number, person_id=person).delete()
        if gone:
            ledger.write(f"remove {kind.__name__.lower()}", now, person=person, count=1)
    return bool(gone)


def choose_deputy(person: int, deputy: int | None, now: datetime) -> None:
    """Name who stands in, or nobody. Who does already may stay, wherever they work by now.

    Raises:
        Refused: they are not of the same unit, or it is oneself.
    """
    unit, present = Person.objects.values_list("unit_id", "deputy_id").get(pk=person)
    colleagues = Person.objects.filter(unit_id=unit, left_at__isnull=True).exclude(pk=person)
    if deputy not in {None, present} and not colleagues.filter(pk=deputy).exists():
        raise Refused(_("只能请本单位的同事代理"))
    with sql.act():
        Person.objects.filter(pk=person).update(deputy_id=deputy)
        ledger.write("deputy", now, person=person, count=1, data={"deputy": deputy})
