"""Which notice another one repeats or passes on: found or given, and written on it before it is accepted."""

from datetime import datetime

from qingqun.hub import audience, preflight
from qingqun.hub.fold.delta import passed_on
from qingqun.hub.fold.delta import repeated as again
from qingqun.hub.models import Confirm, Draft, Importance, Notice
from qingqun.i18n import _
from qingqun.words import Refused

DEEPEST = 9  # offices on the way of one notice


def settle(notice: Notice, now: datetime) -> None:
    """Write on an unsaved notice what it repeats or passes on, the difference, and whether it rings who has that one.

    Raises:
        Refused: what it passes on was taken back or is over, or has come a long way already.
    """
    if notice.source_id:
        before = Notice.objects.get(pk=notice.source_id)
        _check(before, now)
        said = passed_on(notice, before, now)
    elif notice.same_as_id:
        before = Notice.objects.get(pk=notice.same_as_id)
        said = again(notice, before)
    else:
        return
    notice.root_id = before.root_id or before.same_as_id or before.pk
    notice.added, notice.gone, notice.anew = list(said.added), list(said.gone), said.anew


def repeated(notice: Draft | Notice, now: datetime) -> int | None:
    """Return the notice of another office that says the same and is there for some of the audience; None where folding could lose anything.

    Nothing folds by itself that asks for something, has a deadline of its own, or is more important than what is there.
    """
    if notice.importance == Importance.EMERGENCY or notice.confirm in {Confirm.CONFIRM, Confirm.ANSWER} or notice.source_id:
        return None
    people = audience.present(notice.audience, max(now, notice.send_at or now))
    found = [one.notice for one in preflight.copies(notice, people, now) if one.same and not one.own]  # type: ignore[arg-type]  # both are Written
    for before in Notice.objects.filter(pk__in=found).order_by("pk"):
        alike = notice.deadline in {None, before.deadline} and notice.importance in {Importance.ROUTINE, before.importance}
        if alike and not again(notice, before).anew:  # type: ignore[arg-type]  # same
            return before.pk
    return None


def _check(before: Notice, now: datetime) -> None:
    if before.withdrawn_at:
        raise Refused(_("这条通知已经撤回，不能再转"))
    if before.valid_until and before.valid_until <= now:
        raise Refused(_("这条通知已经过期，不能再转"))
    step: Notice | None = before
    for _number in range(DEEPEST):
        if step is None:
            return
        step = step.source
    raise Refused(_("这条通知已经转了太多次，请单独写一条"))
