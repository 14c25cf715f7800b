"""What is said about a draft: each rule that hits, how strictly, by which clauses, and where in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from qingqun.enrich import labels
from qingqun.enrich.secrets import secret_span
from qingqun.findings.draft import FORESEEN, foreseen
from qingqun.findings.shown import BROAD, labels_read
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
    """Return what is to be said about a draft, the strictest first, each rule once."""
    spans = labels.spans(pl.Series([whole]))[0]
    hit = _together(looked.bindings)
    hit |= {rule: tuple(one for one in bound if one.rule.name == rule) for rule in foreseen(looked.facts, looked.rules)}
    found = [_remark(whole, rule, bindings, looked, spans) for rule, bindings in hit.items() if bindings]
    order = list(Level)
    return sorted(found, key=lambda one: (one.held, order.index(one.level), one.rule))


def _together(bindings: tuple[Binding, ...]) -> dict[str, tuple[Binding, ...]]:
    """Put the bindings of a rule together; what a wider rule hits too is said there."""
    rules = {one.rule.name for one in bindings}
    kept = [rule for rule in sorted(rules) if _alone(rule, bindings, rules)]
    return {rule: tuple(one for one in bindings if rule in (one.rule.name, one.rule.within)) for rule in kept}


def _alone(rule: str, bindings: tuple[Binding, ...], rules: set[str]) -> bool:
    return not any(one.rule.name == rule and one.rule.within in rules for one in bindings)


def _remark(whole: str, rule: str, bindings: tuple[Binding, ...], looked: Looked, spans: Mapping[str, Span]) -> Remark:
    first = bindings[0].rule
    order = list(Level)
    level = min((one.level for one in bindings), key=order.index)
    clauses = tuple({clause.id: clause for one in bindings for clause in one.clauses}.values())
    ahead, held = rule not in looked.rules, rule in HELD
    span = secret_span(whole) if rule == "secretmark" else _span(bindings[0], spans)
    said = Level.HINT if ahead or held else level
    return Remark(rule, first.title, first.reason, said, clauses, span, held, ahead)


def _span(binding: Binding, spans: Mapping[str, Span]) -> Span | None:
    wanted = [*labels_read(binding.rule), *(fact for fact, rule in FORESEEN.items() if rule == binding.rule.name)]
    return next((spans[name.removeprefix("is_")] for name in wanted if name not in BROAD and name.removeprefix("is_") in spans), None)


def with_rewrites(found: list[Remark], made: Mapping[str, Rewrite]) -> tuple[Remark, ...]:
    """Return the remarks with the wordings found for them."""
    return tuple(replace(one, rewrite=made.get(one.rule)) for one in found)
