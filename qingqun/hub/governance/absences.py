"""Leave and shifts of a unit's people, entered by who administers it: typed, pasted, or from a workbook. One's own page shows them too."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from qingqun.hub import ledger, sql
from qingqun.hub.governance.dutyline import read, span
from qingqun.hub.governance.roster.people import Known
from qingqun.hub.governance.roster.read import Wrong
from qingqun.hub.models import Leave, Shift
from qingqun.i18n import _
from qingqun.words import Refused

KINDS: dict[str, type[Leave | Shift]] = {"leave": Leave, "shift": Shift}
LONGEST = {"leave": timedelta(days=370), "shift": timedelta(days=31)}
MOST_LINES, SHOWN = 2_000, 200


class Span(NamedTuple):
    """One line: who (name or number, the unit's name where it is said), from when up to, not including, when."""

    page: str
    line: int
    kind: str
    who: str
    unit: str
    starts: datetime
    ends: datetime


class Entered(NamedTuple):
    """How many were written down, how many stood there already, and what is wrong."""

    made: int
    known: int
    wrong: tuple[Wrong, ...]


def typed(kind: str, text: str) -> tuple[list[Span], list[Wrong]]:
    """Read pasted lines; what is wrong is said by line, the rest counts.

    Raises:
        Refused: there are too many lines, or the kind is none.
    """
    if kind not in KINDS:
        raise Refused(_("请选择休假或班次"))
    given = [(place, line) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(given) > MOST_LINES:
        raise Refused(_("一次最多 {n} 行").format(n=MOST_LINES))
    spans, wrong = [], []
    for place, line in given:
        try:
            found = span(line) if kind == "leave" else read(line)  # a shift has hours
            spans.append(Span("", place, kind, found.who, "", found.starts, found.ends))
        except Refused as why:
            wrong.append(Wrong("", place, str(why)))
    return spans, wrong


def enter(spans: Iterable[Span], paths: Sequence[str], by: int, now: datetime, *, dry: bool = False) -> Entered:
    """Write down what fits; each that does not is said with its line. `dry` finds out what is wrong and changes nothing."""
    known, wrong, found = Known(tuple(paths)), list[Wrong](), dict[str, set[tuple[int, datetime, datetime]]]()
    for one in spans:
        try:
            found.setdefault(one.kind, set()).add(_checked(one, known, now))
        except Refused as why:
            wrong.append(Wrong(one.page, one.line, str(why)))
    if dry:
        return Entered(0, 0, tuple(wrong))
    with sql.act():
        made = sum(_written(kind, wanted, by, now) for kind, wanted in sorted(found.items()))
    return Entered(made, sum(map(len, found.values())) - made, tuple(wrong))


def _checked(one: Span, known: Known, now: datetime) -> tuple[int, datetime, datetime]:
    unit = known.unit(one.unit) if one.unit else None
    if one.unit and unit is None:
        raise Refused(_("没有单位“{name}”，或者有几个，或者不归您管").format(name=one.unit))
    person = known.person(one.who, unit)
    if person is None:
        raise Refused(_("没有找到“{name}”，或有几位同名：请写工号").format(name=one.who))
    if one.ends <= one.starts or one.ends <= now:
        raise Refused(_("结束应晚于开始，也应晚于现在"))
    if one.ends - one.starts > LONGEST[one.kind]:
        raise Refused(_("一次最长 {n} 天").format(n=LONGEST[one.kind].days))
    return person.pk, one.starts, one.ends


def _written(kind: str, wanted: set[tuple[int, datetime, datetime]], by: int, now: datetime) -> int:
    """Write down what is not there yet, inside an act; one entry with the persons' ids."""
    model: Any = KINDS[kind]
    people = {person for person, _starts, _ends in wanted}
    before = set(model.objects.filter(person__in=people, ends__gt=now).values_list("person_id", "starts", "ends"))
    new = sorted(wanted - before)
    if new:
        model.objects.bulk_create([model(person_id=person, starts=starts, ends=ends) for person, starts, ends in new])
        of = sorted({person for person, _starts, _ends in new})
        ledger.write(f"add {kind}", now, person=by, count=len(new), data={"of": of})
    return len(new)


def coming(kind: str, paths: Sequence[str], now: datetime, name: str = "") -> list[Any]:
    """Return what is not over of the people in reach, by unit and name, the next first; of one name where one is given."""
    found = KINDS[kind].objects.filter(_below(paths), ends__gt=now, person__left_at__isnull=True).select_related("person__unit")
    found = found.filter(person__name=name) if name else found
    return list(found.order_by("person__unit__path", "person__name", "person_id", "starts", "pk")[:SHOWN])


def take_off(kind: str, number: int, paths: Sequence[str], by: int, now: datetime) -> bool:
    """Take one back; False where it is out of reach or gone."""
    if kind not in KINDS:
        return False
    with sql.act():
        row = KINDS[kind].objects.filter(_below(paths), pk=number).first()
        if row is None:
            return False
        row.delete()
        ledger.write(f"remove {kind}", now, person=by, count=1, data={"of": [row.person_id]})
    return True


def _below(paths: Sequence[str]) -> Q:
    reached = Q(pk__in=())
    for path in paths:
        reached |= Q(person__unit__path__startswith=path)
    return reached
