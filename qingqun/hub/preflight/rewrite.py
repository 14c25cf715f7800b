"""A lawful wording for each thing that is wrong: made from the author's own words, tried out on the judge, never put in by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import polars as pl

from qingqun.enrich.labels import label_texts
from qingqun.findings.wording.families import ANSWER, BESIDE, FAMILIES, INSTEAD, Candidate
from qingqun.findings.wording.families import best as best_of
from qingqun.findings.wording.heal import KINDS, REPLIES, Healed, heal, kept_clauses
from qingqun.findings.wording.times import lawful
from qingqun.hub.models import Confirm
from qingqun.hub.preflight.ground import Ground
from qingqun.hub.preflight.judging import Looked, try_out
from qingqun.hub.preflight.words import parted
from qingqun.i18n import _

Span = tuple[int, int]

_PRESSING = ("forcedpromotion", "assessedpromotion")
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
    hollow: bool = False  # what was asked may not be asked at all: nothing that anybody has to do is left


def whole_rewrite(whole: str, looked: Looked, rules: Iterable[str], at: datetime, ground: Ground) -> Rewrite | None:
    """Return one wording without what these rules forbid to ask or say, the rest as it stands; None where none was found."""
    wanted = [rule for rule in rules if rule in KINDS]
    kinds = {KINDS[rule] for rule in wanted} | ({REPLIES} if len(wanted) > 1 else set())  # many words hide a 收到请回复 among them
    made = heal(whole, kinds) if wanted else []
    tried = zip(made, try_out([one.text for one in made], at, ground), strict=True)
    for one, now in tried:
        healed = not any(rule in now.rules or now.facts[FAMILIES[rule][1]] for rule in wanted)
        if healed and now.rules <= looked.rules | BESIDE:
            return _healed(one, _till(one, wanted, looked, now))
    return None


def _healed(made: Healed, till: datetime | None) -> Rewrite:
    title, text = parted(made.text)
    confirm = Confirm.NONE if made.hollow else Confirm(made.confirm) if made.confirm else None
    return Rewrite(title, text, _hollow() if made.hollow else _kept(), confirm, till, made.hollow)


def _till(made: Healed, rules: list[str], before: Looked, now: Looked) -> datetime | None:
    """Return by when to confirm, where the text said it only beside its demand for 收到; haste is no time."""
    if not made.timed or "instantreply" in rules or now.facts["deadline"] is not None:
        return None
    found: datetime | None = before.facts["deadline"]
    return found


def _hollow() -> str:
    return _("原文要求办的事本身就不能要求：改成自愿以后，没有要大家办的事了。可以不发；要发，请写明真正要办什么。")


def _kept() -> str:
    return _("只去掉不能要求的，要办的事和时限都留着")


def rewrites(  # noqa: PLR0913, PLR0917  what is known of a draft
    whole: str, looked: Looked, rules: Iterable[str], spans: Mapping[str, Span], at: datetime, ground: Ground
) -> dict[str, Rewrite]:
    """Return a lawful wording for each of these rules that one was found for."""
    due, sought = lawful(at, ground.hours), [rule for rule in rules if rule in FAMILIES]
    kept = kept_clauses(whole) if any(rule in KINDS for rule in sought) else ()
    made = {rule: best_of(FAMILIES[rule][0](whole, due)) for rule in sought}
    every = list(dict.fromkeys(one.text for candidates in made.values() for one in candidates))
    said = dict(zip(every, map(_Said, try_out(every, at, ground), label_texts(pl.Series(every, dtype=pl.String)).to_dicts()), strict=True))
    found = {rule: _noted(one, rule) for rule in sought if (one := whole_rewrite(whole, looked, [rule], at, ground))}
    for rule, candidates in made.items():
        good = [one for one in candidates if _stays(one, rule, kept, whole) and _lawful(one, said[one.text], looked, rule)]
        if good and rule not in found:
            best = min(good, key=lambda one: _worth(one, said[one.text], looked, rule, spans.get(rule)))
            found[rule] = _rewrite(rule, best, hollow=not kept and rule in _PRESSING)
    return found


def _stays(one: Candidate, rule: str, kept: Iterable[str], whole: str) -> bool:
    """Tell whether a wording leaves every clause that is lawful, and the answer that an earlier one asks for."""
    if ANSWER[-6:] in whole and ANSWER[-6:] not in one.text:
        return False
    if one.deadline is not None or rule not in KINDS:
        return True
    return all(words in one.text for words in kept) if kept else any(words in one.text for words in INSTEAD)


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


def _rewrite(rule: str, one: Candidate, *, hollow: bool) -> Rewrite:
    title, text = parted(one.text)
    confirm = Confirm(one.confirm) if one.confirm else None
    return Rewrite(title, text, _hollow() if hollow else _note(rule, one), confirm, one.deadline, hollow)


def _noted(one: Rewrite, rule: str) -> Rewrite:
    return one if one.hollow else replace(one, note=notes()[rule])


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
