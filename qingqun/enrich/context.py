"""Facts that look back, never forward: a verdict on a message depends on its past alone, so that desk and audit agree."""

from collections.abc import Iterable

import polars as pl

from qingqun.enrich.copies import copies
from qingqun.enrich.demands import answers
from qingqun.enrich.earlier import earlier
from qingqun.enrich.facts.fact import Asked
from qingqun.enrich.nights import offhours_days
from qingqun.enrich.rounds import rounds

ALWAYS = {
    "asked_by": pl.Int64(),
    "receipts_since_demand": pl.Int64(),
    "photo_senders_since_demand": pl.Int64(),
    "copies_in_other_groups": pl.Int64(),
    "seconds_since_copy": pl.Int64(),
    "offhours_days": pl.Int64(),
    "inspections_in_week": pl.Int64(),
    "campus_in_term": pl.Int64(),
    "seconds_since_material": pl.Int64(),
}
_KEYS = ("row", "group_no", "sender_no", "copy_no")
_READ = ("kind", "grade", "is_notice", "is_publishing", "is_receipt", "is_reply_demand", "is_photo_proof", "is_emergency")
_CUES = ("is_work", "is_inspection", "is_campus", "material")


def look_back(frame: pl.DataFrame, asked: Iterable[Asked] = ()) -> pl.DataFrame:
    """Add the facts of context. In: one row a message in order of time, with labels, clock columns and the integer keys

    `row`, `group_no`, `sender_no`, `copy_no`. Out: the same rows in the same order with more columns; seconds are whole.
    """
    narrow = frame.select(
        *_KEYS,
        *_READ,
        *(
            pl.col(name) if name in frame.columns else pl.lit(None, pl.String if name == "material" else pl.Boolean).alias(name)
            for name in _CUES
        ),
        ms=pl.col("sent_at").dt.epoch("ms"),
        day=pl.col("sent_at").dt.offset_by("8h").dt.epoch("d"),
    )
    parts = [answers(narrow), copies(narrow), offhours_days(narrow), rounds(narrow), *earlier(narrow, set(asked))]
    found = narrow.select("row")
    for part in parts:
        found = found.join(part, on="row", how="left", maintain_order="left")
    return frame.hstack(found.drop("row").with_columns(pl.col(name).cast(kind) for name, kind in ALWAYS.items()).get_columns())
