"""Taking a lawful wording that was offered: only on the text it was offered for, and never without the way back."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

from qingqun.hub import preflight
from qingqun.hub.desk import dating, drafts
from qingqun.hub.models import Confirm, Draft
from qingqun.i18n import _
from qingqun.words import Refused

ROUNDS = 8  # one wording heals one thing; the next is looked for in what came out
EVERY = "every"


@dataclass(frozen=True, slots=True)
class Before:
    """What stood there before a wording was taken, to come back to."""

    title: str
    text: str
    confirm: str
    deadline: str | None
    hollow: str = ""  # the mark of what came out, where that asks nothing of anybody


def taken(draft: Draft, rule: str, mark: str, now: datetime) -> Before:
    """Put the wording offered for a rule (or for every rule, one after the other) into a draft; return what stood there.

    Raises:
        Refused: the text has changed since, or nothing is offered.
    """
    if preflight.mark_of(draft) != mark:
        raise Refused(_("正文刚才改过，请再看一遍"))
    before = _before(draft)
    hollow, _left = _healed(draft, _checked(draft, now), rule, now)
    if (before.title, before.text) == (draft.title, draft.text):
        raise Refused(_("没有可以采用的改法，请自己改一下"))
    drafts.keep(draft)
    return replace(before, hollow=preflight.mark_of(draft) if hollow else "")


def after_all(draft: Draft, said: preflight.Preflight, now: datetime) -> tuple[preflight.Rewrite, tuple[preflight.Remark, ...]]:
    """Return what taking every wording makes of a draft, which stays as it is, and what there is still to say about that."""
    trial = copy(draft)
    hollow, left = _healed(trial, said, EVERY, now)
    note = hollow or _("全部采用以后是这样：")
    return preflight.Rewrite(trial.title, trial.text, note, hollow=bool(hollow)), left


def _healed(draft: Draft, said: preflight.Preflight, rule: str, now: datetime) -> tuple[str, tuple[preflight.Remark, ...]]:
    """Put in what is offered, where every one is meant one after the other; return what to say where nothing is asked, and the rest."""
    hollow = ""
    for _round in range(ROUNDS if rule == EVERY else 1):
        offered = _offered(draft, said, rule, now)
        if offered is None:
            break
        hollow = offered.note if offered.hollow else hollow
        _put(draft, offered, now)
        said = _checked(draft, now) if rule == EVERY else said
    return hollow, tuple(one for one in said.remarks if not one.held)


def _checked(draft: Draft, now: datetime) -> preflight.Preflight:
    return preflight.check(draft, {"persons": [draft.author_id]}, now)


def _offered(draft: Draft, said: preflight.Preflight, rule: str, now: datetime) -> preflight.Rewrite | None:
    """Return the wording for a rule; for every rule the one that heals all at once, else the first, and the dates at last."""
    if rule in {dating.DAYS, dating.MOVED}:
        return dating.offered(draft, rule, now)
    if rule == EVERY and said.together:
        return said.together
    found = next((one.rewrite for one in said.remarks if rule in {EVERY, one.rule} and one.rewrite), None)
    return found or (dating.offered(draft, dating.MOVED, now) or dating.offered(draft, dating.DAYS, now) if rule == EVERY else None)


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
    draft.confirm = _confirm(Confirm(draft.confirm), offered)
    draft.deadline = offered.deadline or draft.deadline
    draft.changed_at, draft.asked_at = now, None


def _confirm(own: Confirm, offered: preflight.Rewrite) -> Confirm:
    """Return what readers are to do: what the new words ask for, and never less than what the draft asks for already."""
    if offered.hollow:
        return Confirm.NONE
    order = list(Confirm)
    return max(own, offered.confirm or own, key=order.index)


def put_back(draft: Draft, before: Before, now: datetime) -> None:
    """Bring back what stood there, in the author's own words."""
    draft.title, draft.text, draft.confirm = before.title, before.text, before.confirm
    draft.deadline = datetime.fromisoformat(before.deadline) if before.deadline else None
    draft.changed_at, draft.asked_at = now, None
    drafts.keep(draft)
