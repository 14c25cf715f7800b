"""What each kind of finding has cost, and what mending it would save. In people times messages and minutes, never by person.

Minutes are the report's own formula (`weigh`). What a repair saves depends on what the rule is about, read from the facts it asks for:
a message that should have waited is still read, but in working time; a copy is not read again; a demand no longer asked for costs no
answer. Only findings whose people may be shown are counted, so that no sum tells of fewer than k.
"""

from collections.abc import Mapping

import polars as pl

from qingqun.findings.shown import labels_read
from qingqun.findings.suppress import FEW_SENSITIVE
from qingqun.findings.table import COSTS
from qingqun.findings.weigh import SECONDS_PER_REPLY
from qingqun.i18n import _
from qingqun.judge.rule import Rule

WAITS = {"in_worktime", "grade"}  # the message may be sent, later
ANSWERS = {"is_reply_demand", "receipts_since_demand", "seconds_since_receipt"}  # the message may be sent, without asking for an answer


def repair(rule: Rule) -> str:
    """Return what mending a rule's findings does: wait (sent in working time), quiet (no answer asked) or drop (not sent)."""
    read = set(labels_read(rule)) | set(rule.predicate.__code__.co_names)
    return "wait" if read & WAITS else "quiet" if read & ANSWERS else "drop"


def costs(findings: pl.DataFrame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Take FINDINGS and the rules by name; return COSTS, one row a rule of messages, in the order of names."""
    known = findings.filter((pl.col("subject") == "messages") & pl.col("people").is_not_null())
    off = (pl.col("grade") != "work").fill_null(value=False)
    answers = pl.col("people") * SECONDS_PER_REPLY / 60
    mends = pl.DataFrame(
        [(name, repair(rule)) for name, rule in rules.items()], schema={"rule": pl.String, "repair": pl.String}, orient="row"
    )
    told = known.join(mends, on="rule", how="left").with_columns(off=off, answers=answers)
    saved = pl.when(pl.col("repair") == "drop").then("minutes").when(pl.col("repair") == "quiet").then("answers").otherwise(0.0)
    counted = (
        told.with_columns(saves=saved)
        .group_by("rule", "title", "repair")
        .agg(
            findings=pl.len().cast(pl.Int64),
            pings=pl.col("people").sum(),
            minutes=pl.col("minutes").sum(),
            off_pings=pl.col("people").filter("off").sum(),
            off_minutes=pl.col("minutes").filter("off").sum(),
            saves_minutes=pl.col("saves").sum(),
            saves_off=pl.col("people").filter(pl.col("off") & (pl.col("repair") != "quiet")).sum(),
        )
    )
    return counted.sort("rule").select([pl.col(name).cast(kind) for name, kind in COSTS.items()])


def explained() -> str:
    """Return the reckoning as a sentence for people, made of the same numbers."""
    return _(
        "代价 = 涉及人数 × 每条估算分钟；非工作时间的另列。能省：应当等到上班再发的，不再打扰但仍要读；不该要求回复的，每人省 {reply} 秒；"
        "不该发的，全省。只算人数可以公布的问题（非工作时间的至少 {k} 人）。"
    ).format(reply=SECONDS_PER_REPLY, k=FEW_SENSITIVE)
