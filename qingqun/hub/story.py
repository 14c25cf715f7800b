"""The second story: write, preflight, hold, deliver, confirm. Each line calls one room."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from qingqun.hub import accept, deliver, fold, hold, inbox, preflight, release, slots, standin, urgent
from qingqun.hub import forget as forgetting
from qingqun.hub.deliver.pace import Pacer
from qingqun.hub.models import Confirm, Importance, Lane, Notice
from qingqun.hub.pacing import pacing
from qingqun.i18n import joined
from qingqun.words import Refused

PACE = Pacer(pacing, slots)  # how often a person is rung, across all senders


def write(notice: Notice, now: datetime, *, alone: bool = False, along: accept.Along | None = None) -> accept.Accepted:
    """Send what an author wrote: checked, then durable with everybody's delivery. A repeated key gives the first acceptance.

    `along` is done in the same transaction.

    What another office has said already folds for who has it; `alone` where its author wants it said again, or files go with it.

    Routine fails closed: without judge or calendar nothing is accepted. An emergency fails open.

    Raises:
        Refused: the preflight blocks it, or nobody would get it; nothing of it is kept.
    """
    is_urgent = notice.importance == Importance.EMERGENCY
    blocks = urgent.blocks(lambda: _blocks(notice, now), notice) if is_urgent else _blocks(notice, now)
    if blocks:
        raise Refused(joined(blocks))
    if not is_urgent:
        _fold(notice, now, alone=alone)
    return accept.accept(notice, urgent.planner(_plan) if is_urgent else _plan, now, along)


def let_go(now: datetime, lane: str = Lane.ROUTINE) -> int:
    """Put what is due into the inboxes, one batch, judged again; return how many were looked at."""
    return release.release(now, lane, resting=hold.resting if lane == Lane.ROUTINE else None)


def stand_in(now: datetime) -> int:
    """Bring what cannot wait for those whose leave has begun since to who stands in for them; return how many deliveries were made."""
    return standin.sweep(now)


def look(clock: Callable[[], datetime], lane: str, channels: Mapping[str, deliver.Opened]) -> int:
    """Decide which deliveries ring now, and on which channel; whoever does not work now rings when they do, emergencies always."""
    if lane == Lane.EMERGENCY:
        return deliver.look(clock, lane, channels, None)
    return deliver.look(clock, lane, channels, hold.resting, PACE)


def forget(now: datetime) -> int:
    """Delete who did what of notices whose time is over, one batch; return of how many."""
    return forgetting.forget(now)


def confirm(delivery: int, person: int, now: datetime, kind: Confirm = Confirm.CONFIRM) -> bool:
    """Take a person's confirmation; False where there was nothing new to take."""
    return inbox.receive(delivery, person, kind, now)


def _blocks(notice: Notice, now: datetime) -> tuple[str, ...]:
    return tuple(preflight.check(notice, notice.audience, now).blocks)


def _fold(notice: Notice, now: datetime, *, alone: bool) -> None:
    if not (alone or notice.same_as_id or notice.source_id):
        notice.same_as_id = fold.repeated(notice, now)
    fold.settle(notice, now)


def _plan(groups: Iterable[hold.Group], importance: str, now: datetime) -> list[hold.Planned]:
    groups = list(groups)
    return hold.plan(groups, hold.hours_of(groups), importance, now)
