"""Which clauses a finding may cite: those in force on its day; and what they make of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qingqun.judge.judge import Binding
from qingqun.words import Clause, Confidence, Level, Pack

ORDER = {Level.VIOLATION: 0, Level.WARNING: 1, Level.HINT: 2}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a hit is on a day: its level, the clauses in force with the strongest first, and the numbers of the deciding binding."""

    level: Level
    clauses: tuple[dict[str, str | None], ...]
    numbers: tuple[dict[str, Any], ...]


def judgement(bindings: Iterable[Binding], day: date) -> Judgement | None:
    """Weigh the bindings of one rule that were hit on a day (Shanghai). None where each of them has clauses and none is in force.

    A product rule has no clause: it is a hint.
    """
    standing = [(binding, _in_force(binding, day)) for binding in bindings]
    valid = [(binding, clauses) for binding, clauses in standing if clauses or not binding.clauses]
    if not valid:
        return None
    clauses = sorted((c for _, bound in valid for c in bound), key=lambda c: (ORDER[c.level], c.id))
    deciding = min(valid, key=lambda pair: min((ORDER[c.level] for c in pair[1]), default=ORDER[Level.HINT]))
    level = clauses[0].level if clauses else Level.HINT
    once = {c.id: cited(c) for c in reversed(clauses)}  # two rules that are one breach may rest on the same clause
    return Judgement(level, tuple(once[name] for name in dict.fromkeys(c.id for c in clauses)), tuple(_numbers(*deciding)))


def cited(clause: Clause) -> dict[str, str | None]:
    """Return a clause as the findings table holds it. The number stays out unless the clause was read in a published text."""
    return {
        "id": clause.id,
        "document": clause.document,
        "number": clause.number if clause.confidence is Confidence.VERIFIED else None,
        "text": clause.text,
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


def _in_force(binding: Binding, day: date) -> list[Clause]:
    return [clause for clause in binding.clauses if in_force(clause, day)]


def _numbers(binding: Binding, clauses: list[Clause]) -> list[dict[str, Any]]:
    given = {name for clause in clauses for name in clause.numbers}
    return [{"name": name, "value": value, "default": name not in given} for name, value in binding.numbers.items()]
