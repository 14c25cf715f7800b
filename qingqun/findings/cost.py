"""What each finding has cost, and what mending it would save. In people times messages and minutes, never by person.

Minutes are the report's own formula (`weigh`). What a repair saves depends on what the rule is about, read from the facts it asks for:
a message that should have waited is still read, but in working time; a copy is not read again; a demand no longer asked for costs no
answer; of messages put into one, each further one costs no looking up; more time, or fewer words, save nothing that is known.
Only findings whose people may be shown are counted, so that no sum tells of fewer than k.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from qingqun.findings.shown import labels_read
from qingqun.findings.suppress import FEW_SENSITIVE
from qingqun.findings.table import COSTS
from qingqun.findings.weigh import SECONDS_PER_PING, SECONDS_PER_REPLY
from qingqun.i18n import _
from qingqun.judge.rule import Rule

REPAIRS = {  # by the facts a rule reads, the plainest first: what mending its findings does
    "bundle": {"seconds_since_earlier"},
    "later": {"seconds_to_deadline", "seconds_to_close", "due_before_next_workday", "is_overnight", "wants_at_once"},
    "shorten": {"characters"},
    "wait": {"in_worktime", "grade", "offhours_days"},
    "quiet": {"is_reply_demand", "receipts_since_demand", "seconds_since_receipt"},
}
SPARES = ("drop", "wait", "bundle")  # repairs after which a message outside working time disturbs nobody
MESSAGE = ("platform", "group", "at", "input_hash")  # what several findings may be about
SUMS = ("pings", "minutes", "off_pings", "off_minutes", "saves_minutes", "saves_off")


@dataclass(frozen=True, slots=True)
class Once:
    """All findings together, each message counted once, with the repair that saves most: the fields of COSTS."""

    findings: int
    pings: int
    minutes: float
    off_pings: int
    off_minutes: float
    saves_minutes: float
    saves_off: int


def repair(rule: Rule) -> str:
    """Return what mending a rule's findings does: one of REPAIRS, or drop (not sent)."""
    read = set(labels_read(rule)) | set(rule.predicate.__code__.co_names)
    return next((name for name, facts in REPAIRS.items() if read & facts), "drop")


def priced(findings: pl.DataFrame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Add `repair` and SUMS to FINDINGS; null where a finding is about no message, or its people may not be shown."""
    counts = (pl.col("subject") == "messages") & pl.col("people").is_not_null()
    off = (pl.col("grade") != "work").fill_null(value=False)
    mends = [(name, repair(rule)) for name, rule in rules.items()]
    schema = {"rule": pl.String(), "repair": pl.String()}
    told = findings.join(pl.DataFrame(mends, schema=schema, orient="row"), on="rule", how="left", maintain_order="left")
    minutes, nobody = pl.col("minutes").fill_null(0.0), pl.lit(0, pl.Int64)
    seconds = pl.col("repair").replace_strict({"quiet": SECONDS_PER_REPLY, "bundle": SECONDS_PER_PING}, default=0)
    sums = {
        "pings": pl.col("people"),
        "minutes": minutes,
        "off_pings": pl.when(off).then("people").otherwise(nobody),
        "off_minutes": pl.when(off).then(minutes).otherwise(0.0),
        "saves_minutes": pl.when(pl.col("repair") == "drop").then(minutes).otherwise(pl.col("people") * seconds / 60),
        "saves_off": pl.when(off & pl.col("repair").is_in(SPARES)).then("people").otherwise(nobody),
    }
    return told.with_columns(pl.when(counts).then(value).cast(COSTS[name]).alias(name) for name, value in sums.items())


def costs(findings: pl.DataFrame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Take FINDINGS and the rules by name; return COSTS, one row a rule of messages, in the order of names."""
    known = priced(findings, rules).drop_nulls("pings")
    counted = known.group_by("rule", "title", "repair").agg(pl.len().alias("findings"), pl.col(SUMS).sum())
    return counted.sort("rule").select([pl.col(name).cast(kind) for name, kind in COSTS.items()])


def once(findings: pl.DataFrame, rules: Mapping[str, Rule]) -> Once:
    """Take FINDINGS and the rules by name; return what all of them cost and would save together."""
    known = priced(findings, rules).drop_nulls("pings")
    each = known.group_by(MESSAGE).agg(pl.col(SUMS).max())
    sums = each.select(pl.col(SUMS).sum()).row(0, named=True)
    return Once(findings=len(known), **sums)


def explained() -> str:
    """Return the reckoning as a sentence for people, made of the same numbers."""
    return _(
        "代价 = 涉及人数 × 每条估算分钟；非工作时间的另列。能省：应当等到上班再发的，不再打扰但仍要读；不该要求回复的，每人省 {reply} 秒；"
        "几条并成一条的，每人省 {ping} 秒；不该发的，全省；放宽时限、写短的，不计。只算人数可以公布的问题（非工作时间的至少 {k} 人）。"
    ).format(reply=SECONDS_PER_REPLY, ping=SECONDS_PER_PING, k=FEW_SENSITIVE)
