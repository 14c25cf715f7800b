"""Which clauses a finding may cite: those in force on its day; and what they make of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from qingqun.judge.judge import Binding
from qingqun.words import Clause, Confidence, Level, Pack

ORDER = {Level.VIOLATION: 0, Level.WARNING: 1, Level.HINT: 2}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a hit is on a day: its level, the clauses in force with the strongest first, and the numbers of the deciding binding."""

    level: Level
    clauses: tuple[dict[str, str | None], ...]
    numbers: tuple[dict[str, Any], ...]


def judgement(bindings: Iterable[Binding], day: date, facts: Mapping[str, Any] | None = None) -> Judgement | None:
    """Weigh the bindings of one rule that were hit on a day (Shanghai). None where each of them has clauses and none is in force.

    A product rule has no clause: it is a hint. With the `facts` of the message (or what `conditions` made of them), only clauses that
    speak of it are cited, and only numbers that had a say are told.
    """
    standing = [(binding, _in_force(binding, day, facts)) for binding in bindings]
    valid = [(binding, clauses) for binding, clauses in standing if clauses or not binding.clauses]
    if not valid:
        return None
    clauses = sorted((c for _, bound in valid for c in bound), key=lambda c: (ORDER[c.level], c.id))
    deciding = min(valid, key=lambda pair: min((ORDER[c.level] for c in pair[1]), default=ORDER[Level.HINT]))
    level = clauses[0].level if clauses else Level.HINT
    once = {c.id: cited(c) for c in reversed(clauses)}  # two rules that are one breach may rest on the same clause
    return Judgement(level, tuple(once[name] for name in dict.fromkeys(c.id for c in clauses)), tuple(_numbers(*deciding, facts)))


def cited(clause: Clause) -> dict[str, str | None]:
    """Return a clause as the findings table holds it. The number stays out unless the clause was read in a published text."""
    return {
        "id": clause.id,
        "document": clause.document,
        "number": clause.number if clause.confidence is Confidence.VERIFIED else None,
        "text": clause.quoted or clause.text,
        "strength": clause.strength.value,
        "confidence": clause.confidence.value,
        "source": clause.source,
    }


def in_force(clause: Clause, day: date) -> bool:
    """Say whether a clause binds on a day; `until` is its last day."""
    return (clause.since is None or clause.since <= day) and (clause.until is None or day <= clause.until)


def standing(pack: Pack, day: date) -> Pack:
    """Return the pack as it stands on a day of inspection: what registers are judged by."""
    return replace(pack, clauses=tuple(clause for clause in pack.clauses if in_force(clause, day)), on=day)


def conditions(bindings: Iterable[Binding]) -> dict[str, pl.Expr]:
    """Return, by name, what of a message's facts decides which clauses are cited and which numbers told: one yes/no column each."""
    found: dict[str, pl.Expr] = {}
    for binding in bindings:
        found |= {clause.when: pl.col(clause.when) for clause in binding.clauses if clause.when}
        for name, fact in binding.rule.limits.items():
            most = binding.numbers[name]
            found[_within(fact, most)] = (pl.col(fact) <= most).fill_null(value=False)
    return found


def _within(fact: str, most: int) -> str:
    return f"{fact}<={most}"


def _in_force(binding: Binding, day: date, facts: Mapping[str, Any] | None) -> list[Clause]:
    standing = [clause for clause in binding.clauses if in_force(clause, day)]
    return [clause for clause in standing if facts is None or not clause.when or facts.get(clause.when) is not False]


def _numbers(binding: Binding, clauses: list[Clause], facts: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    given = {name for clause in clauses for name in clause.numbers}
    told = {name: value for name, value in binding.numbers.items() if facts is None or _had_a_say(binding, name, facts)}
    return [{"name": name, "value": value, "default": name not in given} for name, value in told.items()]


def _had_a_say(binding: Binding, name: str, facts: Mapping[str, Any]) -> bool:
    fact, most = binding.rule.limits.get(name), binding.numbers[name]
    if fact is None:
        return True
    weighed = facts.get(_within(fact, most))
    known = facts.get(fact)
    return bool(weighed) if weighed is not None else known is not None and known <= most
