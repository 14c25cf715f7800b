"""What a text says of days and times, against when people hear of it; and it with dates, or a deadline that they can keep."""

from datetime import datetime
from typing import NamedTuple

from qingqun.findings.wording.times import written
from qingqun.hub import preflight
from qingqun.hub.desk import landing
from qingqun.hub.desk.offices import within
from qingqun.hub.models import Draft, Importance
from qingqun.hub.preflight import Asked, Day, Due, Landing, Rewrite
from qingqun.i18n import _, moment

DAYS, MOVED = "days", "moved"  # what the buttons take


class Told(NamedTuple):
    """What of a draft's days and deadlines is misread, over, not heard of in time, or heard of less than an hour of work ahead."""

    landings: list[Landing]
    misread: list[tuple[datetime, list[Day]]]
    over: list[Asked]
    late: list[Asked]
    short: list[tuple[Asked, list[Landing]]]


NOTHING = Told([], [], [], [], [])


def told(draft: Draft, now: datetime) -> Told:
    """Look at it; who is on leave counts not: they read it when they are back. Of an emergency nothing: its people are called at once."""
    if draft.importance == Importance.EMERGENCY:
        return NOTHING
    start = max(now, draft.send_at or now)
    heard = _landings(draft, start, None)
    asked = [one for one in preflight.asked(draft, now) if draft.deadline is None or abs(one.at - draft.deadline).total_seconds() >= 60]
    ahead = [one for one in asked if one.at > start]
    over = [one for one in asked if one.at <= start and (not ahead or one.at.date() == start.astimezone(one.at.tzinfo).date())]
    late = [one for one in ahead if any(group.rings > one.at for group in heard)]
    kept = [(one, _landings(draft, start, one.at)) for one in ahead[:1] if one not in late]
    short = [(one, groups) for one, groups in kept if any(group.due is Due.HURRIED for group in groups)]
    return Told(heard, preflight.misread(draft, (one.rings for one in heard), now), over, late, short)


def _landings(draft: Draft, start: datetime, deadline: datetime | None) -> list[Landing]:
    found = landing.landings(within(draft.audience, draft.author_id), draft.importance, start, deadline, draft.topic_id)
    return [one for one in found if one.code != "leave"]


def dated(draft: Draft, said: Told) -> Rewrite | None:
    """Return the text with each day that is misread as its date; None where none is."""
    found = {day.start: day for _at, days in said.misread for day in days}
    changes = [(day.start, day.end, day.instead) for day in found.values()]
    return _put(draft, changes, _("把日子写成日期，哪天看都一样")) if changes else None


def moved(draft: Draft, said: Told, now: datetime) -> Rewrite | None:
    """Return the text with the first deadline that nobody can keep put off by a working day; None where none is such."""
    due = preflight.next_due(draft, now)
    first = next(iter([*said.over, *said.late, *(one for one, _groups in said.short)]), None)
    if first is None or due is None or due <= first.at:
        return None
    return _put(draft, [(first.start, first.end, written(due))], _("把“{words}”改到 {when}").format(words=first.words, when=moment(due)))


def _put(draft: Draft, changes: list[tuple[int, int, str]], note: str) -> Rewrite:
    title, text = preflight.parted(preflight.put(preflight.published(draft), changes))
    return Rewrite(title, text, note)


def offered(draft: Draft, which: str, now: datetime) -> Rewrite | None:
    """Return the wording of one of the two buttons."""
    said = told(draft, now)
    return dated(draft, said) if which == DAYS else moved(draft, said, now)
