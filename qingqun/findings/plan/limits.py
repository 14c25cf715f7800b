"""What a merge may do, and which groups may be merged at all."""

from dataclasses import dataclass
from datetime import date

from qingqun.findings.clauses import in_force
from qingqun.judge.judge import bind
from qingqun.words import Pack

INTERNAL = ("main", "department", "topic", "special-task")  # parents', public and personal groups are never merged with anything


@dataclass(frozen=True, slots=True)
class Limits:
    """What a merge may do. `overlap` is the number of the rule of that name; the others are product defaults: no text gives them."""

    overlap: float = 0.7  # common members over all members of both, as the fact `overlap` has it
    given: bool = False  # a clause gives `overlap`
    share: float = 0.2  # of what a person gets today in all their groups: so much more a day, over all merges together
    least: float = 5.0  # messages a day more that anybody can bear, however quiet their groups are
    inside: float = 1.0  # of a group's members, so many are in the unit's one group: then it can be a topic of that
    topic: float = 0.5  # a topic's members are at least so many of the unit's one group: else most would read what is not theirs


def limits_of(pack: Pack, on: date) -> Limits:
    """Return the limits with the number of the rule `overlap`: of the pack's clauses in force, else the rule's own."""
    bound = [b for b in bind("groups", pack) if b.rule.name == "overlap" and any(in_force(c, on) for c in b.clauses)]
    if not bound:
        return Limits()
    least = min(bound, key=lambda b: b.numbers["percent"])  # with several, a finding is made by the lowest
    return Limits(overlap=least.numbers["percent"] / 100, given="percent" not in least.defaulted())
