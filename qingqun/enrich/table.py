"""MESSAGES to facts: each step adds columns, nothing is done once per message in Python."""

from collections.abc import Iterable

import polars as pl

from qingqun.clock.column import grade
from qingqun.clock.hours import Hours
from qingqun.enrich.context import look_back
from qingqun.enrich.due import due
from qingqun.enrich.facts.fact import Asked
from qingqun.enrich.instant import wants_at_once
from qingqun.enrich.keys import group_key, numbered, sender_key
from qingqun.enrich.labels import label_texts
from qingqun.enrich.normal import normalise
from qingqun.enrich.repeats import cluster
from qingqun.enrich.secrets import has_secret_mark
from qingqun.words import Kind

ORDER = ("sent_at", "file", "line")
WORDLESS = tuple(
    kind.value for kind in (Kind.SYSTEM, Kind.RECALL, Kind.POKE, Kind.RED_PACKET, Kind.TRANSFER, Kind.CALL, Kind.CONTACT, Kind.LOCATION)
)
"""Kinds whose text is a machine's: they carry no label. A caption under a photo and the name of a file do."""


def enrich(messages: pl.DataFrame, hours: Hours, asked: Iterable[Asked] = ()) -> pl.DataFrame:
    """Add one column per fact of facts/messages.py. In: MESSAGES, a unit's hours, the parametrised facts that rules ask for.

    Out: the messages ordered by sent_at, file and line, with the facts and the keys `row` (its place, from 0), `group_no`, `sender_no`,
    `text_no`, `notice_no` (the same number: the same notice) and `deadline` (MOMENT). Times are UTC, spans whole seconds.
    """
    frame = _worded(messages.sort(*ORDER).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64)))
    for key, name in ((group_key(), "group_no"), (sender_key(), "sender_no"), (pl.col("words"), "text_no")):
        frame = numbered(frame, key, name)
    frame = _labelled(frame).drop("words")
    frame = frame.hstack(grade(frame["sent_at"], hours).get_columns())
    return look_back(due(frame, hours), asked)


def _worded(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `words`, what labels read: the text, for a file with its name, nothing for a machine's line."""
    words = frame.select(pl.when(~pl.col("kind").is_in(WORDLESS)).then("text").alias("words"))["words"]
    files = (frame["kind"] == Kind.FILE.value).arg_true()
    if len(files):
        named = frame[files].select(pl.concat_str("text", pl.col("attachments").list.join("\n"), separator="\n"))
        words = words.scatter(files, named.to_series())
    return frame.with_columns(words)


def _labelled(frame: pl.DataFrame) -> pl.DataFrame:
    """Label each distinct text once and join the answers back."""
    texts = frame.lazy().select("text_no", "words").unique("text_no").sort("text_no").collect()
    labels = label_texts(texts["words"]).select(pl.selectors.boolean())
    known = texts.select("text_no").hstack(labels.get_columns())
    plain = normalise(texts["words"].fill_null(""))
    known = known.with_columns(
        wants_at_once(plain) & labels["is_reply_demand"],
        has_secret_mark(texts["words"]).rename("has_secret_mark"),
        _notices(texts["words"], labels["is_notice"]),
    )
    return frame.join(known, on="text_no", how="left", maintain_order="left")


def _notices(texts: pl.Series, notices: pl.Series) -> pl.Series:
    """Number the notices: the same number, the same notice; null where the text is none."""
    places = notices.fill_null(value=False).arg_true()
    numbers = pl.Series("notice_no", [None], dtype=pl.Int64).new_from_index(0, len(texts))
    return numbers.scatter(places, cluster(texts.gather(places)).cast(pl.Int64)) if len(places) else numbers
