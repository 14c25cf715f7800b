"""What a draft's preview shows: the remarks with their clauses, the wordings offered, the cost, who says the same."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from qingqun.findings.report.setting import full_width
from qingqun.hub import audience, fold, inbox, preflight, standin
from qingqun.hub.desk import dating, landing, offers, privately, terms
from qingqun.hub.desk.offices import within
from qingqun.hub.models import Draft, Importance, Person
from qingqun.hub.pages._desk import another_day, at_once, counted, day_off, glance, hurry, over, pieces, short, too_late
from qingqun.hub.pages._words import at_word
from qingqun.hub.sql import Sql
from qingqun.i18n import _, listed, moment
from qingqun.words import Level

MOST_NAMED = 20


def seen(draft: Draft, now: datetime) -> dict[str, Any]:
    """Return everything the page says about a draft.

    Raises:
        Refused: the audience is none.
    """
    expression, start = within(draft.audience, draft.author_id), max(now, draft.send_at or now)
    said = preflight.check(draft, expression, now)
    people = audience.present(expression, start)
    landings = landing.landings(expression, draft.importance, start, draft.deadline, draft.topic_id)
    cost = preflight.cost(landings, start)
    whole = preflight.published(draft)
    told = dating.told(draft, now) if not said.blocks else dating.NOTHING
    found = preflight.copies(draft, people, now) if not said.blocks else []
    return {
        "said": said,
        "cost": cost,
        "glance": _urgent(expression, cost.people, now)
        if draft.importance == Importance.EMERGENCY
        else glance(cost, *_standing(draft, people, start)) + at_once(draft.importance, landings, start),
        "hurry": (hasty := hurry(cost)) + _unheard(draft, told, now) + day_off(said.rests),
        "better": _better(draft, now) if hasty else None,
        "budget": budget(preflight.budget(people, now)),
        "pieces": pieces(whole, [one.span for one in said.remarks if one.span and not one.held]),
        "remarks": [_remark(one, whole) for one in said.remarks],
        "days": _days(draft, told, said, whole, now),
        "every": _every(draft, said, whole, now),
        "copies": [_copy(one, now) for one in found],
        "who": _who(found),
        "folds": fold.repeated(draft, now) if any(one.same and not one.own for one in found) and not draft.attachments.exists() else None,
        "instead": privately.instead(draft, (one.rule for one in said.remarks), now) if not said.blocks else None,
        "named": _named(draft, start),
        "listed": listed,
        "start": moment(draft.send_at) if draft.send_at else "",
    }


def _unheard(draft: Draft, told: dating.Told, now: datetime) -> list[str]:
    """Say what is wrong with the moments the text names; an emergency's people are called at once."""
    ahead = preflight.ahead(draft, now) if told.landings else None
    first = [ahead] if ahead and ahead.at not in {one.at for one in told.late} else []
    found = [line for one in told.over for line in over(one)]
    found += [line for one in first for line in too_late(one, told.landings)]
    found += [line for one in told.late for line in too_late(one, told.landings)]
    found += [line for one, groups in told.short for line in short(one, groups)]
    return found + another_day(told.misread, told.landings)


def _days(draft: Draft, told: dating.Told, said: preflight.Preflight, whole: str, now: datetime) -> list[dict[str, Any]]:
    """Return the wordings with dates, and with a deadline that people can keep where no remark offers one."""
    later = None if any(one.rewrite and one.rewrite.deadline for one in said.remarks) else dating.moved(draft, told, now)
    made = ((dating.MOVED, later), (dating.DAYS, dating.dated(draft, told)))
    return [{"rule": rule, "it": one, "changed": _changed(one, whole)} for rule, one in made if one]


def _every(draft: Draft, said: preflight.Preflight, whole: str, now: datetime) -> dict[str, Any] | None:
    """Return what all the wordings together make of the text, and what stays wrong; None where there are no two to take."""
    if not said.together and sum(1 for one in said.remarks if one.rewrite) < 2:
        return None
    made, left = offers.after_all(draft, said, now)
    return {"it": made, "changed": _changed(made, whole), "left": left, "rules": {one.rule for one in left}}


def _standing(draft: Draft, people: Sql, start: datetime) -> standin.Foreseen:
    return standin.foreseen(people, draft.importance, draft.confirm, draft.deadline or draft.valid_until, start)


def budget(found: preflight.Budget) -> str:
    """Say how many notices these people have this week already; nothing of an audience too small to hide in."""
    if found.people < preflight.FEW:
        return ""
    if not found.most:
        return _("这些人本周还没有收到别的通知")
    if found.median == found.most:
        return _("这些人本周已有 {n} 条通知，这是第 {next} 条").format(n=found.median, next=found.median + 1)
    return _("这些人本周已有通知：多数 {median} 条，多的 {most} 条").format(median=found.median, most=found.most)


def _urgent(expression: dict[str, Any], people: int, now: datetime) -> list[str]:
    duty = landing.on_duty(expression, now)
    return [
        _("发给 {n} 人").format(n=people),
        _("现在响值班的 {n} 人").format(n=duty) if duty else _("受众里此刻没有值班人员，发不出去"),
        _("其余的人上班时在收件箱里看到，不响"),
    ]


def _remark(one: preflight.Remark, whole: str) -> dict[str, Any]:
    changed = _changed(one.rewrite, whole) if one.rewrite else []
    return {
        "it": one,
        "level": _level(one),
        "reason": full_width(one.reason),
        "clauses": [replace(clause, text=full_width(clause.text)) for clause in one.clauses],
        "changed": changed,
        "stops": one.level is Level.VIOLATION,
    }


def _changed(offered: preflight.Rewrite, whole: str) -> list[inbox.Piece]:
    after = f"{offered.title}\n{offered.text}"
    return _lines(inbox.changes(whole.strip("\n"), after.strip("\n")))


def _lines(changed: list[inbox.Piece]) -> list[inbox.Piece]:
    """Keep the lines in which something changed; an ellipsis stands for those between."""
    lines: list[list[inbox.Piece]] = [[]]
    for piece in changed:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(piece._replace(text=part))
    found: list[inbox.Piece] = []
    for line in filter(None, lines):
        if any(piece.kind != "same" for piece in line):
            found += [*line, inbox.Piece("same", "\n")]
        elif not found or found[-1].text != "…\n":
            found.append(inbox.Piece("same", "…\n"))
    return found


def _level(one: preflight.Remark) -> str:
    if one.held:
        return _("已替您避免")
    if one.foreseen:
        return _("建议")
    return {Level.VIOLATION: _("违反规定"), Level.WARNING: _("提醒"), Level.HINT: _("建议")}[one.level]


def _better(draft: Draft, now: datetime) -> datetime | None:
    """Return a deadline that leaves more time; None where the office's next closing is no later than the draft's own."""
    found = preflight.next_due(draft, now)
    return found if found and draft.deadline and found > draft.deadline else None


def _who(found: list[preflight.Copy]) -> str:
    """Say who has said it already."""
    own = {one.own for one in found}
    if own == {True}:
        return _("你们单位已经说过")
    return _("别的单位已经说过") if own == {False} else _("你们单位和别的单位已经说过")


def _copy(one: preflight.Copy, now: datetime) -> dict[str, Any]:
    return {"it": one, "when": at_word(one.at, now), "people": counted(one.people)}


def _named(draft: Draft, start: datetime) -> list[dict[str, str]]:
    """Say of persons addressed by name when it reaches each."""
    found, persons = [], list(Person.objects.filter(pk__in=terms.people_named(draft.audience)[:MOST_NAMED], left_at=None))
    instead = standin.stand_ins((person.pk for person in persons), start)
    for person in persons:
        for one in landing.landings({"persons": [person.pk]}, draft.importance, start):
            when = _("马上") if one.rings <= start else moment(one.rings.astimezone(start.tzinfo))
            found.append({"name": person.name, "when": when, "why": _away(instead.get(person.pk)) if one.code == "leave" else ""})
    return found


def _away(deputy: str | None) -> str:
    return _("休假中，{name}代办").format(name=deputy) if deputy else _("休假中，无人代办")
