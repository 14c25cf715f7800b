"""What cannot wait for somebody on leave goes also to who stands in for them, in that one's own working time, and is marked so.

It cannot wait where something is asked of them (a confirmation, an answer) or it is important, and it falls due before they work again:
its deadline, else its end; important without either is due at once. The delivery of who is on leave stays theirs. A deputy who has the
notice already gets no second one, only the mark. Emergencies go by the duty lists and concern nobody here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from qingqun.hub import deputies, ledger, sql
from qingqun.hub.hold import Planned, closed, grouped, resting
from qingqun.hub.models import Confirm, Hold, Importance, Lane, State
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import Sql, marks

BATCH = 20  # notices looked at in one act: an emergency may wait for it
ASKS = f"(n.confirm IN ('{Confirm.CONFIRM}', '{Confirm.ANSWER}') OR n.importance = '{Importance.IMPORTANT}')"
DUE = f"COALESCE(n.deadline, n.valid_until, CASE WHEN n.importance = '{Importance.IMPORTANT}' THEN 0 END)"

# Deliveries of who is on leave that cannot wait and that nobody who is there has in their stead. What a deputy has only for another one
# is not passed on again from here: the other one's chain is followed instead, so that it stays short. Few are on leave: they are found
# first, and of each notice's deliveries theirs alone are looked at.
_ABSENT = f"""
WITH late AS MATERIALIZED (SELECT person_id, ring_from FROM ({{resting}}) AS l WHERE back_at > 0)
SELECT n.id AS notice_id, r.person_id FROM ({{notices}}) AS n CROSS JOIN late AS r CROSS JOIN hub_delivery d
WHERE d.notice_id = n.id AND d.person_id = r.person_id AND {DUE} < r.ring_from
  AND n.withdrawn_at IS NULL AND n.importance <> '{Importance.EMERGENCY}' AND {ASKS}
  AND d.lane = '{Lane.ROUTINE}' AND d.done_at IS NULL
  AND d.state IN ('{State.HELD}', '{State.DELIVERED}', '{State.QUEUED}', '{State.SENT}', '{State.UNKNOWN}')
  AND NOT EXISTS (SELECT 1 FROM hub_standin b WHERE b.notice_id = n.id AND b.deputy_id = r.person_id AND b.brought)
  AND NOT EXISTS (
    SELECT 1 FROM hub_standin s JOIN hub_person p ON p.id = s.deputy_id
    WHERE s.notice_id = n.id AND s.person_id = r.person_id AND p.left_at IS NULL AND p.id NOT IN ({{away}}))
"""  # noqa: S608  words of states.py; every value is a parameter
_PUT = """
INSERT INTO hub_standin (notice_id, person_id, deputy_id, brought, at)
SELECT a.notice_id, a.person_id, f.deputy_id,
       NOT EXISTS (SELECT 1 FROM hub_delivery o WHERE o.notice_id = a.notice_id AND o.person_id = f.deputy_id), %s
FROM ({absent}) AS a JOIN ({free}) AS f ON f.person_id = a.person_id WHERE 1 = 1
ON CONFLICT (notice_id, person_id, deputy_id) DO NOTHING RETURNING notice_id
"""
_NOBODY = """
SELECT count(*) FROM ({absent}) AS a LEFT JOIN ({free}) AS f ON f.person_id = a.person_id WHERE f.deputy_id IS NULL
"""
_SOME = "SELECT 1 FROM ({absent}) AS a JOIN ({free}) AS f ON f.person_id = a.person_id LIMIT 1"
_FOR = """
SELECT s.notice_id, s.deputy_id, MIN(s.person_id) AS behalf_id FROM hub_standin s
WHERE s.at = %s AND s.notice_id IN ({ids}) GROUP BY s.notice_id, s.deputy_id
"""
# Who works now has it now; who does not, when they do; important ones lie there at once and ring then.
_BRING = f"""
INSERT INTO hub_delivery (notice_id, person_id, behalf_id, hold_id, into_id, state, lane, inbox, not_before, ring_after, delivered_at)
SELECT notice_id, person_id, behalf_id, hold_id, NULL,
       CASE WHEN seen > %s THEN '{State.HELD}' WHEN inbox THEN '{State.DELIVERED}' ELSE '{State.QUEUED}' END, '{Lane.ROUTINE}', inbox,
       seen, rings, CASE WHEN seen <= %s AND inbox THEN %s END
FROM (
  SELECT f.notice_id, g.person_id, f.behalf_id, h.id AS hold_id, g.inbox,
         CASE WHEN n.importance = '{Importance.IMPORTANT}' THEN %s ELSE COALESCE(r.not_before, %s) END AS seen,
         COALESCE(r.ring_from + ((g.person_id * 7919 + f.notice_id * 104729) %% (r.spread + 1)) * 1000, %s) AS rings
  FROM ({{whose}}) AS f JOIN hub_notice n ON n.id = f.notice_id JOIN ({{grouped}}) AS g ON g.person_id = f.deputy_id
  LEFT JOIN ({{resting}}) AS r ON r.person_id = g.person_id
  LEFT JOIN hub_hold h ON h.notice_id = f.notice_id AND h.worktime = g.worktime AND h.shift_from = g.shift_from AND h.back_at = g.back_at
) AS b WHERE 1 = 1
ON CONFLICT (notice_id, person_id) DO NOTHING RETURNING id, notice_id, state
"""  # noqa: S608  same
_MARK = """
UPDATE hub_delivery SET behalf_id = f.behalf_id FROM ({whose}) AS f
WHERE hub_delivery.notice_id = f.notice_id AND hub_delivery.person_id = f.deputy_id AND hub_delivery.behalf_id IS NULL
"""
_NO_REST = """
SELECT CAST(NULL AS BIGINT) AS person_id, CAST(NULL AS BIGINT) AS not_before, CAST(NULL AS BIGINT) AS ring_from, 0 AS spread WHERE 1 = 0
"""
_ONE = "SELECT o.* FROM hub_notice o WHERE o.id = %s"
# What began to be somebody's leave after the notice was accepted, and deputies who left or went on leave themselves meanwhile.
_OPEN = f"""
SELECT n.* FROM hub_notice n WHERE n.deadline IS NOT NULL AND n.withdrawn_at IS NULL AND n.deadline > %s AND n.accepted_at <= %s
AND COALESCE(n.send_at, 0) <= %s AND {ASKS} AND n.id > %s ORDER BY n.id LIMIT {BATCH}
"""  # noqa: S608  same
_WHEN = """
SELECT r.ring_from, count(*), count(f.deputy_id) FROM ({resting}) AS r LEFT JOIN ({free}) AS f ON f.person_id = r.person_id
WHERE r.back_at > 0 GROUP BY r.ring_from
"""


class Foreseen(NamedTuple):
    """Of how many on leave a draft asks what cannot wait: those somebody stands in for, and those nobody does."""

    held: int
    nobody: int


def bring(notice: int, start: datetime, now: datetime) -> int:
    """Bring one notice, at its acceptance and inside that act, to who stands in; return how many deliveries were made.

    `start` is when it is sent: who is on leave then, and who is there then.
    """
    if not sql.value("SELECT 1 FROM hub_hold WHERE notice_id = %s AND back_at > 0", [notice]):
        return 0
    return _brought(Sql(_ONE, (notice,)), start, now)


def sweep(now: datetime) -> int:
    """Bring what is open to who stands in for those whose leave has begun since, a batch in each act; return how many deliveries."""
    made = last = 0
    at = to_ms(now)
    while found := [row[0] for row in sql.rows(f"SELECT id FROM ({_OPEN}) AS n", [at, at, at, last])]:  # noqa: S608  no value in the text
        notices = Sql(f"SELECT o.* FROM hub_notice o WHERE o.id IN ({marks(found)})", tuple(found))  # noqa: S608  only marks
        if _any(notices, now):
            with sql.act():
                made += _brought(notices, now, now)
        if len(found) < BATCH:
            break
        last = found[-1]
    return made


def unattended(notice: int, now: datetime) -> int:
    """Return of how many on leave this notice asks what cannot wait while nobody stands in for them."""
    absent = _absent(Sql(_ONE, (notice,)), now)
    if absent is None:
        return 0
    free = deputies.free(now)
    return int(sql.value(_NOBODY.format(absent=absent.text, free=free.text), [*absent.params, *free.params]))


def foreseen(people: Sql, importance: str, confirm: str, due: datetime | None, start: datetime) -> Foreseen:
    """Count beforehand, for an audience (a column `id`) and what a draft asks; `due` is its deadline, else its end."""
    important = importance == Importance.IMPORTANT
    if importance == Importance.EMERGENCY or not (important or (due and confirm in {Confirm.CONFIRM, Confirm.ANSWER})):
        return Foreseen(0, 0)
    away = deputies.away(start)
    both = Sql(f"SELECT id FROM ({people.text}) AS p WHERE id IN ({away.text})", (*people.params, *away.params))  # noqa: S608  no value
    late = resting(both, start)
    if late is None:
        return Foreseen(0, 0)
    free = deputies.free(start)
    rows = sql.rows(_WHEN.format(resting=late.text, free=free.text), [*late.params, *free.params])
    missed = [(count, held) for rings, count, held in rows if due is None or to_ms(due) < rings]
    held = sum(held for _count, held in missed)
    return Foreseen(held, sum(count for count, _held in missed) - held)


def stand_ins(people: Iterable[int], now: datetime) -> dict[int, str]:
    """Return the names of who stands in for some persons, of those on leave and not alone."""
    wanted = tuple(people)
    free = deputies.free(now)
    text = (
        f"SELECT f.person_id, p.name FROM ({free.text}) AS f JOIN hub_person p ON p.id = f.deputy_id WHERE f.person_id IN ({marks(wanted)})"  # noqa: S608  only marks
    )
    return dict(sql.rows(text, [*free.params, *wanted])) if wanted else {}


def _absent(notices: Sql, start: datetime) -> Sql | None:
    away = deputies.away(start)
    late = resting(away, start)
    if late is None:
        return None
    return Sql(_ABSENT.format(notices=notices.text, resting=late.text, away=away.text), (*late.params, *notices.params, *away.params))


def _any(notices: Sql, now: datetime) -> bool:
    """Look, without making anybody wait, whether there is anything to bring."""
    absent = _absent(notices, now)
    if absent is None:
        return False
    free = deputies.free(now)
    return bool(sql.rows(_SOME.format(absent=absent.text, free=free.text), [*absent.params, *free.params]))


def _brought(notices: Sql, start: datetime, now: datetime) -> int:
    absent = _absent(notices, start)
    if absent is None:
        return 0
    free = deputies.free(start)
    put = _PUT.format(absent=absent.text, free=free.text)
    ids = [row[0] for row in sql.rows(put, [to_ms(now), *absent.params, *free.params])]
    if not ids:
        return 0
    fresh = sorted(set(ids))
    whose = Sql(_FOR.format(ids=marks(fresh)), (to_ms(now), *fresh))
    made = _delivered(fresh, whose, start, now)
    sql.run(_MARK.format(whose=whose.text), whose.params)
    _write(ids, made, now)
    return len(made)


def _delivered(notices: list[int], whose: Sql, start: datetime, now: datetime) -> list[tuple[Any, ...]]:
    people = Sql(f"SELECT DISTINCT deputy_id AS id FROM ({whose.text}) AS w", whose.params)  # noqa: S608  no value
    _keep(notices, closed(people, start), start)
    late = resting(people, start) or Sql(_NO_REST)
    every = grouped(people, start)
    at, begins = to_ms(now), to_ms(start)
    text = _BRING.format(whose=whose.text, grouped=every.text, resting=late.text)
    return sql.rows(text, [at, at, at, begins, begins, begins, *whose.params, *every.params, *late.params])


def _keep(notices: list[int], late: list[Planned], start: datetime) -> None:
    """Keep why deputies get it later, beside what was decided for the audience; a group that has its decision keeps that."""
    important = set(_important(notices))
    rows = [
        Hold(
            notice_id=notice,
            not_before=start if notice in important else one.not_before,
            ring_from=one.ring_from,
            ring_spread=one.spread,
            reason=dict(one.reason),
            **one.group._asdict(),
        )
        for notice in notices
        for one in late
    ]
    Hold.objects.bulk_create(rows, ignore_conflicts=True)


def _important(notices: list[int]) -> list[int]:
    found = sql.rows(f"SELECT id FROM hub_notice WHERE importance = %s AND id IN ({marks(notices)})", [str(Importance.IMPORTANT), *notices])  # noqa: S608  only marks
    return [row[0] for row in found]


def _write(ids: list[int], made: list[tuple[Any, ...]], now: datetime) -> None:
    """Write one entry a notice: the deliveries it gained, and for how many on leave."""
    for notice in sorted(set(ids)):
        pairs = [(number, state) for number, whose, state in made if whose == notice]
        absent = {"absent": ids.count(notice)}
        if pairs:
            ledger.write("add", now, notice=notice, count=len(pairs), digest=ledger.digest(pairs), data=absent)
        else:
            ledger.write("stand in", now, notice=notice, count=ids.count(notice))
