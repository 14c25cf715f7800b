"""One notice, opened by one of its readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from qingqun.hub import sql
from qingqun.hub.inbox.changes import Piece, changes
from qingqun.hub.inbox.way import Step, additions, way
from qingqun.hub.models import Attachment
from qingqun.hub.moment import from_ms


class Given(NamedTuple):
    """What the reader gave back; `recorder` where a colleague wrote it down."""

    kind: str
    means: str
    at: datetime
    recorder: str
    answer: str


class Opened(NamedTuple):
    """The text and what belongs to it; `changed` since the revision the reader saw, or the one before the present."""

    text: str
    changed: Sequence[Piece]
    files: Sequence[Attachment]
    given: Sequence[Given]
    own_files: Sequence[Attachment]
    way: Sequence[Step] = ()  # what it passes on: from the source to the office before this one
    additions: Sequence[Step] = ()  # what other offices said of the same since, folded into it


_GIVEN = """
SELECT r.kind, r.means, r.at, COALESCE(p.name, ''), r.answer FROM hub_receipt r LEFT JOIN hub_person p ON p.id = r.recorder_id
WHERE r.delivery_id = %s ORDER BY r.at, r.id
"""
_MATTERED = "SELECT MAX(number) FROM hub_revision WHERE notice_id = %s AND material"
_TEXTS = "SELECT text, title, at FROM hub_revision WHERE notice_id = %s ORDER BY number DESC"


def opened(delivery: int, notice: int, read_at: int | None) -> Opened:
    """Return a notice for the reader of one of its deliveries; `read_at` is when they saw it before, in ms."""
    texts = sql.rows(_TEXTS, [notice])
    steps = [one._replace(changed=_changed(sql.rows(_TEXTS, [one.notice]), read_at)) for one in way(notice, delivery)]
    return Opened(
        text=texts[0][0],
        changed=_changed(texts, read_at),
        files=list(Attachment.objects.filter(notice__in=[notice, *(one.notice for one in steps)]).order_by("pk")),
        given=[Given(kind, means, from_ms(at), name, answer) for kind, means, at, name, answer in sql.rows(_GIVEN, [delivery])],
        own_files=list(Attachment.objects.filter(receipt__delivery=delivery).order_by("pk")),
        way=steps,
        additions=additions(delivery, notice),
    )


def outdated(notice: int, revision: int) -> bool:
    """Tell whether a correction that matters came after a revision: what is given back to that one no longer counts."""
    return revision < int(sql.value(_MATTERED, [notice]) or 1)


def _changed(texts: list[tuple[str, str, int]], read_at: int | None) -> Sequence[Piece]:
    if len(texts) < 2:
        return ()
    present = texts[0]
    seen = next((text for text in texts[1:] if read_at is not None and text[2] <= read_at < present[2]), texts[1])
    return [] if seen[0] == present[0] else changes(seen[0], present[0])
