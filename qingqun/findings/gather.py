"""From judged tables to findings: which group, which unit, which office; which clause, how strong, on what evidence.

Everything is done on columns; Python sees only what is distinct: the texts that are quoted, and the bindings hit on a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

import polars as pl

from qingqun.enrich.facts.fact import noting
from qingqun.findings.attribute import hits
from qingqun.findings.clauses import conditions, judgement
from qingqun.findings.mask import Names
from qingqun.findings.roster import keyed
from qingqun.findings.shown import Spans, with_quotes
from qingqun.findings.suppress import FEW, FEW_SENSITIVE
from qingqun.findings.sure import Scores, with_scores
from qingqun.findings.table import FINDINGS, Gathered
from qingqun.findings.weigh import minutes
from qingqun.judge.judge import Binding, Judged
from qingqun.judge.verdict import input_hash
from qingqun.words import SHANGHAI, Level

SAME = ["rule", "order"]  # one finding: one rule, one message


@dataclass(frozen=True, slots=True)
class Scene:
    """What gathering from messages needs besides the verdicts: the ROSTER, the names to mask, and where a label stands in a text."""

    roster: pl.DataFrame
    names: Names
    spans: Spans
    scores: Scores | None = None  # label scores of texts; without them no case is surer than another


def messages(judged: Judged, scene: Scene) -> Gathered:
    """Return the findings and hints of judged messages (`judged.frame` is a Polars frame with the facts)."""
    facts = cast("pl.DataFrame", judged.frame)
    bindings = {binding.column: binding for binding in judged.bindings}
    if not bindings or facts.is_empty():
        return Gathered.nothing()
    found = hits(keyed(facts), list(bindings), {column: length for column, binding in bindings.items() if (length := _burst(binding))})
    placed = _one_a_rule(found, bindings).join(_places(scene.roster), on="key", how="left")
    rules = {b.rule.name: b.rule for b in judged.bindings}
    scored = with_scores(_counted(_dated(placed)), rules, scene.scores)
    return _split(_signed(with_quotes(scored, rules, scene.names, scene.spans), judged, bindings), "messages")


def gather(said: Judged, scene: Scene, registers: Mapping[str, Judged], on: date) -> Gathered:
    """Return all findings and hints: of judged messages, and of judged groups, accounts and apps at the day of inspection (Shanghai)."""
    both = messages(said, scene)
    for subject, judged in registers.items():
        both = both.plus(registered(judged, subject, on))
    return both


def registered(judged: Judged, subject: str, on: date) -> Gathered:
    """Return the findings of judged groups, accounts or apps (`subject`) at the day of inspection. Nothing is quoted."""
    frame = cast("pl.DataFrame", judged.frame)
    bindings = {binding.column: binding for binding in judged.bindings}
    if not bindings or frame.is_empty():
        return Gathered.nothing()
    rows = frame.with_row_index("order").with_columns(_null(name) for name in (*FINDINGS, "members") if name not in frame.columns)
    people = pl.col("members").cast(pl.Int64)
    rows = rows.with_columns(
        day=pl.lit(on), group="name", evidence=pl.lit(1, pl.Int64), text="name", few=(people < FEW).fill_null(value=False)
    )
    hit = [rows.filter(column).drop(list(bindings)).with_columns(column=pl.lit(column)) for column in bindings]
    counted = pl.concat(hit).with_columns(people=pl.when(people >= FEW).then(people))
    return _split(_signed(_one_a_rule(counted, bindings), judged, bindings), subject)


def _null(name: str) -> pl.Expr:
    return pl.lit(None, FINDINGS.get(name, pl.Int64())).alias(name)


def _burst(binding: Binding) -> int:
    """Return how many messages make the burst a rule is about: it asks for an earlier message by its number. 0: it is about none."""
    with noting() as asked:
        binding.rule.expression(binding.numbers)
    return max((one.n + 1 for one in asked), default=0)


def _one_a_rule(found: pl.DataFrame, bindings: Mapping[str, Binding]) -> pl.DataFrame:
    """Put the bindings of one rule that hit the same row together: one finding with all their clauses."""
    rules = [b.rule for b in bindings.values()]
    named = {"column": list(bindings), "rule": [r.name for r in rules], "wider": [r.within for r in rules]}
    names = pl.DataFrame(named, schema=dict.fromkeys(named, pl.String))
    ruled = _widened(found.drop("rule", strict=False).join(names, on="column", maintain_order="left"))
    together = pl.col("column").alias("columns"), pl.col("evidence").max(), pl.exclude("column", "evidence").first()
    return ruled.group_by(SAME, maintain_order=True).agg(*together)


def _widened(ruled: pl.DataFrame) -> pl.DataFrame:
    """Count what a wider rule hit too under the wider rule: the same breach is one finding."""
    both = ruled.select("order", wider="rule").unique().with_columns(also=pl.lit(value=True))
    joined = ruled.join(both, on=["order", "wider"], how="left", maintain_order="left")
    return joined.with_columns(rule=pl.when("also").then("wider").otherwise("rule")).drop("wider", "also")


def _places(roster: pl.DataFrame) -> pl.DataFrame:
    return roster.select("key", "unit", "owner_office", pl.col("name").alias("group"), pl.col("members").alias("people"))


def _dated(placed: pl.DataFrame) -> pl.DataFrame:
    return placed.with_columns(
        day=pl.col("sent_at").dt.convert_time_zone(SHANGHAI).dt.date(),
        at="sent_at",
        calendar="year_status",
        text=pl.when("quotable").then("text"),  # else the text may be an answer's, and answers leave no trace
    )


def _counted(placed: pl.DataFrame) -> pl.DataFrame:
    sensitive = pl.col("is_shaming") | ~pl.col("in_worktime").fill_null(value=True)
    k = pl.when(sensitive).then(FEW_SENSITIVE).otherwise(FEW)
    cost = minutes(pl.col("text").str.len_chars(), pl.col("is_reply_demand"))
    few = (pl.col("people") < k).fill_null(value=False)
    return placed.with_columns(few=few).with_columns(
        people=pl.when(~pl.col("few")).then("people"), minutes=pl.when(~pl.col("few")).then(pl.col("people") * cost)
    )


def _signed(found: pl.DataFrame, judged: Judged, bindings: Mapping[str, Binding]) -> pl.DataFrame:
    """Add clauses, level and numbers, worked out once per set of bindings and day, and the finding's id; drop what no clause forbids."""
    said = conditions(bindings.values())
    found = found.with_columns(why=pl.struct(pl.col("day"), *(what.alias(name) for name, what in said.items())))
    distinct = found.select("columns", "day", "why").unique(maintain_order=True)
    rows = [row for columns, day, why in distinct.iter_rows() if (row := _row(columns, day, why, bindings))]
    added = {name: FINDINGS[name] for name in ("title", "level", "clauses", "numbers")}
    schema: dict[str, Any] = {"columns": pl.List(pl.String), "day": pl.Date, "why": found.schema["why"], **added}
    weighed = pl.DataFrame(rows, schema=schema, orient="row")
    kept = found.drop(*added, strict=False).join(weighed, on=["columns", "day", "why"], maintain_order="left")
    hashes = [text if text is None else input_hash(text) for text in kept["text"]]
    hashed = kept.with_columns(input_hash=pl.Series(hashes, dtype=pl.String))
    seeds = hashed.select(pl.concat_str(_seed(), separator="\x1f")).to_series()
    ids = [sha256(seed.encode()).hexdigest()[:10] for seed in seeds]
    pack = judged.pack
    return hashed.with_columns(id=pl.Series(ids, dtype=pl.String), pack=pl.lit(pack.title), revision=pl.lit(pack.revision))


def _row(columns: list[str], day: date, why: Mapping[str, bool] | None, bindings: Mapping[str, Binding]) -> tuple[object, ...] | None:
    hit = [bindings[column] for column in columns]
    found = judgement(hit, day, why)
    widest = next((b.rule for b in hit if b.rule.within is None), hit[0].rule)
    return (columns, day, why, widest.title, found.level.value, found.clauses, found.numbers) if found else None


def _seed() -> list[pl.Expr]:
    return [pl.col(name).cast(pl.String).fill_null("") for name in ("rule", "platform", "group", "unit", "at", "input_hash")]


def _split(found: pl.DataFrame, subject: str) -> Gathered:
    table = found.with_columns(subject=pl.lit(subject)).select([pl.col(name).cast(dtype) for name, dtype in FINDINGS.items()])
    hint = pl.col("level") == Level.HINT.value
    return Gathered(table.filter(~hint), table.filter(hint)).plus(Gathered.nothing())
