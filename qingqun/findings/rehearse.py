"""Try the merges on what was really sent: who would get how much more, before anything is proposed."""

from collections import Counter

import polars as pl

from qingqun.findings.merge import Cluster, Greedy, Limits, Merge
from qingqun.findings.roster import keyed, members


def rehearse(facts: pl.DataFrame, memberships: pl.DataFrame, groups: pl.DataFrame, close: pl.DataFrame, limits: Limits) -> list[Merge]:
    """Take enriched messages, member lists, the standing groups (ROSTER with a number `g`) and the pairs; return made and refused merges.

    `notice_no` numbers the notices; a message without one is itself.
    """
    if close.is_empty():
        return []
    sent = keyed(facts.filter(pl.col("kind") != "system")).join(groups.select("key", "g"), on="key")
    people = members(facts.clear(), memberships).join(groups.select("key", "g"), on="key").select("g", "person")
    wanted = pl.concat([close["a"], close["b"]]).unique()
    days = _days(facts)
    greedy = Greedy(_clusters(sent, people.filter(pl.col("g").is_in(wanted.implode()))), _today(sent, people, days), days, limits)
    return [*greedy.run(close), *greedy.refused]


def _clusters(sent: pl.DataFrame, people: pl.DataFrame) -> dict[int, Cluster]:
    """Return each wanted group alone."""
    mine = sent.join(people.select("g").unique(), on="g", how="semi")
    rest = dict(mine.filter(pl.col("notice_no").is_null()).group_by("g").len().iter_rows())
    notices: dict[int, Counter[int]] = {}
    for g, notice, count in mine.drop_nulls("notice_no").group_by("g", "notice_no").len().iter_rows():
        notices.setdefault(g, Counter())[notice] = count
    sets = people.group_by("g").agg("person").sort("g")
    return {g: Cluster([g], set(person), notices.get(g, Counter()), rest.get(g, 0)) for g, person in sets.iter_rows()}


def _today(sent: pl.DataFrame, people: pl.DataFrame, days: int) -> dict[int, float]:
    """Return what each person gets a day in all their standing groups."""
    rates = sent.group_by("g").agg(pl.len().alias("n"))
    return dict(people.join(rates, on="g").group_by("person").agg(pl.col("n").sum() / days).iter_rows())


def _days(facts: pl.DataFrame) -> int:
    span = facts.select((pl.col("sent_at").max() - pl.col("sent_at").min()).dt.total_days()).item()
    return 1 + (span or 0)
