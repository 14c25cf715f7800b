"""Taking a lawful wording that was offered: only on the text it was offered for, and never without the way back."""

from dataclasses import dataclass
from datetime import datetime

from qingqun.hub import preflight
from qingqun.hub.desk import drafts
from qingqun.hub.models import Draft
from qingqun.i18n import _
from qingqun.words import Refused

ROUNDS = 5  # one wording heals one thing; the next is looked for in what came out
EVERY = "every"


@dataclass(frozen=True, slots=True)
class Before:
    """What stood there before a wording was taken, to come back to."""

    title: str
    text: str
    confirm: str
    deadline: str | None


def taken(draft: Draft, rule: str, mark: str, now: datetime) -> Before:
    """Put the wording offered for a rule (or for every rule, one after the other) into a draft; return what stood there.

    Raises:
        Refused: the text has changed since, or nothing is offered.
    """
    if preflight.mark_of(draft) != mark:
        raise Refused(_("正文刚才改过，请再看一遍"))
    before = _before(draft)
    for _round in range(ROUNDS if rule == EVERY else 1):
        offered = [
            one.rewrite
            for one in preflight.check(draft, {"persons": [draft.author_id]}, now).remarks
            if rule in (EVERY, one.rule) and one.rewrite
        ]
        if not offered:
            break
        _put(draft, offered[0], now)
    if (before.title, before.text) == (draft.title, draft.text):
        raise Refused(_("没有可以采用的改法，请自己改一下"))
    drafts.keep(draft)
    return before


def put_off(draft: Draft, now: datetime) -> Before:
    """Put a deadline that leaves a working day into a draft; return what stood there.

    Raises:
        Refused: the office never works.
    """
    before, due = _before(draft), preflight.next_due(draft, now)
    if due is None:
        raise Refused(_("没有可以采用的改法，请自己改一下"))
    draft.deadline, draft.changed_at, draft.asked_at = due, now, None
    drafts.keep(draft)
    return before


def _before(draft: Draft) -> Before:
    return Before(draft.title, draft.text, draft.confirm, draft.deadline.isoformat() if draft.deadline else None)


def _put(draft: Draft, offered: preflight.Rewrite, now: datetime) -> None:
    draft.title, draft.text = offered.title or draft.title, offered.text
    draft.confirm = offered.confirm or draft.confirm
    draft.deadline = offered.deadline or draft.deadline
    draft.changed_at, draft.asked_at = now, None


def put_back(draft: Draft, before: Before, now: datetime) -> None:
    """Bring back what stood there, in the author's own words."""
    draft.title, draft.text, draft.confirm = before.title, before.text, before.confirm
    draft.deadline = datetime.fromisoformat(before.deadline) if before.deadline else None
    draft.changed_at, draft.asked_at = now, None
    drafts.keep(draft)
