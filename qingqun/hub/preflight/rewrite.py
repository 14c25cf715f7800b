"""A lawful wording for each thing that is wrong: made from the author's own words, tried out on the judge, never put in by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import polars as pl

from qingqun.enrich.labels import label_texts
from qingqun.findings.wording.families import BESIDE, FAMILIES, Candidate
from qingqun.findings.wording.families import best as best_of
from qingqun.findings.wording.times import lawful
from qingqun.hub.models import Confirm
from qingqun.hub.preflight.ground import Ground
from qingqun.hub.preflight.judging import Looked, try_out
from qingqun.hub.preflight.words import parted
from qingqun.i18n import _

Span = tuple[int, int]

PLAIN = 0.3  # a wording above it only just slips by


class _Said(NamedTuple):
    looked: Looked
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Another wording and what changes with it. Where `confirm` or `deadline` is None, the draft's own stays."""

    title: str
    text: str
    note: str  # what the button does, for people
    confirm: Confirm | None = None
    deadline: datetime | None = None


def rewrites(  # noqa: PLR0913, PLR0917  what is known of a draft
    whole: str, looked: Looked, rules: Iterable[str], spans: Mapping[str, Span], at: datetime, ground: Ground
) -> dict[str, Rewrite]:
    """Return a lawful wording for each of these rules that one was found for."""
    due = lawful(at, ground.hours)
    made = {rule: best_of(FAMILIES[rule][0](whole, due)) for rule in rules if rule in FAMILIES}
    every = list(dict.fromkeys(one.text for candidates in made.values() for one in candidates))
    said = dict(zip(every, map(_Said, try_out(every, at, ground), label_texts(pl.Series(every, dtype=pl.String)).to_dicts()), strict=True))
    found = {}
    for rule, candidates in made.items():
        good = [one for one in candidates if _lawful(one, said[one.text], looked, rule)]
        if good:
            best = min(good, key=lambda one: _worth(one, said[one.text], looked, rule, spans.get(rule)))
            found[rule] = _rewrite(rule, best)
    return found


def _lawful(one: Candidate, said: _Said, before: Looked, rule: str) -> bool:
    """Tell whether the wording heals the rule and breaks no other."""
    fact, now = FAMILIES[rule][1], said.looked
    if rule in now.rules or not now.rules <= before.rules | BESIDE:
        return False
    if one.deadline is not None and now.facts["deadline"] != one.deadline:
        return False
    return not fact or not now.facts[fact]


def _worth(one: Candidate, said: _Said, before: Looked, rule: str, span: Span | None) -> tuple[bool, bool, bool, bool]:
    """Order the lawful ones: deadline and work stay, the cut is where the words are, the rule is plainly healed; then the shortest."""
    now, fact = said.looked, FAMILIES[rule][1].removeprefix("is_")
    lost = one.deadline is None and now.facts["deadline"] != before.facts["deadline"]
    barely = bool(fact) and said.scores[f"score_{fact}"] > PLAIN
    apart = span is not None and (one.end <= span[0] or span[1] <= one.start)
    return lost, bool(before.facts["is_work"]) and not now.facts["is_work"], apart, barely


def _rewrite(rule: str, one: Candidate) -> Rewrite:
    title, text = parted(one.text)
    return Rewrite(title, text, _note(rule, one), Confirm(one.confirm) if one.confirm else None, one.deadline)


def _note(rule: str, one: Candidate) -> str:
    return _("把时限改到下一个工作日下班") if one.deadline is not None else notes()[rule]


def notes() -> dict[str, str]:
    """Return what the desk offers for each rule that it has a lawful wording for, in words."""
    later = _("把时限改到下一个工作日下班")
    return {
        "replychain": _("删去这句，改为“点一下确认”，不在群里回复"),
        "instantreply": _("删去这句，改为“点一下确认”，不在群里回复"),
        "photoproof": _("不在群里收照片，改为答复，只有您看得到"),
        "forcedpromotion": _("改为自愿，不下指标"),
        "assessedpromotion": _("不排名，不作考核依据"),
        "shaming": _("不当众点名；发出后可单独提醒没有办的人"),
        "leaderpublicity": _("删去与办事无关的报道"),
        "overtime": later,
        "shortdeadline": later,
    }
