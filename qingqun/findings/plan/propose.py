"""From judged tables to a plan.

Whether a group has outlived its task or is dormant is not decided here: the rules on groups have judged it, with the numbers of the
pack's clauses, and what they found is what is proposed, citing the same clauses. So the plan and the findings cannot differ. How
alike two groups must be is the number of the rule `overlap`.

A merge is refused when anybody would get too much more, because fewer groups with more messages is no relief. Parents', public,
personal and unregistered groups are never merged, and none in which a secret mark was found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from qingqun.findings.clauses import cited, in_force
from qingqun.findings.home import Units
from qingqun.findings.mask import Names
from qingqun.findings.plan.decide import Decided, decide
from qingqun.findings.plan.ended import EMPTY, ended, left_alone
from qingqun.findings.plan.ended import rows as ended_rows
from qingqun.findings.plan.fates import fates
from qingqun.findings.plan.forecast import Change, Span, forecast
from qingqun.findings.plan.limits import Limits, limits_of
from qingqun.findings.plan.loads import Loads, loads
from qingqun.findings.plan.may import days, listed, mergeable, sent, topics
from qingqun.findings.plan.merge import Merge, looked
from qingqun.findings.plan.noted import SHOWN, Noted, noted
from qingqun.findings.plan.overlap import pairs
from qingqun.findings.plan.reasons import Told, told
from qingqun.findings.suppress import FEW, counted
from qingqun.findings.table import FORECAST, PROPOSALS
from qingqun.judge.judge import Judged
from qingqun.words import Level, Pack

Clauses = Callable[[str], list[dict[str, str | None]]]
Named = Mapping[int, Mapping[str, Any]]
REASONS = {"merge": "overlap", "topic": "topic", "refused": "load"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The proposals (PROPOSALS), what becomes of every group (FATES), what it would bring (FORECAST), and the limits used.

    `rolled` has FORECAST, too: of each unit that has others below it, with all of them.
    """

    proposals: pl.DataFrame
    before: int  # groups
    after: int
    limits: Limits
    on: date
    fates: pl.DataFrame
    forecast: pl.DataFrame
    rolled: pl.DataFrame = field(default_factory=FORECAST.to_frame)


@dataclass(frozen=True, slots=True)
class Inspection:
    """The day of inspection (Shanghai), the judged register of groups (with the pack), limits in place of the pack's, the units.

    With `names`, the people to mask, notices that came twice are quoted; without, only their times are told.
    """

    on: date
    judged: Judged
    limits: Limits | None = None
    units: Units = field(default_factory=Units)
    names: Names | None = None


def propose(facts: pl.DataFrame, memberships: pl.DataFrame, roster: pl.DataFrame, inspection: Inspection) -> Plan:
    """Take enriched messages, member lists and the ROSTER; return what to dissolve, to merge, and which merges were refused."""
    on, pack = inspection.on, inspection.judged.pack
    limits = inspection.limits or limits_of(pack, on)
    standing = (
        roster.filter(pl.col("disbanded").is_null() | (pl.col("disbanded") > on))
        .with_row_index("g")
        .with_columns(pl.col("g").cast(pl.Int64))
    )
    gone = ended(standing, inspection.judged, on)
    kept = standing.filter(~pl.col("g").is_in(list(gone)))
    people, homes = listed(facts, memberships, standing, inspection.units.homes)
    said = sent(facts, standing)
    staying = people.join(kept.select("g"), on="g", how="semi")
    load = loads(staying, said.join(kept.select("g"), on="g", how="semi"), len(standing), days(facts))
    may = mergeable(facts, kept)
    theirs = staying.join(may.select("g"), on="g", how="semi")
    decided = decide(load, pairs(theirs, may, limits.overlap), topics(theirs, may, limits), limits)
    made = _made(decided, load)
    rows = ended_rows(gone, left_alone(gone, people)) + _rows(
        made, standing, noted(facts, said, made, inspection.names), (pack, on, limits)
    )
    becomes = {g: merge.groups[0] for action, merge in made if action != "refused" for g in merge.groups[1:]}
    change = Change(set(gone), decided.wholes)
    own, rolled = forecast(standing, people, said, change, Span(days(facts), Units(inspection.units.tree, homes)))
    return Plan(
        proposals=pl.DataFrame(rows, schema=PROPOSALS, orient="row"),
        before=len(standing),
        after=len(standing) - len(gone) - len(becomes),
        limits=limits,
        on=on,
        fates=fates(standing, set(gone), [(action, merge) for action, merge in made if action != "refused"]),
        forecast=own,
        rolled=rolled,
    )


def _made(decided: Decided, load: Loads) -> list[tuple[str, Merge]]:
    made = [("merge", looked(cluster, load)) for cluster in decided.merges]
    made += [("topic", looked(cluster, load, main)) for main, cluster in decided.topics]
    return made + [("refused", looked(cluster, load)) for cluster in decided.refused]


def _rows(made: list[tuple[str, Merge]], standing: pl.DataFrame, first: Noted, by: tuple[Pack, date, Limits]) -> list[dict[str, Any]]:
    pack, on, limits = by
    clauses = _clauses(pack, on)
    wanted = {g for _, merge in made for g in merge.groups}
    few = standing.filter(pl.col("g").is_in(list(wanted))).select("g", "key", "platform", "name", "unit", "kind")
    named = {row["g"]: row for row in few.iter_rows(named=True)}
    return [_row(action, merge, named, clauses, Told(limits, tuple(first[n] for n in merge.twice[:SHOWN]))) for action, merge in made]


def _clauses(pack: Pack, on: date) -> Clauses:
    """Where a rule has better clauses than hints, those are cited."""

    def of(reason: str) -> list[dict[str, str | None]]:
        mine = [c for c in pack.clauses if c.rule == reason and in_force(c, on)]
        return [cited(c) for c in mine if c.level is not Level.HINT] or [cited(c) for c in mine]

    return of


def _row(action: str, merge: Merge, named: Named, clauses: Clauses, how: Told) -> dict[str, Any]:
    target, *going = (named[g] for g in merge.groups)
    few = any(0 < people < FEW for people in (merge.moved, merge.exposed))
    across = target["kind"] != going[0]["kind"]
    return EMPTY | {
        "action": action,
        "reason": REASONS[action],
        "unit": target["unit"],
        "target": target["name"],
        "platform": target["platform"],
        "target_key": target["key"],
        "groups": [g["name"] for g in going],
        "platforms": [g["platform"] for g in going],
        "keys": [g["key"] for g in going],
        "people": None if few else merge.people,
        "moved": counted(merge.moved),
        "exposed": counted(merge.exposed),
        "overlap": int(merge.overlap * 10 + 1e-9) / 10 if few else merge.overlap,
        "net": None if few else merge.net,
        **{name: getattr(merge, name) for name in ("before", "after", "raised", "saved")},
        "twice": len(merge.twice),
        "explained": told(action, merge, target["name"], how, across=across),
        "clauses": clauses("overlap" if action == "topic" else REASONS[action]),
    }
