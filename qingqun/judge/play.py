"""Play a rule's scene through the same facts and the same judge as everything else."""

from collections.abc import Callable
from dataclasses import dataclass

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrame

from qingqun.clock.hours import Hours
from qingqun.enrich.accounts import accounts
from qingqun.enrich.apps import apps
from qingqun.enrich.groups import groups
from qingqun.enrich.policies import POLICIES, policies
from qingqun.enrich.table import enrich
from qingqun.judge.judge import Judged, asked, judge
from qingqun.judge.rule import Rule
from qingqun.judge.scene import INSPECTED, Scene, parse
from qingqun.words import ACCOUNTS, APPS, GROUPS, MEMBERSHIPS, MESSAGES, Clause, Confidence, Pack, Strength

Engine = Callable[[pl.DataFrame], IntoFrame]


@dataclass(frozen=True, slots=True)
class Played:
    """A scene's lines by number: those to be found and those found."""

    scene: Scene
    expected: frozenset[int]
    found: frozenset[int]


def alone(rule: Rule) -> Pack:
    """Return a pack with this rule only, with its own numbers."""
    clause = Clause("scene", rule.name, rule.title, "", "", rule.reason, None, Strength.SOFT, Confidence.VERIFIED, "")
    return Pack("scene", rule.title, (clause,), "")


def tables(scene: Scene) -> dict[str, pl.DataFrame]:
    """Return a scene's records as tables with the schemas of words.py."""
    return {
        "messages": pl.DataFrame(scene.messages, schema=MESSAGES, orient="row"),
        "groups": pl.DataFrame(scene.groups, schema=GROUPS, orient="row"),
        "accounts": pl.DataFrame(scene.accounts, schema=ACCOUNTS, orient="row"),
        "apps": pl.DataFrame(scene.apps, schema=APPS, orient="row"),
        "memberships": pl.DataFrame(scene.memberships, schema=MEMBERSHIPS, orient="row"),
    }


def facts(rule: Rule, scene: Scene, hours: Hours | None = None) -> pl.DataFrame:
    """Return the facts of the rule's subject. Raises KeyError for a subject that has no facts yet."""
    read = tables(scene)
    talk = enrich(read["messages"], hours or Hours.default(), asked(rule.subject, alone(rule)))
    if rule.subject == "messages":
        return talk
    if rule.subject == "groups":
        return groups(read["groups"], talk, read["memberships"], INSPECTED)
    if rule.subject == "policies":
        return policies(pl.DataFrame(scene.sentences, schema=POLICIES, orient="row"))
    if rule.subject == "apps":
        return apps(read["apps"], talk, INSPECTED)
    return {"accounts": accounts(read["accounts"], INSPECTED)}[rule.subject]


def play(rule: Rule, engine: Engine = lambda frame: frame, hours: Hours | None = None) -> Played:
    """Judge the rule's scene, on Polars or on the engine given. Raises RuntimeError for a rule that fails."""
    scene = parse(rule.scene)
    judged = judge(engine(facts(rule, scene, hours)), rule.subject, alone(rule))
    return Played(scene, scene.marked, _found(judged, rule))


def _found(judged: Judged, rule: Rule) -> frozenset[int]:
    failed = [failure for failure in judged.failures if failure.rule == rule.name]
    if failed:
        raise RuntimeError(failed[0].reason)
    columns = [b.column for b in judged.bindings if b.rule is rule]
    frame = nw.from_native(judged.frame).select("line", *columns)
    table = frame.collect(backend="polars") if isinstance(frame, nw.LazyFrame) else frame
    return frozenset(line for line, *yes in table.iter_rows() if any(yes))
