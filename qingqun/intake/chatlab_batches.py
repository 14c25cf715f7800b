"""Gather ChatLab records and turn them into frames, many at once."""

from collections.abc import Callable

import polars as pl

from qingqun.intake.chatlab import UNKNOWN, Meta
from qingqun.intake.chatlab_columns import frame
from qingqun.intake.collect import Other, read_of
from qingqun.intake.opened import Opened
from qingqun.intake.table import BATCH, Read
from qingqun.words import MESSAGES


class Batches:
    """Messages of one header wait here until there are enough of them."""

    def __init__(self, opened: Opened, source: str, seen: Callable[[int], None]) -> None:
        self.meta: Meta = UNKNOWN
        self.others: list[Other] = []
        self._opened, self._source, self._seen = opened, source, seen
        self._records: list[dict[str, object]] = []
        self._lines: list[int] = []
        self._frames: list[pl.DataFrame] = []

    def add(self, record: dict[str, object], line: int) -> None:
        """Take one message."""
        self._records.append(record)
        self._lines.append(line)
        if len(self._lines) == BATCH:
            self._flush()

    def head(self, meta: Meta) -> None:
        """Let the messages that follow belong to this chat."""
        if meta != self.meta:
            self._flush()
            self.meta = meta

    def read(self) -> Read:
        """Return everything."""
        self._flush()
        return read_of(pl.concat(self._frames) if self._frames else MESSAGES.to_frame(), self.others)

    def _flush(self) -> None:
        if not self._lines:
            return
        messages, problems = frame(self._records, self._lines, self.meta, self._opened, self._source)
        self._records, self._lines = [], []
        self._frames.append(messages)
        self.others.extend(problems)
        self._seen(sum(table.height for table in self._frames))
