"""Gather what a source yields into frames."""

from collections.abc import Callable, Iterable

import polars as pl

from qingqun.intake.table import BATCH, Read, groups_frame, memberships_frame, messages_frame, problems_frame
from qingqun.words import Group, Membership, Message, Problem

Other = Membership | Group | Problem
Record = Message | Other


def collect(records: Iterable[Record], seen: Callable[[int], None]) -> Read:
    """Return the frames of all records; `seen` is told the number of messages after each batch."""
    batch: list[Message] = []
    frames: list[pl.DataFrame] = []
    others: list[Other] = []
    for record in records:
        if not isinstance(record, Message):
            others.append(record)
            continue
        batch.append(record)
        if len(batch) == BATCH:
            frames.append(messages_frame(batch))
            batch.clear()
            seen(len(frames) * BATCH)
    frames.append(messages_frame(batch))
    return read_of(pl.concat(frames), others)


def read_of(messages: pl.DataFrame, others: list[Other]) -> Read:
    """Return messages and all other records as frames."""
    return Read(
        messages,
        memberships_frame(record for record in others if isinstance(record, Membership)),
        groups_frame(record for record in others if isinstance(record, Group)),
        problems_frame(record for record in others if isinstance(record, Problem)),
    )
