"""How notices stand, counted for supervisors: the whole as it stood at midnight while it runs, by unit once when its time is over."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from qingqun.clock import BEIJING
from qingqun.findings.suppress import FEW
from qingqun.hub import sql
from qingqun.hub.models import Confirm, Importance, Tally
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import marks
from qingqun.hub.tally.coarse import LEAST, Step, cells, safe, step

# Whoever does not tell that they read is counted nowhere, where only reading is asked.
TOLD = f"(p.tells_reading OR n.confirm IN ('{Confirm.CONFIRM}', '{Confirm.ANSWER}') OR n.importance = '{Importance.EMERGENCY}')"
SPAN = timedelta(days=30)  # notices to nearly the same people are looked for so far back ...
CLOSE, SMALL = 100, 1_000  # ... among so many, for audiences up to so many people: of more, nobody knows what all the others did
_STOOD = f"""
SELECT d.notice_id, {{unit}}, count(*), SUM(CASE WHEN d.delivered_at < %s THEN 1 ELSE 0 END),
       SUM(CASE WHEN d.done_at < %s AND {TOLD} THEN 1 ELSE 0 END), MAX(CASE WHEN n.confirm = '{Confirm.NONE}' THEN 0 ELSE 1 END)
FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id JOIN hub_person p ON p.id = d.person_id
WHERE d.notice_id IN ({{ids}}) GROUP BY d.notice_id{{by}}
"""  # noqa: S608  words of states.py; every value is a parameter
_NEAR = """
SELECT o.id FROM hub_notice n JOIN hub_notice o ON o.id < n.id AND o.accepted_at > n.accepted_at - %s AND ABS(o.people - n.people) < %s
WHERE n.id = %s AND n.people <= %s ORDER BY o.id DESC LIMIT %s
"""
_SHARED = """
SELECT o.notice_id, count(*), SUM(CASE WHEN m.id IS NULL THEN 0 ELSE 1 END), (SELECT count(*) FROM hub_delivery WHERE notice_id = %s)
FROM hub_delivery o LEFT JOIN hub_delivery m ON m.notice_id = %s AND m.person_id = o.person_id
WHERE o.notice_id IN ({ids}) GROUP BY o.notice_id
"""


class Stood(NamedTuple):
    """How the people of a notice, or of one unit of it, stood; `asked` where they were asked for something."""

    people: int
    delivered: int
    done: int
    asked: bool


class Shown(NamedTuple):
    """The same as it may be shown; `done` is None where nothing was asked."""

    people: int
    delivered: Step
    done: Step | None


def whole(notice: int, day: datetime) -> Shown | None:
    """Return how a notice that still runs stood when a day began in Beijing; None where nothing may be said of it."""
    return _whole(notice, to_ms(midnight(day)))


def standing(notice: int, now: datetime) -> Shown | None:
    """Return how a notice stands at this moment; None where nothing may be said of it. Only for what is asked once, not looked at again."""
    return _counted(notice, to_ms(now) + 1)


def midnight(now: datetime) -> datetime:
    """Return when the day began in Beijing."""
    return now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=2_048)
def _whole(notice: int, at: int) -> Shown | None:
    """Count once a day and process, so that acts of the same day, corrections too, change nothing."""
    return _counted(notice, at)


def _counted(notice: int, at: int) -> Shown | None:
    found = _stood([notice], at, by_unit=False)
    (stood,) = found.get(notice, {}).values() or [Stood(0, 0, 0, asked=False)]
    return _shown(stood) if stood.people >= LEAST and not alike(notice) else None


def keep(notices: Sequence[int], now: datetime) -> int:
    """Keep how notices stand whose time is over, the whole and by unit, inside the act that forgets who did what; return how many rows."""
    every = _stood(notices, to_ms(now) + 1, by_unit=True)
    units = {unit for found in every.values() for unit in found}
    paths = dict(sql.rows(f"SELECT id, path FROM hub_unit WHERE id IN ({marks(list(units))})", list(units))) if units else {}  # noqa: S608  only marks
    rows = [row for notice in notices if not alike(notice) for row in _rows(notice, every.get(notice, {}), paths)]
    Tally.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def alike(notice: int) -> bool:
    """Tell whether an earlier notice went to the same people but for fewer than k: then the two side by side would tell of those."""
    near = [row[0] for row in sql.rows(_NEAR, [SPAN // timedelta(milliseconds=1), FEW, notice, SMALL, CLOSE])]
    if not near:
        return False
    found = sql.rows(_SHARED.format(ids=marks(near)), [notice, notice, *near])
    return any(0 < theirs + own - 2 * both < FEW for _notice, theirs, both, own in found)


def _stood(notices: Sequence[int], at: int, *, by_unit: bool) -> dict[int, dict[int, Stood]]:
    unit, by = ("p.unit_id", ", p.unit_id") if by_unit else ("0", "")
    text = _STOOD.format(unit=unit, by=by, ids=marks(notices))
    found: dict[int, dict[int, Stood]] = {}
    for notice, place, people, delivered, done, asked in sql.rows(text, [at, at, *notices]):
        found.setdefault(notice, {})[place] = Stood(people, int(delivered), int(done), bool(asked))
    return found


def _rows(notice: int, units: dict[int, Stood], paths: dict[int, str]) -> list[Tally]:
    """Return the rows of one notice: the whole, and beside it the cells that betray nothing with it, in either count."""
    total = _sum(units.values())
    if total.people < LEAST:
        return []
    found = cells({unit: one.people for unit, one in units.items()}, paths)
    sums = [_shown(_sum(units[unit] for unit in cell.units)) for cell in found]
    shown = _shown(total)
    measures = [(shown.delivered, [one.delivered for one in sums])]
    if shown.done:
        measures.append((shown.done, [one.done for one in sums if one.done]))
    kept = safe(measures, [cell.people for cell in found], total.people)
    parts = [_row(notice, sums[place], found[place].unit, rest=found[place].rest) for place in kept]
    return [_row(notice, shown), *parts]


def _sum(parts: Iterable[Stood]) -> Stood:
    found = list(parts)
    people, delivered, done = (sum(one[place] for one in found) for place in range(3))
    return Stood(people, delivered, done, any(one.asked for one in found))


def _shown(one: Stood) -> Shown:
    return Shown(one.people, step(one.delivered, one.people), step(one.done, one.people) if one.asked else None)


def _row(notice: int, one: Shown, unit: int | None = None, *, rest: bool = False) -> Tally:
    done = one.done or (None, None)
    return Tally(
        notice_id=notice,
        unit_id=unit,
        rest=rest,
        people=one.people,
        delivered_low=one.delivered.low,
        delivered_high=one.delivered.high,
        done_low=done[0],
        done_high=done[1],
    )
