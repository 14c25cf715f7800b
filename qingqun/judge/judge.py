"""Facts and a pack in, one yes/no column per binding out; plus the rules that failed.

A binding is a rule with one set of numbers and the clauses that ask for exactly these. A rule is judged where the pack
has a clause for it; the product's own rules are always judged. Null counts as innocent and is filled here.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrame

from qingqun.enrich.facts.fact import Asked, noting
from qingqun.judge.discovery import rules
from qingqun.judge.rule import Rule
from qingqun.judge.waived import covered
from qingqun.words import Clause, Failure, Level, Numbers, Pack

FAULTS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, pl.exceptions.PolarsError)
"""What a broken rule raises, in Python, in narwhals (whose errors are ValueErrors) or in Polars."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One rule with the numbers it ran with, and the clauses that ask for it (none for a product rule)."""

    rule: Rule
    numbers: Numbers
    clauses: tuple[Clause, ...] = ()

    @property
    def column(self) -> str:
        """Name of the yes/no column: the rule's name, with the numbers where they are not the rule's own."""
        if self.numbers == self.rule.defaults:
            return self.rule.name
        return f"{self.rule.name}@" + ",".join(f"{k}={v}" for k, v in sorted(self.numbers.items()))

    @property
    def level(self) -> Level:
        """The strictest level of its clauses; without a clause a hint."""
        order = list(Level)
        return min((clause.level for clause in self.clauses), key=order.index, default=Level.HINT)

    def expression(self) -> nw.Expr:
        """Return the yes/no column to compute; null is innocent."""
        return self.rule.expression(self.numbers).fill_null(value=False).alias(self.column)

    def defaulted(self) -> tuple[str, ...]:
        """Return the numbers that no clause gives: 产品默认."""
        given = {name for clause in self.clauses for name in clause.numbers}
        return tuple(name for name in self.numbers if name not in given)


@dataclass(frozen=True, slots=True)
class Judged:
    """The facts with one Boolean column per binding. `frame` is of the kind that was given; a failed rule has no column."""

    frame: IntoFrame = field(repr=False)
    bindings: tuple[Binding, ...]
    failures: tuple[Failure, ...]
    pack: Pack = field(repr=False)


def bind(subject: str, pack: Pack) -> tuple[Binding, ...]:
    """Return the rules on this subject that the pack asks for, once for each set of numbers."""
    return tuple(binding for rule in rules(subject) for binding in _bind(rule, pack))


def _bind(rule: Rule, pack: Pack) -> Iterator[Binding]:
    groups: dict[tuple[tuple[str, int], ...], list[Clause]] = {}
    for clause in pack.clauses:
        if clause.rule == rule.name:
            groups.setdefault(tuple(sorted(rule.numbers(clause.numbers).items())), []).append(clause)
    if rule.product and not groups:
        yield Binding(rule, rule.numbers())
    for numbers, clauses in groups.items():
        yield Binding(rule, dict(numbers), tuple(clauses))


def asked(subject: str, pack: Pack) -> frozenset[Asked]:
    """Return the parametrised facts that judging with this pack needs: what `enrich` must be given.

    A rule that cannot say is passed over here; `judge` reports it as failed.
    """
    with noting() as noted:
        for binding in bind(subject, pack):
            with suppress(*FAULTS):
                binding.expression()
    return frozenset(noted)


def judge(facts: IntoFrame, subject: str, pack: Pack) -> Judged:
    """Judge a table of facts on any engine narwhals speaks to. A rule that raises becomes a Failure; the others go on.

    Each rule is tried on a table without rows first, so that a lazy engine's fault shows here and not when somebody reads on.
    """
    frame = nw.from_native(facts)
    empty = nw.from_native(nw.Schema(frame.collect_schema()).to_polars().to_frame())
    good: list[Binding] = []
    failures: list[Failure] = []
    for binding in bind(subject, pack):
        try:
            _try_out(binding, empty)
            waived = covered(binding.rule.name, pack, frame.collect_schema().names())
            frame = frame.with_columns(binding.expression() if waived is None else (binding.expression() & ~waived).alias(binding.column))
        except FAULTS as fault:
            failures.append(Failure(binding.rule.name, f"{type(fault).__name__}: {fault}".split("\n", 1)[0]))
        else:
            good.append(binding)
    return Judged(frame.to_native(), tuple(good), tuple(failures), pack)


def _try_out(binding: Binding, empty: nw.DataFrame[pl.DataFrame]) -> None:
    answer = empty.select(binding.expression()).schema[binding.column]
    if answer != nw.Boolean:
        raise TypeError(f"the rule answers {answer}, not yes or no")


def columns(bindings: Iterable[Binding]) -> list[str]:
    """Return the names of the yes/no columns."""
    return [binding.column for binding in bindings]
