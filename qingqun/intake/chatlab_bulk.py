"""Many small ChatLab JSONL files at once: what is written in the usual way becomes columns without an object a message.

Says the same as `sources.chatlab_jsonl`. A file with anything unusual in it (keys in another order, a broken line, a time or a name
missing) is left to that.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from qingqun.intake.chatlab import UNKNOWN, Meta, group_of, member_of, meta_of
from qingqun.intake.chatlab_columns import attachments_of, messages_of, plain
from qingqun.intake.collect import Other
from qingqun.intake.identity import FILE
from qingqun.intake.jsons import loads
from qingqun.intake.opened import MAX_LINE, Opened
from qingqun.intake.table import lists
from qingqun.words import MESSAGES

SOURCE = "chatlab_jsonl"
_MARK = b"\xef\xbb\xbf"
_TEXT = r'(?:"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u(?:[0-9a-cA-CefEF][0-9a-fA-F]{3}|[dD][0-7][0-9a-fA-F]{2}))*"|null)'  # no lone surrogate
_FIELDS = {
    "sender": "sender_id",
    "accountName": "sender_name",
    "groupNickname": "sender_card",
    "timestamp": "timestamp",
    "type": "type",
    "content": "text",
    "platformMessageId": "message_id",
    "replyToMessageId": "reply_to",
}
_NUMBERS = {"timestamp": "(?:0|[1-9][0-9]{0,10})", "type": "(?:0|[1-9][0-9]?)"}
_USUAL = r'^\{"_type":"message"' + "".join(f'(?:,"{key}":{_NUMBERS.get(key, _TEXT)})?' for key in _FIELDS) + r"\}$"
_CHAT = ("platform", "chat", "group_id", "group_name")
_RECORD = pl.Struct({key: pl.Int64() if key in _NUMBERS else pl.String() for key in _FIELDS})


class Small(NamedTuple):
    """One small file, its first line understood. `others` are its group and members."""

    opened: Opened
    sha256: str
    meta: Meta
    others: list[Other]
    lines: str


class Bulk(NamedTuple):
    """Files by their number in the run; `messages` are MESSAGES with that number."""

    files: dict[int, Small]
    messages: pl.DataFrame


def read(run: Sequence[Opened]) -> Bulk:
    """Return what is usual in every line; files left out are not."""
    files = {at: small for at, opened in enumerate(run) if (small := _small(opened))}
    if not files:
        return Bulk({}, MESSAGES.to_frame().with_columns(pl.lit(0).alias(FILE)))
    lines = _lines(files)
    usual = lines["text"].str.contains(_USUAL)
    odd = _members(lines.filter(~usual), files)
    columns = _columns(lines.filter(usual))
    odd |= set(columns.filter(~plain()).get_column(FILE).to_list())
    said = set(columns[FILE].unique().to_list()) - odd
    kept = columns.filter(pl.col(FILE).is_in(said)) if len(said) < len(files) else columns
    return Bulk({at: small for at, small in files.items() if at in said}, _messages(kept, files))


def _small(opened: Opened) -> Small | None:
    try:
        with opened.binary() as file:
            raw = file.read(MAX_LINE)
        head, _end, lines = raw.removeprefix(_MARK).decode().partition("\n")
        header = loads(head) if len(raw) < MAX_LINE else None
    except (OSError, ValueError):
        return None
    if not isinstance(header, dict) or header.get("_type") != "header" or "chatlab" not in header:
        return None  # what has this first line is no other format's
    meta = meta_of(header)
    return Small(opened, hashlib.sha256(raw).hexdigest(), meta, list(group_of(meta, opened)), lines)


def _lines(files: dict[int, Small]) -> pl.DataFrame:
    """One row a line that is neither empty nor a comment: its file, its number and its text."""
    whole = pl.DataFrame({FILE: list(files), "text": [small.lines for small in files.values()]}, schema_overrides={FILE: pl.Int32})
    each = whole.with_columns(pl.col("text").str.split("\n")).with_columns(
        line=pl.int_ranges(2, pl.col("text").list.len() + 2, dtype=pl.Int64())
    )
    bare = each.explode("text", "line").with_columns(pl.col("text").str.strip_chars(" \t\r\n\x00"))
    return bare.filter((pl.col("text") != "") & ~pl.col("text").str.starts_with("#"))


def _members(lines: pl.DataFrame, files: dict[int, Small]) -> set[int]:
    """Give the files their members; return those in which a line is neither a usual message nor a member."""
    odd = set()
    for at, raw in lines.select(FILE, "text").iter_rows():
        try:
            record = loads(raw)
        except ValueError:
            record = None
        if isinstance(record, dict) and record.get("_type") == "member":
            files[at].others.extend(member_of(record, files[at].meta))
        else:
            odd.add(at)
    return odd


def _columns(lines: pl.DataFrame) -> pl.DataFrame:
    record = pl.col("text").str.json_decode(_RECORD).alias("record")
    return lines.select(FILE, "line", record).unnest("record").rename(_FIELDS)


def _messages(columns: pl.DataFrame, files: dict[int, Small]) -> pl.DataFrame:
    rows = [(at, small.opened.name, *small.meta[:4]) for at, small in files.items()]
    known = pl.DataFrame(rows, [(FILE, pl.Int32), *((name, pl.String) for name in ("file", *_CHAT))], orient="row")
    said = messages_of(columns, UNKNOWN).drop(_CHAT)
    attached = lists("attachments", attachments_of(columns["type"], columns["text"]))
    whole = said.join(known, on=FILE, how="left", maintain_order="left").with_columns(attached, pl.lit(SOURCE).alias("source"))
    return whole.select(*MESSAGES.names(), FILE)
