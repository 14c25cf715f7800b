"""A draft judged before it is sent, after all that was said before: what the audit will say of it, and what may be said instead."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, cast

import polars as pl

from qingqun.clock import BEIJING
from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.enrich import enrich, labels
from qingqun.findings.clauses import Judgement, judgement
from qingqun.findings.shown import deciding
from qingqun.findings.wording.families import BESIDE, FAMILIES, best
from qingqun.findings.wording.times import lawful
from qingqun.intake.mentions import mention
from qingqun.judge.judge import Binding, Judged, asked, judge
from qingqun.judge.rule import Rule
from qingqun.judge.spared import Spared, spared
from qingqun.judge.verdict import verdict
from qingqun.words import MESSAGES, Level, Message, Pack, Verdict

LATE = "\U0010fffd"  # a file's name that stands behind all others: the draft is the last message of its second
FORESEEN = {"is_reply_demand": "replychain"}
"""A fact of a draft, and the rule that the answers to it would break."""
OFF = ("offhours", "afterwork", "roundtheclock", "overnight", "parentsoffhours")
Added = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a draft is judged on: hours, pack, what stands before (MESSAGES), and who adds whose group each message is from.

    Where units have hours of their own (`others`), `timed` adds `hours_no`, the place in them of what a message stands under.
    """

    hours: Hours
    pack: Pack
    history: pl.DataFrame
    owned: Added = lambda facts: facts
    others: Sequence[Hours] = ()
    timed: Added = lambda messages: messages


class Remark(NamedTuple):
    """One rule that the draft breaks in one group. `words` decided; `instead` is a whole lawful text, `opens` a lawful moment.

    `foreseen`: not the draft breaks it, the answers it asks for would; always a hint.
    """

    group: str | None
    rule: str
    title: str
    judgement: Judgement
    reason: str
    words: str | None
    instead: str | None
    opens: datetime | None
    foreseen: bool = False

    @property
    def counts(self) -> bool:
        """Tell whether it is a finding: a hint is none."""
        return self.judgement.level is not Level.HINT


class Said(NamedTuple):
    """Everything that is said of a draft: remarks, the strictest first; one verdict a group; in how many groups each waiver let it pass."""

    remarks: tuple[Remark, ...]
    verdicts: tuple[Verdict, ...]
    spared: tuple[Spared, ...] = ()

    @property
    def passes(self) -> bool:
        """Tell whether nothing counts against it; a rule that failed is no pass."""
        return not any(one.counts for one in self.remarks) and not any(one.failed for one in self.verdicts)


def say(drafts: Sequence[Message], ground: Ground) -> Said:
    """Judge one text for its groups, a Message each, at their moment; what the history has later is left out."""
    before = ground.history.filter(pl.col("sent_at") <= _moments(drafts)["sent_at"].max())
    whole = ground.timed(pl.concat([before, _moments(drafts)]))
    judged = _judged(whole, ground)
    frame = cast("pl.DataFrame", judged.frame)
    rows = frame.with_row_index("place").filter(pl.col("file") == LATE)
    verdicts = tuple(verdict(judged, place) for place in rows["place"])
    own = _hours(whole, ground)
    found = [one for row in rows.iter_rows(named=True) for one in _remarks(row, judged, replace(ground, hours=own[row["line"]]))]
    order = list(Level)
    ordered = tuple(sorted(found, key=lambda one: (order.index(one.judgement.level), one.rule)))
    return Said(ordered, verdicts, tuple(one for one in spared(replace(judged, frame=rows)) if one.rows))


def _hours(whole: pl.DataFrame, ground: Ground) -> dict[int, Hours]:
    """Return whose hours each draft stands under, by its line."""
    lines = whole.filter(pl.col("file") == LATE)
    numbers = lines["hours_no"] if ground.others else [None] * lines.height
    return {line: ground.hours if number is None else ground.others[number] for line, number in zip(lines["line"], numbers, strict=True)}


def _moments(drafts: Sequence[Message]) -> pl.DataFrame:
    rows = [one._replace(file=LATE, line=line) for line, one in enumerate(drafts)]
    return mention(pl.DataFrame(rows, schema=MESSAGES, orient="row"))


def _judged(messages: pl.DataFrame, ground: Ground) -> Judged:
    facts = enrich(messages, ground.hours, asked("messages", ground.pack), ground.others if "hours_no" in messages.columns else ())
    return judge(ground.owned(facts), "messages", ground.pack)


def _remarks(row: Mapping[str, Any], judged: Judged, ground: Ground) -> Iterator[Remark]:
    """Yield a remark for each rule that a row breaks, on the clauses in force that day.

    An answer breaks nothing itself: the audit puts what it adds to the notice that asked.
    """
    if row["asked_by"] is not None:
        return
    hit = [one for one in judged.bindings if row[one.column]]
    rules = {one.rule.name for one in hit}
    spans = labels.spans(pl.Series([row["text"]]))[0]
    for rule, mine in together(hit).items():
        if weighed := judgement(mine, _day(row), row):
            yield _remark(rule, mine, weighed, row, spans)._replace(
                instead=_instead(rule, row, rules, ground), opens=_opens(rule, row, ground)
            )
    for rule in foreseen(row, rules):
        mine = tuple(one for one in judged.bindings if one.rule.name == rule)
        if weighed := judgement(mine, _day(row), row):
            said = _remark(rule, mine, replace(weighed, level=Level.HINT), row, spans)
            yield said._replace(instead=_instead(rule, row, rules, ground), foreseen=True)


def foreseen(facts: Mapping[str, Any], rules: Container[str]) -> list[str]:
    """Return the rules that the answers to a text would break, where it breaks none of these itself (`rules`) and is no emergency."""
    if facts["is_emergency"] or "instantreply" in rules:
        return []
    return [rule for fact, rule in FORESEEN.items() if facts[fact] and rule not in rules]


def together(hit: Iterable[Binding]) -> dict[str, tuple[Binding, ...]]:
    """Put the bindings of a rule together, its own first; what a wider rule hits too is said there. In the order of names."""
    found = tuple(hit)
    rules = {one.rule.name for one in found}
    kept = sorted({one.rule.name for one in found if one.rule.within not in rules})
    ordered = sorted(found, key=lambda one: one.rule.within in rules)
    return {rule: tuple(one for one in ordered if rule in (one.rule.name, one.rule.within)) for rule in kept}


def span_of(rule: Rule, spans: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Return the words of a draft that break a rule, or that ask for what would; None where the whole is meant."""
    return deciding(rule, spans, (fact for fact, ahead in FORESEEN.items() if ahead == rule.name))


def _remark(rule: str, mine: Sequence[Binding], weighed: Judgement, row: Mapping[str, Any], spans: Mapping[str, tuple[int, int]]) -> Remark:
    first = mine[0].rule
    span = None if rule == "secretmark" else span_of(first, spans)
    words = row["text"][slice(*span)] if span else None
    return Remark(row["group_name"], rule, first.title, weighed, first.reason, words, None, None)


def _opens(rule: str, row: Mapping[str, Any], ground: Ground) -> datetime | None:
    return answer(row["sent_at"].astimezone(BEIJING), ground.hours).next_open if rule in OFF else None


def _day(row: Mapping[str, Any]) -> date:
    return cast("datetime", row["sent_at"]).astimezone(BEIJING).date()


def _instead(rule: str, row: Mapping[str, Any], rules: set[str], ground: Ground) -> str | None:
    """Return the first wording that heals the rule and breaks no other, each tried alone in its own group; None where none does."""
    if rule not in FAMILIES:
        return None
    make, fact = FAMILIES[rule]  # the first line is a title: here none
    candidates = best(make("\n" + row["text"], lawful(row["sent_at"], ground.hours)))
    texts = list(dict.fromkeys(one.text.lstrip("\n") for one in candidates))
    if not texts:
        return None
    base = {name: row[name] for name in MESSAGES}
    tried = [base | {"text": text, "group_id": None, "group_name": f"wording {n}", "line": n} for n, text in enumerate(texts)]
    judged = _judged(pl.DataFrame(tried, schema=MESSAGES), Ground(ground.hours, ground.pack, ground.history.clear()))
    frame = cast("pl.DataFrame", judged.frame)
    columns = {one.column: one.rule.name for one in judged.bindings}
    for number, said in enumerate(frame.sort("line").iter_rows(named=True)):
        broken = {name for column, name in columns.items() if said[column]}
        if rule not in broken and broken <= rules | BESIDE and not (fact and said[fact]):
            return texts[number]
    return None
