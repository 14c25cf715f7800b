"""What stood before: labels and digests of what was judged, in the columns that look back. No text is needed, and none is kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from qingqun.hub import sql
from qingqun.hub.listen.call import digest
from qingqun.hub.moment import to_ms
from qingqun.words import MOMENT

SPAN = timedelta(days=7)
MOST = 20_000
FLAGS = (
    "is_notice",
    "is_publishing",
    "is_receipt",
    "is_reply_demand",
    "is_photo_proof",
    "is_emergency",
    "is_work",
    "is_inspection",
    "is_campus",
)
NARROW = pl.Schema(
    {
        "heard": pl.Int64(),  # a row of the queue
        "new": pl.Int64(),  # its place in what is judged now, null before it
        "group_key": pl.Int64(),
        "sender_key": pl.String(),
        "copy_key": pl.String(),
        "sent_at": MOMENT,
        "kind": pl.String(),
        "grade": pl.String(),
        "material": pl.String(),
        **dict.fromkeys(FLAGS, pl.Boolean()),
    }
)
_BEFORE = """
SELECT id, room_id, sender, sent_at, facts FROM hub_heard
WHERE judged_at IS NOT NULL AND sent_at > %s AND room_id IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT %s
"""


def before(first: int) -> pl.DataFrame:
    """Return what was judged in the week before a moment (ms) and since, as NARROW, oldest first."""
    found = sql.rows(_BEFORE, [first - SPAN // timedelta(milliseconds=1), MOST])
    rows = [_row(number, room, sender, at, _facts(facts)) for number, room, sender, at, facts in reversed(found)]
    return pl.DataFrame(rows, schema=NARROW, orient="row")


def kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a judged row (NARROW): labels, and digests of what would be words."""
    values = {"kind": row["kind"], "grade": row["grade"], "copy": row["copy_key"], "material": row["material"]}
    return {"flags": [flag for flag in FLAGS if row[flag]], **{key: value for key, value in values.items() if value is not None}}


def forget(now: datetime) -> int:
    """Delete the rows of judged messages once nothing looks back on them, and nothing as old could be heard again."""
    return sql.run("DELETE FROM hub_heard WHERE judged_at < %s AND sent_at < %s", [to_ms(now - SPAN), to_ms(now - SPAN)])


def concealed(values: pl.Series) -> pl.Series:
    """Return digests of words, null where there are none."""
    return pl.Series(values.name, [None if one is None else digest(one)[:24] for one in values.to_list()], pl.String)


def _row(number: int, room: int, sender: str, at: int, facts: Mapping[str, Any]) -> tuple[Any, ...]:
    flags = set(facts.get("flags", ()))
    words = (facts.get("kind", "other"), facts.get("grade"), facts.get("material"))
    return (number, None, room, sender, facts.get("copy"), at, *words, *(flag in flags for flag in FLAGS))


def _facts(value: object) -> dict[str, Any]:
    found: dict[str, Any] = sql.json_value(value)
    return found
