"""Records to columns, a batch at a time: the only place where messages are single objects."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from qingqun.words import GROUPS, MEMBERSHIPS, MESSAGES, PROBLEMS, Group, Membership, Message, Problem

BATCH = 50_000
# Made once: folders of many thousand small files ask for them again and again.
_NO_MEMBERSHIPS, _NO_GROUPS, _NO_PROBLEMS = MEMBERSHIPS.to_frame(), GROUPS.to_frame(), PROBLEMS.to_frame()


class Read(NamedTuple):
    """What one file holds, before admission."""

    messages: pl.DataFrame
    memberships: pl.DataFrame
    groups: pl.DataFrame
    problems: pl.DataFrame


def _column(name: str, values: Sequence[object], kind: pl.DataType) -> pl.Series:
    if kind == pl.List(pl.String()):
        return lists(name, values)
    if kind == MESSAGES["sent_at"]:
        return pl.Series(name, values, dtype=pl.Int64()).cast(kind)
    return pl.Series(name, values, dtype=kind)


def lists(name: str, values: Sequence[object]) -> pl.Series:
    """Return a column of lists of texts. Through Arrow: Polars takes 50 times as long for lists of Python objects."""
    return pl.Series(name, pa.array(values, pa.large_list(pa.large_string())))


def messages_frame(messages: Sequence[Message]) -> pl.DataFrame:
    """Return the messages as a frame with the schema MESSAGES."""
    if not messages:
        return MESSAGES.to_frame()
    columns = zip(MESSAGES.items(), zip(*messages, strict=True), strict=True)
    return pl.DataFrame([_column(name, values, kind) for (name, kind), values in columns])


def problems_frame(problems: Iterable[Problem]) -> pl.DataFrame:
    """Return the problems as a frame with the schema PROBLEMS."""
    return _rows(problems, _NO_PROBLEMS)


def memberships_frame(memberships: Iterable[Membership]) -> pl.DataFrame:
    """Return the memberships as a frame with the schema MEMBERSHIPS."""
    return _rows(memberships, _NO_MEMBERSHIPS)


def groups_frame(groups: Iterable[Group]) -> pl.DataFrame:
    """Return the groups as a frame with the schema GROUPS."""
    return _rows(groups, _NO_GROUPS)


def _rows(records: Iterable[tuple[object, ...]], none: pl.DataFrame) -> pl.DataFrame:
    rows = list(records)
    return pl.DataFrame(rows, schema=none.schema, orient="row") if rows else none


def empty(*problems: Problem) -> Read:
    """Return frames without rows, but for these problems."""
    return Read(MESSAGES.to_frame(), MEMBERSHIPS.to_frame(), GROUPS.to_frame(), problems_frame(problems))
