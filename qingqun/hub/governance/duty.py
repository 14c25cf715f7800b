"""Duty lists as an administrator keeps them: who an emergency of a unit rings, from when to when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q

from qingqun.hub import ledger, sql
from qingqun.hub.governance.dutyline import Line, read
from qingqun.hub.governance.roster.people import Known
from qingqun.hub.models import DutyList, DutyTurn, Unit
from qingqun.i18n import _
from qingqun.words import Refused

LONGEST_NAME, MOST_LINES, LONGEST_TURN = 80, 1_000, timedelta(days=31)


class Entered(NamedTuple):
    """What became of lines: turns written down, turns that stood there already, and what is wrong, one sentence a line."""

    made: int
    known: int
    wrong: tuple[str, ...]


def lists(paths: Sequence[str], now: datetime) -> list[DutyList]:
    """Return the lists of units at or below some paths, each with the turns that are not over, the next first."""
    coming = DutyTurn.objects.filter(ends__gt=now, person__left_at__isnull=True).select_related("person").order_by("starts", "pk")
    rows = DutyList.objects.filter(_within(paths)).select_related("unit").order_by("unit__path", "name")
    return list(rows.prefetch_related(Prefetch("turns", coming, to_attr="coming")))


def begin(unit: int, name: str, paths: Sequence[str], by: int, now: datetime) -> None:
    """Make an empty list.

    Raises:
        Refused: it has no name, the unit has one of that name, or is out of reach.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(_("请写上值班表的名称，最多 {n} 个字").format(n=LONGEST_NAME))
    if not Unit.objects.filter(_below("path", paths), pk=unit).exists():
        raise Refused(_("请选择单位"))
    with sql.act():
        made, new = DutyList.objects.get_or_create(unit_id=unit, name=name)
        if not new:
            raise Refused(_("这个单位已有同名的值班表"))
        ledger.write("duty list", now, person=by, count=1, data={"list": made.pk})


def enter(number: int, text: str, paths: Sequence[str], by: int, now: datetime) -> Entered:
    """Write down turns, one a line: name or number, from, to. Good lines count, whatever is wrong with others.

    Raises:
        Refused: the list is out of reach, or there are too many lines.
    """
    row = _mine(number, paths)
    given = [(place, line) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(given) > MOST_LINES:
        raise Refused(_("一次最多 {n} 行").format(n=MOST_LINES))
    known, turns, wrong = Known(tuple(paths)), set[tuple[int, datetime, datetime]](), list[str]()
    for place, line in given:
        try:
            turns.add(_turn(read(line), known, row.unit_id, now))
        except Refused as why:
            wrong.append(_("第 {n} 行：{reason}").format(n=place, reason=why))
    with sql.act():
        before = set(DutyTurn.objects.filter(duty_list=row, ends__gt=now).values_list("person_id", "starts", "ends"))
        new = [DutyTurn(duty_list=row, person_id=person, starts=starts, ends=ends) for person, starts, ends in sorted(turns - before)]
        if new:
            DutyTurn.objects.bulk_create(new)
            ledger.write("duty", now, person=by, count=len(new), data={"list": row.pk})
    return Entered(len(new), len(turns & before), tuple(wrong))


def _turn(line: Line, known: Known, unit: int, now: datetime) -> tuple[int, datetime, datetime]:
    person = known.person(line.who, unit) or known.person(line.who, None)
    if person is None:
        raise Refused(_("没有找到“{name}”，或有几位同名：请写工号").format(name=line.who))
    if line.ends <= now:
        raise Refused(_("这一班已经结束"))
    if not timedelta(0) < line.ends - line.starts <= LONGEST_TURN:
        raise Refused(_("结束应晚于开始，一班最长 {n} 天").format(n=LONGEST_TURN.days))
    return person.pk, line.starts, line.ends


def take_off(turn: int, paths: Sequence[str], by: int, now: datetime) -> bool:
    """Take a turn off its list; False where it is out of reach or gone."""
    with sql.act():
        row = DutyTurn.objects.filter(_below("duty_list__unit__path", paths), pk=turn).first()
        if row is None:
            return False
        row.delete()
        ledger.write("duty off", now, person=by, count=1, data={"list": row.duty_list_id})
    return True


def _mine(number: int, paths: Sequence[str]) -> DutyList:
    row = DutyList.objects.filter(_within(paths), pk=number).first()
    if row is None:
        raise Refused(_("没有这张值班表"))
    return row


def _within(paths: Sequence[str]) -> Q:
    return _below("unit__path", paths)


def _below(column: str, paths: Sequence[str]) -> Q:
    reached = Q(pk__in=())
    for path in paths:
        reached |= Q(**{f"{column}__startswith": path})
    return reached
