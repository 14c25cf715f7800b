"""Which groups may be merged with which, and the facts as numbers that the plan reckons with."""

import polars as pl

from qingqun.findings.plan.limits import INTERNAL, Limits
from qingqun.findings.roster import keyed, members


def mergeable(facts: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Return the standing groups (ROSTER with g) that may be merged at all.

    Never parents', public or personal groups, nor one in which a secret mark was found; nor one whose unit or members are not known,
    because nobody can say then who would read what.
    """
    secret = keyed(facts.filter(pl.col("has_secret_mark")))["key"].unique().to_list() if "has_secret_mark" in facts.columns else []
    known = pl.col("unit").is_not_null() & (pl.col("members_from") == "list")
    return kept.filter(pl.col("kind").is_in(INTERNAL) & known & ~pl.col("key").is_in(secret))


def listed(
    facts: pl.DataFrame, memberships: pl.DataFrame, groups: pl.DataFrame, homes: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return `g`, `person`: the member lists of groups, people numbered from nought; and `homes` (person, unit) by the same numbers."""
    joined = members(facts.clear(), memberships).join(groups.select("key", "g"), on="key")
    numbered = joined.select(pl.col("g").cast(pl.Int64), person=pl.col("person").rank("dense").cast(pl.Int64) - 1)
    if homes is None:
        return numbered, None
    both = pl.DataFrame({"was": joined["person"], "person": numbered["person"]}).unique()
    return numbered, both.join(homes.rename({"person": "was"}), on="was").select("person", "unit")


def sent(facts: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return `g`, `notice_no`, `n`, `first`: how often each notice stands in each group, and since when; null: what is no notice."""
    said = keyed(facts.filter(pl.col("kind") != "system")).join(groups.select("key", "g"), on="key")
    counted = said.group_by(pl.col("g").cast(pl.Int64), "notice_no").agg(n=pl.len().cast(pl.Int64), first=pl.col("sent_at").min())
    return counted.sort("g", "notice_no")


def days(facts: pl.DataFrame) -> int:
    """Return how many days the messages span, at least one."""
    span = facts.select((pl.col("sent_at").max() - pl.col("sent_at").min()).dt.total_days()).item()
    return 1 + (span or 0)


def topics(people: pl.DataFrame, may: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Return `main`, `g`, the largest first: groups whose members are all in their unit's one main group on the same platform."""
    alone = pl.col("kind") == "main"
    one = may.filter(alone).filter(pl.len().over("unit") == 1).select("unit", "platform", main="g")
    asked = may.filter(~alone).join(one, on=["unit", "platform"]).select(pl.col("g").cast(pl.Int64), pl.col("main").cast(pl.Int64))
    sizes = people.group_by("g").agg(size=pl.len())
    mine = people.join(asked, on="g").join(people.select(main="g", person="person"), on=["main", "person"])
    inside = mine.group_by("main", "g").agg(common=pl.len())
    sized = inside.join(sizes, on="g").join(sizes.rename({"g": "main", "size": "of"}), on="main")
    fits = (pl.col("common") >= limits.inside * pl.col("size")) & (pl.col("size") >= limits.topic * pl.col("of"))
    return sized.filter(fits).sort("size", "main", "g", descending=[True, False, False]).select("main", "g")
