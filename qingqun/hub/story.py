"""The second story: write, preflight, hold, deliver, confirm. Each line calls one room."""

from collections.abc import Iterable
from datetime import datetime

from qingqun.hub import accept, hold, inbox, preflight, release
from qingqun.hub.models import Confirm, Lane, Notice
from qingqun.i18n import joined
from qingqun.words import Refused


def write(notice: Notice, now: datetime) -> accept.Accepted:
    """Send what an author wrote: checked, then durable with everybody's delivery. A repeated key gives the first acceptance.

    Raises:
        Refused: the preflight blocks it, or nobody would get it; nothing of it is kept.
    """
    said = preflight.check(notice, notice.audience, now)
    if said.blocks:
        raise Refused(joined(said.blocks))
    return accept.accept(notice, _plan, now)


def let_go(now: datetime, lane: str = Lane.ROUTINE) -> int:
    """Put what is due into the inboxes, one batch; return how many."""
    return release.release(now, lane)


def confirm(delivery: int, person: int, now: datetime, kind: Confirm = Confirm.CONFIRM) -> bool:
    """Take a person's confirmation; False where there was nothing new to take."""
    return inbox.receive(delivery, person, kind, now)


def _plan(groups: Iterable[hold.Group], importance: str, now: datetime) -> list[hold.Planned]:
    groups = list(groups)
    return hold.plan(groups, hold.hours_of(groups), importance, now)
