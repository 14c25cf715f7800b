"""Which messages are the same: overlapping exports lose nothing and double nothing.

A real message id is the identity within its group. Without one it is (platform, group, time, sender, text, ordinal of that
tuple within its file): six messages in one second are six, and of two exports that overlap the one that saw more counts.
"""

import polars as pl

FILE = "_file"  # number of the file: two files may bear the same name
_GROUP = "_group"
_SENDER = "_sender"
_ORDINAL = "_ordinal"
_BY_ID = ["platform", _GROUP, "message_id"]
_BY_CONTENT = ["platform", _GROUP, "sent_at", _SENDER, "text"]


def distinct(messages: pl.DataFrame) -> pl.DataFrame:
    """Return MESSAGES plus the column _file with each message once; of equal ones the first row stays."""
    keyed = messages.with_columns(
        pl.coalesce("group_id", "group_name").alias(_GROUP),
        pl.coalesce("sender_id", "sender_name").alias(_SENDER),
    )
    kept = pl.concat([_by_id(part) if name else _by_content(part) for name, part in _parts(keyed)])
    return kept.drop(_GROUP, _SENDER)


def _parts(messages: pl.DataFrame) -> list[tuple[bool, pl.DataFrame]]:
    named = pl.col("message_id").is_not_null()
    with_id = messages.filter(named)
    if with_id.select(FILE, *_BY_ID).is_unique().all():
        return [(True, with_id), (False, messages.filter(~named))]
    trusted = _distrust(messages)
    return [(True, trusted.filter(named)), (False, trusted.filter(~named))]


def _by_id(messages: pl.DataFrame) -> pl.DataFrame:
    return messages.unique(_BY_ID, keep="first", maintain_order=True)


def _distrust(messages: pl.DataFrame) -> pl.DataFrame:
    """Drop ids that one file gives to messages of different times or senders: an exporter's filler is no id."""
    repeated = messages.filter(pl.col("message_id").is_not_null()).filter(pl.struct(FILE, *_BY_ID).is_duplicated())
    if repeated.is_empty():
        return messages
    differ = (pl.col("sent_at").n_unique() > 1) | (pl.col(_SENDER).n_unique() > 1)
    filler = repeated.group_by(FILE, *_BY_ID).agg(differ.alias("_filler")).filter("_filler")
    if filler.is_empty():
        return messages
    marked = messages.join(filler, on=[FILE, *_BY_ID], how="left", maintain_order="left")
    return marked.with_columns(pl.when("_filler").then(None).otherwise("message_id").alias("message_id")).drop("_filler")


def _by_content(messages: pl.DataFrame) -> pl.DataFrame:
    if messages[FILE].n_unique() < 2:  # within one file the ordinal makes every message its own
        return messages
    numbered = messages.with_columns(pl.int_range(pl.len()).over(FILE, *_BY_CONTENT).alias(_ORDINAL))
    return numbered.unique([*_BY_CONTENT, _ORDINAL], keep="first", maintain_order=True).drop(_ORDINAL)
