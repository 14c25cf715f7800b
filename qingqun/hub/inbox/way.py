"""The way of a notice that was passed on: its source and what each office on the way added, in order; and what was folded into it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from qingqun.hub import sql
from qingqun.hub.inbox.changes import Piece
from qingqun.hub.models import State
from qingqun.hub.moment import to_ms


class Step(NamedTuple):
    """One office's part. `added` and `missing` are words that only it, or only the one it was folded into, has."""

    notice: int
    unit: str
    title: str
    text: str
    gone: bool  # taken back meanwhile
    source: bool  # it passes on; otherwise it repeats
    added: Sequence[str] = ()
    missing: Sequence[str] = ()
    here: int = 0  # the reader's own delivery of it, where they have it by itself
    changed: Sequence[Piece] = ()  # since the reader saw it, or since the text before the present one


_WAY = """
WITH RECURSIVE way(id, step) AS (
  SELECT source_id, 1 FROM hub_notice WHERE id = %s AND source_id IS NOT NULL
  UNION ALL SELECT n.source_id, w.step + 1 FROM way w JOIN hub_notice n ON n.id = w.id WHERE n.source_id IS NOT NULL AND w.step < 20
)
SELECT n.id, u.name, n.title, n.text, n.withdrawn_at, n.source_id
FROM way w JOIN hub_notice n ON n.id = w.id JOIN hub_unit u ON u.id = n.unit_id
ORDER BY w.step DESC
"""
_ADDITIONS = f"""
SELECT n.id, u.name, n.title, n.text, n.withdrawn_at, n.source_id, n.added, n.gone
FROM hub_delivery m JOIN hub_delivery d ON d.person_id = m.person_id AND d.into_id = m.notice_id AND d.state = '{State.FOLDED}'
JOIN hub_notice n ON n.id = d.notice_id JOIN hub_unit u ON u.id = n.unit_id
WHERE m.id = %s AND m.notice_id = %s AND n.withdrawn_at IS NULL AND n.root_id IS NOT NULL ORDER BY n.id
"""  # noqa: S608  a word of states.py
_HERE = f"""
SELECT o.notice_id, o.id FROM hub_delivery m
JOIN hub_delivery o ON o.person_id = m.person_id AND o.id <> m.id AND o.not_before <= m.not_before
WHERE m.id = %s AND o.state IN ('{State.DELIVERED}', '{State.FOLDED}') AND o.notice_id IN ({{ids}})
"""  # noqa: S608  same
# A file of the source is for whoever was passed the source on: the reader's deliveries among what came from it.
_DOWN = f"""
WITH RECURSIVE down(id) AS (
  SELECT CAST(%s AS BIGINT)
  UNION SELECT n.id FROM down w JOIN hub_notice n ON n.source_id = w.id
  AND n.root_id = (SELECT COALESCE(r.root_id, r.same_as_id, r.id) FROM hub_notice r WHERE r.id = %s)
)
SELECT count(*) FROM hub_delivery d WHERE d.person_id = %s AND d.not_before <= %s AND d.notice_id IN (SELECT id FROM down)
AND (d.state IN ('{State.DELIVERED}', '{State.FOLDED}') OR d.state = '{State.WITHDRAWN}' AND d.delivered_at IS NOT NULL)
"""  # noqa: S608  same


def way(notice: int, delivery: int = 0) -> list[Step]:
    """Return what a notice passes on, from the source on; nothing for one that passes nothing on."""
    found = sql.rows(_WAY, [notice])
    ids = [row[0] for row in found]
    here = dict(sql.rows(_HERE.format(ids=sql.marks(ids)), [delivery, *ids])) if ids and delivery else {}
    return [_step(row)._replace(here=here.get(row[0], 0)) for row in found]


def additions(delivery: int, notice: int) -> list[Step]:
    """Return what was folded into a reader's delivery, in the order it came."""
    rows = sql.rows(_ADDITIONS, [delivery, notice])
    return [_step(row)._replace(added=_words(row[6]), missing=_words(row[7])) for row in rows]


def sees_file(notice: int, person: int, now: datetime) -> bool:
    """Tell whether a person has a notice, or one that passes it on: then its files are theirs to open."""
    return bool(sql.value(_DOWN, [notice, notice, person, to_ms(now)]))


def _step(row: tuple[Any, ...]) -> Step:
    notice, unit, title, text, withdrawn_at, source = row[:6]
    return Step(notice, unit, title, text, withdrawn_at is not None, source is not None)


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if isinstance(text, str) else tuple(text or ())
