"""What is said about a draft: each rule that hits, how strictly, by which clauses, and where in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from qingqun.clock import BEIJING
from qingqun.enrich import labels
from qingqun.enrich.secrets import secret_span
from qingqun.findings.clauses import judgement
from qingqun.findings.draft import foreseen, span_of, together
from qingqun.hub.preflight.judging import Looked
from qingqun.hub.preflight.rewrite import Rewrite
from qingqun.judge.judge import Binding
from qingqun.words import Clause, Level

Span = tuple[int, int]
HELD = frozenset({"offhours", "afterwork", "roundtheclock"})
"""What these rules forbid the hub does not do: it holds the notice until each reader's work opens."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say. `span` counts code points of title, line feed, text; None where the whole is meant."""

    rule: str
    title: str
    reason: str
    level: Level
    clauses: tuple[Clause, ...]
    span: Span | None
    held: bool = False  # the hub's own hold takes care of it
    foreseen: bool = False  # not yet broken: the answers would
    rewrite: Rewrite | None = None


def remarks(whole: str, looked: Looked, bound: tuple[Binding, ...]) -> list[Remark]:
    """Return what is to be said about a draft, the strictest first, each rule once: as the audit will say it of the notice.

    What only answers another notice breaks nothing itself.
    """
    if looked.facts["asked_by"] is not None:
        return []
    spans = labels.spans(pl.Series([whole]))[0]
    ahead = {rule: tuple(one for one in bound if one.rule.name == rule) for rule in foreseen(looked.facts, looked.rules)}
    found = [
        said for rule, bindings in (together(looked.bindings) | ahead).items() if (said := _remark(whole, rule, bindings, looked, spans))
    ]
    order = list(Level)
    return sorted(found, key=lambda one: (one.held, order.index(one.level), one.rule))


def _remark(whole: str, rule: str, bindings: tuple[Binding, ...], looked: Looked, spans: Mapping[str, Span]) -> Remark | None:
    weighed = judgement(bindings, looked.facts["sent_at"].astimezone(BEIJING).date(), looked.facts)
    if weighed is None:
        return None
    first, ahead, held = bindings[0].rule, rule not in looked.rules, rule in HELD
    known = {clause.id: clause for one in reversed(bindings) for clause in one.clauses}
    clauses = tuple(replace(known[str(cited["id"])], text=str(cited["text"])) for cited in weighed.clauses)
    span = secret_span(whole) if rule == "secretmark" else span_of(first, spans)
    return Remark(rule, first.title, first.reason, Level.HINT if ahead or held else weighed.level, clauses, span, held, ahead)


def with_rewrites(found: list[Remark], made: Mapping[str, Rewrite]) -> tuple[Remark, ...]:
    """Return the remarks with the wordings found for them."""
    return tuple(replace(one, rewrite=made.get(one.rule)) for one in found)
