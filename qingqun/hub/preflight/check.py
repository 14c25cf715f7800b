"""The check of a draft. Nothing here changes the author's text or stores any of it."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from qingqun.enrich.deadline.named import Named, named
from qingqun.enrich.restdays import resting
from qingqun.enrich.secrets import secret_span
from qingqun.findings.wording.times import lawful
from qingqun.hub import audience, sql
from qingqun.hub.models import Draft, Importance, Notice
from qingqun.hub.moment import to_ms
from qingqun.hub.preflight.ground import Ground, ground_of
from qingqun.hub.preflight.history import message
from qingqun.hub.preflight.judging import Looked, look
from qingqun.hub.preflight.remark import Remark, remarks, with_rewrites
from qingqun.hub.preflight.rewrite import Rewrite, rewrites, whole_rewrite
from qingqun.hub.preflight.spoken import Asked, Day, days
from qingqun.hub.preflight.spoken import asked as asked_in
from qingqun.hub.preflight.words import published
from qingqun.i18n import _
from qingqun.judge.judge import FAULTS, bind
from qingqun.judge.verdict import input_hash
from qingqun.words import Level, Verdict


@dataclass(frozen=True, slots=True)
class Preflight:
    """What is said about a draft, and how many people it is for.

    `blocks` stop it for good. A remark of level violation stops it until the text is changed or its author says they have seen it.
    """

    blocks: tuple[str, ...]
    people: int
    remarks: tuple[Remark, ...] = ()
    verdict: Verdict | None = None  # the audit's, on the same text at the same moment; None where the judge was not asked
    looks_urgent: bool | None = None  # what the text looks like; None where nobody knows
    mark: str = ""  # of the text that was looked at
    together: Rewrite | None = None  # one wording without anything that may not be asked, where more than one thing is wrong
    rests: Named | None = None  # the day off for which the text orders work, and the words that name it

    @property
    def broken(self) -> tuple[Remark, ...]:
        """Return what is against a clause that binds strictly."""
        return tuple(one for one in self.remarks if one.level is Level.VIOLATION)


def refusals(title: str, text: str) -> tuple[str, ...]:
    """Return why a text may neither be sent nor kept, in any lane; needs neither judge nor calendar nor database."""
    return (_("文中有国家秘密标志，不能发送，也不会保存"),) if secret_span(f"{title}\n{text}") else ()


def mark_of(draft: Draft | Notice) -> str:
    """Return what tells whether a draft's words are still those that were looked at."""
    return input_hash(published(draft))


def check(draft: Draft | Notice, expression: audience.Expression, now: datetime) -> Preflight:
    """Judge a draft for an audience at a moment. An emergency is not stopped by a judge that fails.

    Raises:
        Refused: the audience is none.
    """
    found = audience.present(expression, now)
    people = sql.value(f"SELECT count(*) FROM ({found.text}) AS a", found.params)  # noqa: S608  no value in the text
    blocks = refusals(draft.title, draft.text)
    if blocks or not published(draft).strip():
        return Preflight(blocks, people, mark=mark_of(draft))
    if draft.importance != Importance.EMERGENCY:
        return _judged(draft, people, now)
    with suppress(*FAULTS):
        at, ground = _at(draft, now)
        return Preflight((), people, looks_urgent=bool(_looked(draft, at, ground).facts["is_emergency"]), mark=mark_of(draft))
    return Preflight((), people, mark=mark_of(draft))


def ahead(draft: Draft, now: datetime) -> Named | None:
    """Return the first moment that a draft's own words name and that lies ahead, by the hours of the office that sends; None for none."""
    at, ground = _at(draft, now)
    return next(iter(named(published(draft), at, ground.hours)), None)


def asked(draft: Draft, now: datetime) -> list[Asked]:
    """Return by when a draft's own words ask for something, over or ahead, by the hours of the office that sends."""
    at, ground = _at(draft, now)
    return asked_in(published(draft), at, ground.hours)


def misread(draft: Draft, heard: Iterable[datetime], now: datetime) -> list[tuple[datetime, list[Day]]]:
    """Return, for each moment people hear of a draft at, the days of its text that they take for others, where there are any."""
    at, ground = _at(draft, now)
    found = ((one, days(published(draft), at, one, ground.hours)) for one in sorted(set(heard)))
    return [(one, named_so) for one, named_so in found if named_so]


def next_due(draft: Draft, now: datetime) -> datetime | None:
    """Return a deadline that leaves a working day by the hours of the office that sends; None where it never works."""
    at, ground = _at(draft, now)
    return lawful(at, ground.hours)


def _judged(draft: Draft | Notice, people: int, now: datetime) -> Preflight:
    at, ground = _at(draft, now)
    whole, looked = published(draft), _looked(draft, at, ground)
    said = remarks(whole, looked, bind("messages", ground.pack))
    spans = {one.rule: one.span for one in said if one.span}
    sought = [one.rule for one in said if not one.held] if isinstance(draft, Draft) else []  # a notice is on its way
    made = rewrites(whole, looked, sought, spans, at, ground)
    whole_one = whole_rewrite(whole, looked, sought, at, ground) if len(sought) > 1 else None
    urgent = bool(looked.facts["is_emergency"])
    rests = resting(whole, at, ground.hours) if "restwork" in looked.rules else None
    return Preflight((), people, with_rewrites(said, made), looked.verdict, urgent, mark_of(draft), whole_one, rests)


def _at(draft: Draft | Notice, now: datetime) -> tuple[datetime, Ground]:
    at = max(now, draft.send_at or now)
    return at, ground_of(draft.unit_id, at)


def _looked(draft: Draft | Notice, at: datetime, ground: Ground) -> Looked:
    return look(message(published(draft), to_ms(at), draft.unit_id, draft.author_id, 0), ground)
