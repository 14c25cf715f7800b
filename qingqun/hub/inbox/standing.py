"""Standing in for somebody on leave: what a deputy does counts for them, and both are told so."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from qingqun.hub import ledger, sql
from qingqun.hub.models import Confirm, Means
from qingqun.hub.moment import from_ms, to_ms

# For whom it counts: for whom alone the deputy has it, back or not; for the others as long as their leave lasts.
_FOR = f"""
SELECT o.id FROM hub_delivery d JOIN hub_notice n ON n.id = d.notice_id
JOIN hub_standin s ON s.notice_id = d.notice_id AND s.deputy_id = d.person_id
JOIN hub_delivery o ON o.notice_id = d.notice_id AND o.person_id = s.person_id
WHERE d.id = %s AND d.done_at IS NOT NULL AND o.done_at IS NULL AND n.confirm IN ('{Confirm.CONFIRM}', '{Confirm.ANSWER}')
  AND (s.brought OR EXISTS (SELECT 1 FROM hub_leave l WHERE l.person_id = s.person_id AND l.starts <= %s AND l.ends > %s))
"""  # noqa: S608  words of states.py
_GIVEN = """
INSERT INTO hub_receipt (delivery_id, kind, revision, means, at, recorder_id, answer)
SELECT o.id, %s,
       COALESCE((SELECT MAX(v.number) FROM hub_revision v WHERE v.notice_id = o.notice_id AND v.material), 1), %s, %s, d.person_id, ''
FROM hub_delivery d JOIN hub_delivery o ON o.id IN ({ids}) WHERE d.id = %s
ON CONFLICT (delivery_id, kind, revision) DO NOTHING RETURNING id
"""
_DONE = "UPDATE hub_delivery SET done_at = %s, ring_after = NULL WHERE id IN ({ids}) AND done_at IS NULL"
_STANDING = """
SELECT s.notice_id, s.person_id, s.deputy_id, p.name, q.name, q.left_at,
       (SELECT MAX(l.ends) FROM hub_leave l WHERE l.person_id = s.person_id AND l.starts <= s.at AND l.ends > s.at)
FROM hub_standin s JOIN hub_person p ON p.id = s.person_id JOIN hub_person q ON q.id = s.deputy_id
WHERE s.notice_id = %s AND (s.person_id = %s OR s.deputy_id = %s) ORDER BY s.person_id, s.id
"""
_TAKEN = """
SELECT s.notice_id, q.name FROM hub_standin s JOIN hub_person q ON q.id = s.deputy_id
WHERE s.person_id = %s AND s.at >= %s ORDER BY s.id
"""


class Absent(NamedTuple):
    """Somebody a reader stands in for; `back_at` None where their leave was taken back meanwhile."""

    name: str
    back_at: datetime | None


class Standing(NamedTuple):
    """Of one notice: for whom a reader stands in, and who stood in for them."""

    absent: tuple[Absent, ...]
    deputies: tuple[str, ...]


def done(delivery: int, kind: Confirm, at: int, now: datetime, *, written: bool = True) -> None:
    """Let what a deputy has just done count for whom they stand in; inside the act of their own receipt.

    Where receipts are no longer written, because who did what is deleted already, only the rows of those on leave know.
    """
    if kind not in {Confirm.CONFIRM, Confirm.ANSWER}:
        return
    ids = [row[0] for row in sql.rows(_FOR, [delivery, to_ms(now), to_ms(now)])]
    if not ids:
        return
    places = sql.marks(ids)
    if written:
        new = sql.rows(_GIVEN.format(ids=places), [str(kind), str(Means.DEPUTY), at, *ids, delivery])
        ledger.write("receipt", now, count=len(new), digest=ledger.digest([(row[0], str(kind)) for row in new]))
    else:
        ledger.write("mark", now, count=len(ids))
    sql.run(_DONE.format(ids=places), [at, *ids])


def standing(notice: int, person: int) -> Standing:
    """Return for whom a person stands in with a notice, and who stands in for them."""
    rows = sql.rows(_STANDING, [notice, person, person])
    absent = tuple(Absent(row[3], from_ms(row[6]) if row[6] else None) for row in rows if row[2] == person)
    return Standing(absent, tuple(dict.fromkeys(row[4] for row in rows if row[1] == person)))


def taken(person: int, since: datetime) -> Mapping[int, str]:
    """Return, by notice, who last stood in for a person from a moment on."""
    return dict(sql.rows(_TAKEN, [person, to_ms(since)]))
