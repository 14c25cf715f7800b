"""What a rule is: a title, a reason, a scene, and one predicate over facts."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import narwhals as nw

from qingqun.words import Numbers

Expr = nw.Expr

__all__ = ["Expr", "Numbers", "Rule", "rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `subject` is the folder it lives in: messages, groups, accounts, apps or policies."""

    name: str
    subject: str
    title: str  # what a finding is called, Chinese
    reason: str  # the docstring: why, and what to do instead
    scene: str  # a little chat: lines with `!` must be found, the others not
    defaults: Numbers  # 产品默认, overridden by a pack
    product: bool  # rests on no clause: always judged, and never more than a hint
    predicate: Callable[..., Expr] = field(repr=False)
    within: str | None = None  # the wider rule whose breach this is too: a message that both hit is one finding
    instead: str = ""  # on policies: the lawful wording to put in its place
    limits: Mapping[str, str] = field(default_factory=dict)  # a number, and the fact it is the most of

    def numbers(self, numbers: Numbers | None = None) -> dict[str, int]:
        """Return the numbers the rule runs with: the pack's where it has them, else the rule's own defaults."""
        return {**self.defaults, **{k: v for k, v in (numbers or {}).items() if k in self.defaults}}

    def expression(self, numbers: Numbers | None = None) -> Expr:
        """Return the predicate with the pack's numbers, the rule's own defaults where the pack has none."""
        return self.predicate(self.numbers(numbers)) if self.defaults else self.predicate()


def rule(  # noqa: PLR0913  each is a word beside the rule, none has an order
    *,
    title: str,
    scene: str,
    numbers: Numbers | None = None,
    product: bool = False,
    within: str | None = None,
    instead: str = "",
    limits: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., Expr]], Rule]:
    """Turn a function over facts into a Rule; its name is the function's, its subject the folder's.

    `product` marks a rule of the product's own, for which no published clause was found. `within` names a wider rule of the same
    subject that forbids the same thing: where both hit, a finding is counted once, under the wider rule, at the stricter level, with
    the clauses of both. `instead` is the lawful wording beside a sentence that breaks a rule on policies. `limits` names the facts that
    numbers are the most of: a finding tells such a number only where it had a say.
    """

    def make(function: Callable[..., Expr]) -> Rule:
        return Rule(
            name=function.__name__,
            subject=function.__module__.split(".")[-2],
            title=title,
            reason=inspect.getdoc(function) or "",
            scene=inspect.cleandoc(scene),
            defaults=dict(numbers or {}),
            product=product,
            predicate=function,
            within=within,
            instead=instead,
            limits=dict(limits or {}),
        )

    return make
