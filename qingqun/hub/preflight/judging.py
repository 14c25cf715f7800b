"""The audit's own enrich and judge on a draft: the same columns, the same rules, the same verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import polars as pl

from qingqun.enrich import enrich
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight.ground import Ground
from qingqun.hub.preflight.history import message, table
from qingqun.judge import Binding, Judged, asked, judge, verdict
from qingqun.judge.waived import OF_UNIT
from qingqun.words import Message, Verdict


@dataclass(frozen=True, slots=True)
class Looked:
    """What is said about one text: the rules that hit, its facts by name, and the bindings behind the rules."""

    verdict: Verdict
    facts: dict[str, Any]
    bindings: tuple[Binding, ...]

    @property
    def rules(self) -> frozenset[str]:
        """Return the names of the rules that hit."""
        return frozenset(self.verdict.rules)


def look(draft: Message, ground: Ground) -> Looked:
    """Judge a draft after what stands before it; `draft.sent_at` is not before any of the history."""
    whole = pl.concat([ground.history, table([draft._replace(line=1 + int(ground.history["line"].max() or 0))])])  # type: ignore[arg-type]  # Int64
    judged = _judged(whole, ground)
    return _looked(judged, whole.height - 1)


def try_out(texts: Sequence[str], at: datetime, ground: Ground) -> list[Looked]:
    """Judge several wordings of one draft at once, each by itself: nothing stands before it."""
    rows = [message(text, to_ms(at), f"wording {number}", number, number) for number, text in enumerate(texts)]
    if not rows:
        return []
    judged = _judged(table(rows), ground)
    return [_looked(judged, number) for number in range(len(rows))]


def _judged(messages: pl.DataFrame, ground: Ground) -> Judged:
    facts = enrich(messages, ground.hours, asked("messages", ground.pack))
    return judge(facts.with_columns(pl.lit(ground.unit, pl.String).alias(OF_UNIT)), "messages", ground.pack)


def _looked(judged: Judged, row: int) -> Looked:
    frame = cast("pl.DataFrame", judged.frame)
    facts = frame.row(row, named=True)
    return Looked(verdict(judged, row), facts, tuple(one for one in judged.bindings if facts[one.column]))
