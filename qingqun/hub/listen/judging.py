"""The audit's own enrich and judge on what a group just said, after what it said before."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import polars as pl

from qingqun.enrich import enrich
from qingqun.enrich.context import look_back
from qingqun.enrich.keys import numbered
from qingqun.enrich.repeats.tokens import read_all
from qingqun.hub.listen.call import digest
from qingqun.hub.listen.past import FLAGS, NARROW, concealed, kept
from qingqun.hub.preflight.ground import Ground
from qingqun.intake.mentions import mention
from qingqun.judge import Binding, asked, judge
from qingqun.words import MESSAGES, Chat, Message


class Waiting(NamedTuple):
    """A message in the queue, opened."""

    heard: int
    source: str
    room: int
    room_name: str
    unit: int
    person: int | None
    sender: str
    sent_at: int
    kind: str
    text: str
    mention_all: bool
    files: tuple[str, ...]


class Found(NamedTuple):
    """A message judged: what is kept of it, what hit it, and which message it has to be told about, where it has."""

    heard: int
    facts: dict[str, Any]
    bindings: tuple[Binding, ...]
    about: int  # the row of the queue that asked for it, else itself


def judged(waiting: Sequence[Waiting], ground: Ground, before: pl.DataFrame) -> list[Found]:
    """Judge messages of one unit after `before` (NARROW). Across batches the same notice is one with the very same tokens."""
    wanted = asked("messages", ground.pack)
    table = pl.DataFrame([_message(one, place) for place, one in enumerate(waiting)], schema=MESSAGES, orient="row")
    facts = enrich(mention(table), ground.hours, wanted)
    every = _ordered(pl.concat([before, _narrow(facts, waiting)]))
    looked = look_back(every, wanted)
    seen = [name for name in looked.columns if name not in every.columns]
    fresh = looked.filter(pl.col("new").is_not_null()).sort("new")
    whole = judge(facts.drop(seen, strict=False).hstack(fresh.select(seen).get_columns()), "messages", ground.pack)
    hits = cast("pl.DataFrame", whole.frame)
    return [_found(row, every, hits.row(place, named=True), whole.bindings) for place, row in enumerate(fresh.iter_rows(named=True))]


def _narrow(facts: pl.DataFrame, waiting: Sequence[Waiting]) -> pl.DataFrame:
    """Return the columns that look back of what was just said, in the order of its facts."""
    order = [waiting[line - 1] for line in facts["line"].to_list()]
    return facts.select(
        pl.Series("heard", [one.heard for one in order], pl.Int64),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("new"),
        pl.Series("group_key", [one.room for one in order], pl.Int64),
        pl.Series("sender_key", [one.sender for one in order], pl.String),
        _copies(facts),
        "sent_at",
        "kind",
        "grade",
        concealed(facts["material"]),
        *FLAGS,
    ).cast(NARROW)


def _copies(facts: pl.DataFrame) -> pl.Series:
    """Return one digest for all that publishes the same: of the words of the first of them, as repeats are read; null for the rest."""
    published = facts.filter(pl.col("copy_no").is_not_null()).unique("copy_no", keep="first", maintain_order=True)
    reads = zip(published["copy_no"], read_all(published["text"].to_list()), strict=True)
    first = {number: digest(*(f"{token.layer}{token.value}" for token in read.tokens))[:24] for number, read in reads}
    return pl.Series("copy_key", [first.get(number) for number in facts["copy_no"]], pl.String)


def _ordered(every: pl.DataFrame) -> pl.DataFrame:
    """Order all by time, what was judged before first, and number rows, groups, senders and contents as the facts want them."""
    frame = (
        every.sort("sent_at", "new", nulls_last=False, maintain_order=True).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    )
    for key, name in (("group_key", "group_no"), ("sender_key", "sender_no"), ("copy_key", "copy_no")):
        frame = numbered(frame, pl.col(key), name)
    return frame.with_columns(copy_no=pl.when(pl.col("copy_key").is_not_null()).then("copy_no"))


def _found(row: dict[str, Any], every: pl.DataFrame, hit: dict[str, Any], bindings: Sequence[Binding]) -> Found:
    by = hit.get("asked_by")
    about = row["heard"] if by is None else int(every["heard"][int(by)])
    return Found(row["heard"], kept(row), tuple(one for one in bindings if hit[one.column]), about)


def _message(one: Waiting, place: int) -> Message:
    return Message(
        platform=one.source,
        chat=Chat.GROUP,
        group_id=str(one.room),
        group_name=one.room_name,
        message_id=None,
        sent_at=one.sent_at,
        precision="s",
        sender_id=one.sender,
        sender_name=one.sender,
        sender_card=None,
        kind=one.kind,
        text=one.text.replace("\r\n", "\n").replace("\r", "\n"),
        mentions=[],
        mention_all=one.mention_all,
        reply_to=None,
        attachments=list(one.files),
        recalled=False,
        file="listen",
        line=place + 1,
        source="listen",
    )
