"""When persons may be rung next: at their next start of work, or at the times of a digest they chose. Asked by group, never by person."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from qingqun.clock import BEIJING
from qingqun.hub import hold, sql
from qingqun.hub.hold import Group
from qingqun.hub.models import Importance
from qingqun.hub.moment import MINUTE, SECOND, to_ms
from qingqun.hub.sql import Sql, marks

AFTER_OPENING = timedelta(minutes=15)  # by then what waited for the opening has come
SPREAD = 14 * MINUTE // SECOND  # seconds over which persons of a group are spread, each always at the same one
DAYS = 40  # longer than any holiday

_CHOSEN = """
SELECT g.id, g.person_id, g.channel, g.times, w.worktime, w.shift_from, w.back_at
FROM hub_digest g JOIN ({grouped}) AS w ON w.person_id = g.person_id
"""


def mornings(people: Iterable[int], now: datetime) -> Mapping[int, int]:
    """Return each person's next start of work on a later day, in ms, a quarter of an hour and their own place later."""
    midnight = _midnight(now) + timedelta(days=1)
    who = hold.grouped(_persons(people), midnight)
    rows = sql.rows(f"SELECT person_id, worktime, shift_from, back_at FROM ({who.text}) AS g", who.params)  # noqa: S608  no value
    opens = _opens({Group(*row[1:]) for row in rows}, midnight)
    return {row[0]: _at(row[0], opens[Group(*row[1:])] + AFTER_OPENING) for row in rows}


def digests(people: Iterable[int], now: datetime) -> Mapping[tuple[int, str], int]:
    """Return each person's next digest after now by channel, in ms, and keep it; inside an act."""
    who = hold.grouped(_persons(people), now)
    rows = sql.rows(_CHOSEN.format(grouped=who.text), who.params)
    wanted = {(times, Group(*group)) for _id, _person, _channel, times, *group in rows}
    found = {one: _slot(*one, now) for one in wanted}
    kept = [(number, _at(person, found[times, Group(*group)])) for number, person, _channel, times, *group in rows]
    if kept:
        values = ", ".join(["(%s, %s)"] * len(kept))
        text = f"UPDATE hub_digest SET next_at = v.column2 FROM (VALUES {values}) AS v WHERE hub_digest.id = v.column1"  # noqa: S608  only marks
        sql.run(text, [value for pair in kept for value in pair])
    return {(row[1], row[2]): at for row, (_number, at) in zip(rows, kept, strict=True)}


def _slot(times: str, group: Group, now: datetime) -> datetime:
    """Return the first chosen time after now at which the group works; one outside its work moves to the next opening."""
    for number in range(DAYS):
        day = _midnight(now) + timedelta(days=number)
        first = _opens({group}, day)[group] + AFTER_OPENING
        found = [first] if not times else [max(first, _opening(group, day + _span(time))) for time in times.split()]
        later = [one for one in found if one > now]
        if later:
            return min(later)
    return now + timedelta(days=DAYS)


def _opening(group: Group, at: datetime) -> datetime:
    """Return the moment itself where the group works then, else a quarter of an hour after it does."""
    opens = _opens({group}, at)[group]
    return at if opens <= at else opens + AFTER_OPENING


def _opens(groups: set[Group], at: datetime) -> dict[Group, datetime]:
    hours = hold.hours_of(groups)
    return {one.group: one.not_before for one in hold.plan(groups, hours, Importance.ROUTINE, at)}


def _at(person: int, opens: datetime) -> int:
    return to_ms(opens) + (person * 7919 % SPREAD) * SECOND


def _span(time: str) -> timedelta:
    hour, _colon, minute = time.partition(":")
    return timedelta(hours=int(hour), minutes=int(minute))


def _midnight(now: datetime) -> datetime:
    return now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)


def _persons(people: Iterable[int]) -> Sql:
    ids = tuple(sorted(set(people)))
    return Sql(f"SELECT id FROM hub_person WHERE id IN ({marks(ids)})", ids)  # noqa: S608  only marks
