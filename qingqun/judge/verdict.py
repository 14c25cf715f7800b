"""One row's verdict: the deciding rules, the rules that failed, the pack's revision and the input's hash."""

from hashlib import sha256

import narwhals as nw

from qingqun.judge.judge import Judged
from qingqun.words import Verdict


def input_hash(text: str) -> str:
    """Return the SHA-256 of a text as read, line ends unified."""
    return sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode()).hexdigest()


def verdict(judged: Judged, row: int = -1) -> Verdict:
    """Return the verdict on one row of a judged table, by default the last one (a draft stands after its history).

    The input is the message's text; a group's or an account's is its name. Raises IndexError for a row that is not there.
    """
    frame = nw.from_native(judged.frame)
    table = frame.collect(backend="polars") if isinstance(frame, nw.LazyFrame) else frame
    if not -len(table) <= row < len(table):
        raise IndexError(row)
    values = table.row(row % len(table))
    named = dict(zip(table.columns, values, strict=True))
    text = named.get("text", named.get("name", ""))
    deciding = dict.fromkeys(b.rule.name for b in judged.bindings if named[b.column])
    return Verdict(tuple(deciding), judged.failures, judged.pack.name, judged.pack.revision, input_hash(str(text)))
