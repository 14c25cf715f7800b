"""ChatLab messages as whole columns: what a city's export of many millions needs. Says the same as `chatlab.message_of`, row by row."""

from collections.abc import Sequence
from types import NoneType

import polars as pl

from qingqun.intake.chatlab import KINDS, Meta, attached, message_of
from qingqun.intake.kinds import NONE
from qingqun.intake.opened import Opened
from qingqun.intake.table import lists, messages_frame
from qingqun.intake.times import LATEST
from qingqun.words import MESSAGES, Kind, Message, Problem

Records = Sequence[dict[str, object]]
_TEXTS = {
    "sender": "sender_id",
    "accountName": "sender_name",
    "groupNickname": "sender_card",
    "content": "text",
    "platformMessageId": "message_id",
    "replyToMessageId": "reply_to",
}
_NUMBERS = ("timestamp", "type")
_SECONDS = 10**11  # an epoch below it counts seconds
_FILE = 4
FEW = 1_000  # fewer records are sooner read one by one than columns are made


def frame(records: Records, lines: Sequence[int], meta: Meta, opened: Opened, source: str) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the messages and the problems of some records; `lines` are their line numbers."""
    columns = _columns(records) if len(records) >= FEW else None
    if columns is None or not columns.select(plain().all()).item():
        return _one_by_one(records, lines, meta, opened, source)
    files = attachments_of(columns["type"], columns["text"])
    return messages_of(columns, meta).with_columns(
        lists("attachments", files),
        pl.lit(opened.name).alias("file"),
        pl.Series("line", lines, dtype=pl.Int64()),
        pl.lit(source).alias("source"),
    ).select(MESSAGES.names()), []


def _columns(records: Records) -> pl.DataFrame | None:
    """Return the fields as typed columns, or None where a field has another type than it should."""
    try:
        texts = [pl.Series(name, [record.get(key) for record in records], pl.String()) for key, name in _TEXTS.items()]
        return pl.DataFrame([*texts, *(_whole(key, [record.get(key) for record in records]) for key in _NUMBERS)])
    except (TypeError, OverflowError):
        return None


def _whole(key: str, values: list[object]) -> pl.Series:
    if not set(map(type, values)) <= {int, NoneType}:  # Polars would take True for 1
        raise TypeError(key)
    return pl.Series(key, values, pl.Int64())


def plain() -> pl.Expr:
    """Say of each row whether it has a time and a sender's name."""
    return pl.col("timestamp").is_between(1, LATEST // 1000 - 1).fill_null(value=False) & (pl.col("sender_name").fill_null("") != "")


def messages_of(columns: pl.DataFrame, meta: Meta) -> pl.DataFrame:
    """Add what a message has beside its own fields, and the chat."""
    said = pl.col("text").fill_null("").str.replace_all("\r\n", "\n", literal=True).str.replace_all("\r", "\n", literal=True)
    kind = pl.col("type").replace_strict(KINDS, default=Kind.OTHER.value, return_dtype=pl.String())
    empty = [pl.col(name).replace("", None).alias(name) for name in ("sender_id", "sender_card", "message_id", "reply_to")]
    head = {"platform": meta.platform, "chat": meta.chat, "group_id": meta.group_id, "group_name": meta.group_name, "precision": "s"}
    return columns.with_columns(
        *empty,
        *(pl.lit(value, pl.String()).alias(name) for name, value in head.items()),
        said.alias("text"),
        kind.alias("kind"),
        (pl.col("timestamp") * 1000).cast(MESSAGES["sent_at"]).alias("sent_at"),
        pl.lit([], pl.List(pl.String())).alias("mentions"),
        pl.lit(value=False).alias("mention_all"),
        (kind == Kind.RECALL.value).alias("recalled"),
    )


def attachments_of(codes: pl.Series, texts: pl.Series) -> list[list[str]]:
    """Return the attachments of each row: files name themselves in the text."""
    files = [NONE] * len(texts)
    for row in (codes == _FILE).fill_null(value=False).arg_true():
        files[row] = attached("file", texts[row] or "")
    return files


def _one_by_one(records: Records, lines: Sequence[int], meta: Meta, opened: Opened, source: str) -> tuple[pl.DataFrame, list[Problem]]:
    read = [message_of(record, meta, opened, line, source) for record, line in zip(records, lines, strict=True)]
    good = [record for record in read if isinstance(record, Message)]
    return messages_frame(good), [record for record in read if isinstance(record, Problem)]
