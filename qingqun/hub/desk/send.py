"""From a draft to an accepted notice, files and all in one act; sent again it makes no second notice, for it keeps its key."""

from datetime import datetime

from qingqun.hub import accept, ledger, story
from qingqun.hub.desk.offices import offices, within
from qingqun.hub.models import Attachment, Draft, Importance, Notice
from qingqun.i18n import _
from qingqun.words import Refused

COPIED = (
    "title",
    "text",
    "topic_id",
    "importance",
    "confirm",
    "deadline",
    "valid_until",
    "send_at",
    "ground",
    "key",
    "author_id",
    "unit_id",
    "source_id",
)


def send(  # noqa: PLR0913  what an author decides when sending
    draft: Draft,
    now: datetime,
    *,
    approver: int | None = None,
    same_as: int | None = None,
    alone: bool = False,
    overruled: tuple[str, ...] = (),
) -> accept.Accepted:
    """Send a draft and forget it. `alone`: its author saw who says the same and wants it said again.

    `overruled` are the rules that its author has seen and not followed: they stand in the ledger.

    Raises:
        Refused: it lacks something, nobody would get it, or it may never be sent; the draft stays as it is.
    """
    check_whole(draft, now, approver)
    notice = Notice(**{name: getattr(draft, name) for name in COPIED}, audience=within(draft.audience, draft.author_id))
    notice.approver_id, notice.same_as_id = approver, same_as

    def along(number: int) -> None:
        Attachment.objects.filter(draft=draft).update(notice=number, draft=None)
        if overruled:
            ledger.write("overrule", now, notice=number, person=draft.author_id, count=len(overruled), data={"rules": sorted(overruled)})
        Draft.objects.filter(pk=draft.pk).delete()

    return story.write(notice, now, alone=alone or draft.attachments.exists(), along=along)


def check_whole(draft: Draft, now: datetime, approver: int | None = None) -> None:
    """Tell what a draft lacks.

    Raises:
        Refused: the first thing it lacks, for people.
    """
    if not draft.title.strip() or not (draft.text.strip() or draft.source_id):
        raise Refused(_("请写上标题和正文"))
    if not draft.audience.get("any"):
        raise Refused(_("请选择发给谁"))
    if draft.unit_id not in {office.unit for office in offices(draft.author_id)}:
        raise Refused(_("您没有以这个单位发通知的权限"))
    if draft.deadline and draft.deadline <= max(now, draft.send_at or now):
        raise Refused(_("办理时限已经过去，请改一下"))
    if draft.valid_until and draft.valid_until <= max(now, draft.send_at or now):
        raise Refused(_("有效期已经过去，请改一下"))
    if draft.importance == Importance.EMERGENCY:
        _check_emergency(draft, approver)


def _check_emergency(draft: Draft, approver: int | None) -> None:
    if not draft.ground:
        raise Refused(_("紧急通知要写明依据"))
    if approver is None or approver == draft.author_id:
        raise Refused(_("紧急通知要由另一个人批准，不能自己批"))
