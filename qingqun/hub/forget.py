"""Who did what is deleted when its time is over: after the deadline, else the end of validity, else thirty days. Counts stay.

What remains on a reader's own row is that it lies among what they have read or done; when they did it is levelled to that end. An
answer is what was handed in, not a trace of behaviour: it stays with its author.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from qingqun.hub import ledger, sql, tally
from qingqun.hub.models import Confirm, Notice
from qingqun.hub.moment import to_ms
from qingqun.hub.sql import marks

WITHOUT_END = timedelta(days=30)
BATCH, PEOPLE = 50, 20_000  # notices in one act, and their deliveries: an emergency may wait for this act
ACT = "forget"

_TRACES = f"('{Confirm.READ}', '{Confirm.CONFIRM}')"
_DUE = """
SELECT n.id, n.people FROM hub_notice n WHERE n.forgotten_at IS NULL AND n.accepted_at <= %s
AND COALESCE(n.deadline, n.valid_until, n.accepted_at + %s) <= %s ORDER BY n.accepted_at LIMIT %s {claimed}
"""
_COUNTED = f"""
SELECT d.notice_id, r.kind, r.revision, count(DISTINCT r.delivery_id) FROM hub_receipt r JOIN hub_delivery d ON d.id = r.delivery_id
WHERE d.notice_id IN ({{ids}}) AND r.kind IN {_TRACES} GROUP BY d.notice_id, r.kind, r.revision
"""  # noqa: S608  words of states.py
_GONE = f"""
DELETE FROM hub_receipt WHERE kind IN {_TRACES} AND delivery_id IN (SELECT id FROM hub_delivery WHERE notice_id IN ({{ids}}))
"""  # noqa: S608  same
_DOORS = "DELETE FROM hub_door WHERE delivery_id IN (SELECT id FROM hub_delivery WHERE notice_id IN ({ids}))"
_LEVEL = """
UPDATE hub_delivery SET read_at = CASE WHEN read_at IS NULL THEN NULL ELSE e.at END,
       done_at = CASE WHEN done_at IS NULL THEN NULL ELSE e.at END
FROM (SELECT id AS notice_id, COALESCE(deadline, valid_until, accepted_at + %s) AS at FROM hub_notice WHERE id IN ({ids})) AS e
WHERE hub_delivery.notice_id = e.notice_id AND (read_at IS NOT NULL OR done_at IS NOT NULL)
"""


def until(notice: Notice) -> datetime:
    """Return until when its author may see who did what."""
    ends: datetime = notice.deadline or notice.valid_until or notice.accepted_at + WITHOUT_END
    return ends


def forget(now: datetime, limit: int = BATCH) -> int:
    """Delete who did what of notices whose time is over, one batch in one act; return of how many notices."""
    at, span = to_ms(now), to_ms_span(WITHOUT_END)
    with sql.act():
        ids = _few(sql.rows(_DUE.format(claimed=sql.claimed()), [at, span, at, limit]))
        if not ids:
            return 0
        tally.keep(ids, now)
        counted = sql.rows(_COUNTED.format(ids=marks(ids)), ids)
        gone = sql.run(_GONE.format(ids=marks(ids)), ids)
        sql.run(_DOORS.format(ids=marks(ids)), ids)
        sql.run(_LEVEL.format(ids=marks(ids)), [span, *ids])
        sql.run(f"UPDATE hub_notice SET forgotten_at = %s WHERE id IN ({marks(ids)})", [at, *ids])  # noqa: S608  only marks
        _write(ids, counted, gone, now)
    return len(ids)


def _few(found: list[tuple[int, int]]) -> list[int]:
    """Return the first notices that together have not too many deliveries, at least one."""
    sums = accumulate(people for _notice, people in found)
    return [notice for place, ((notice, _people), total) in enumerate(zip(found, sums, strict=True)) if not place or total <= PEOPLE]


def to_ms_span(span: timedelta) -> int:
    """Return a span in milliseconds."""
    return span // timedelta(milliseconds=1)


def kept(notice: int, kinds: Iterable[str]) -> dict[int, int]:
    """Return, of a forgotten notice, how many had given one of the kinds, by the revision they gave it to."""
    wanted, found = set(kinds), dict[int, int]()
    for data in sql.rows("SELECT data FROM hub_entry WHERE notice = %s AND act = %s", [notice, ACT]):
        for key, count in json.loads(data[0]).items():
            kind, _colon, revision = key.partition(":")
            if kind in wanted:
                found[int(revision)] = found.get(int(revision), 0) + int(count)
    return found


def _write(ids: list[int], counted: list[tuple[Any, ...]], gone: int, now: datetime) -> None:
    """Write one entry a notice that had any; one for the rest, so that the act leaves a trace either way."""
    by_notice: dict[int, dict[str, object]] = {}
    for notice, kind, revision, count in counted:
        by_notice.setdefault(notice, {})[f"{kind}:{revision}"] = count
    for notice, data in by_notice.items():
        ledger.write(ACT, now, notice=notice, count=sum(int(str(one)) for one in data.values()), data=data)
    if len(by_notice) < len(ids):
        ledger.write(ACT, now, count=0, data={"notices": len(ids) - len(by_notice), "receipts": gone})
