"""A Parquet file with the columns of MESSAGES: what another program, or an earlier import, has prepared."""

from collections.abc import Callable, Iterator

import polars as pl

from qingqun.i18n import _
from qingqun.intake.opened import Opened
from qingqun.intake.table import Read, empty
from qingqun.words import MESSAGES, Chat, Kind, Message, Problem

TITLE = _("Parquet 消息表")
SOURCE = "parquet_table"
MAX_ROWS = 100_000_000
_NEEDED = ("platform", "chat", "sent_at", "sender_name", "text")
_DEFAULTS = {"precision": pl.lit("s"), "kind": pl.lit(Kind.TEXT.value), "mention_all": pl.lit(value=False), "recalled": pl.lit(value=False)}


def sniff(head: bytes, name: str) -> float:
    """Sure by the magic bytes."""
    del name
    return 1.0 if head.startswith(b"PAR1") else 0.0


def read(opened: Opened) -> Iterator[Message | Problem]:
    """Yield the rows as messages; `frames` gives the same at once."""
    found = frames(opened, lambda _count: None)
    yield from (Problem(*row) for row in found.problems.iter_rows())
    yield from (Message(**(row | {"sent_at": round(row["sent_at"].timestamp() * 1000)})) for row in found.messages.iter_rows(named=True))


def frames(opened: Opened, seen: Callable[[int], None]) -> Read:
    """Return the rows that have all that a message needs, and a problem for each other row."""
    try:
        table = _checked(opened)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError, OverflowError):
        table = None
    if table is None:
        return empty(opened.problem(0, "bad_parquet", _("Parquet 文件损坏，或列名、列类型不是消息表的。")))
    seen(table.height)
    good = pl.all_horizontal(pl.col(*_NEEDED).is_not_null())
    reason = pl.format(_("第 {line} 行缺少必填的列。").replace("{line}", "{}"), pl.col("line"))
    refused = table.filter(~good).select("file", "line", code=pl.lit("bad_row"), reason=reason)
    return empty()._replace(messages=table.filter(good), problems=refused)


def _checked(opened: Opened) -> pl.DataFrame | None:
    scan = pl.scan_parquet(opened.path, glob=False)
    have = scan.collect_schema()
    if set(_NEEDED) - set(have) or scan.select(pl.len()).collect().item() > MAX_ROWS:
        return None
    columns = [_column(name, kind, have).alias(name) for name, kind in MESSAGES.items() if name not in {"file", "line", "source"}]
    table = scan.select(columns).collect().with_columns(pl.lit(opened.name).alias("file"), pl.lit(SOURCE).alias("source"))
    return table.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64()).alias("line")).select(MESSAGES.names())


def _column(name: str, kind: pl.DataType, have: pl.Schema) -> pl.Expr:
    if name in have:
        return _known(name, pl.col(name).cast(kind))
    if isinstance(kind, pl.List):
        return pl.lit([], kind)
    return _DEFAULTS.get(name, pl.lit(None, kind))


def _known(name: str, column: pl.Expr) -> pl.Expr:
    if name == "chat":
        return pl.when(column.is_in([chat.value for chat in Chat])).then(column).otherwise(pl.lit(Chat.UNKNOWN.value))
    if name == "kind":
        return pl.when(column.is_in([kind.value for kind in Kind])).then(column).otherwise(pl.lit(Kind.OTHER.value))
    if isinstance(column, pl.Expr) and name in {"mentions", "attachments"}:
        return column.fill_null([])
    return column.fill_null(_DEFAULTS[name]) if name in _DEFAULTS else column
