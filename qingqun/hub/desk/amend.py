"""After sending: correct in place, take back, remind. Nothing rings again unless its author says that it matters."""

from collections.abc import Collection
from datetime import datetime, timedelta

from qingqun.hub import forget, hooks, ledger, preflight, quiet, search, sql
from qingqun.hub.desk import again, onward
from qingqun.hub.models import Entry, Notice, Revision, State
from qingqun.hub.pacing import pacing
from qingqun.hub.sql import Sql
from qingqun.hub.tally import TOLD
from qingqun.i18n import _, joined
from qingqun.words import Refused

APART = timedelta(hours=20)  # between two reminders of one notice; how many there may be is a setting

_UNDONE = f"""SELECT d.person_id AS id FROM hub_delivery d JOIN hub_person p ON p.id = d.person_id JOIN hub_notice n ON n.id = d.notice_id
WHERE d.notice_id = %s AND d.done_at IS NULL AND {TOLD} AND d.state = '{State.DELIVERED}' AND p.left_at IS NULL"""  # noqa: S608  words of states.py


def correct(notice: Notice, title: str, text: str, now: datetime, *, material: bool) -> int:
    """Put its author's new words in the place of the old and keep both; return the revision.

    A material correction is unread and undone again and rings in working time, for those too whom other offices passed it on to.

    Raises:
        Refused: it was taken back, is empty or unchanged, or bears a secret marking.
    """
    stopped = preflight.refusals(title, text)
    if stopped:
        raise Refused(joined(stopped))
    _check(notice, title, text)
    with sql.act():
        number = notice.revision + 1
        Revision.objects.create(notice=notice, number=number, title=title, text=text, by_id=notice.author_id, at=now, material=material)
        changed = Notice.objects.filter(pk=notice.pk, revision=notice.revision, withdrawn_at=None)
        if not changed.update(title=title, text=text, revision=number):
            raise Refused(_("刚才已经有人改过，请重新打开"))
        search.keep(notice.pk, title, text)
        count = again.anew(notice, now) if material else 0
        onward.changed(notice, now, material=material)
        ledger.write(
            "correct", now, notice=notice.pk, person=notice.author_id, count=count, data={"revision": number, "material": int(material)}
        )
    return number


def _check(notice: Notice, title: str, text: str) -> None:
    if notice.withdrawn_at:
        raise Refused(_("这条通知已经撤回"))
    if not title.strip() or not text.strip():
        raise Refused(_("请写上标题和正文"))
    if (title, text) == (notice.title, notice.text):
        raise Refused(_("没有改动"))


def withdraw(notice: Notice, by: int, now: datetime) -> None:
    """Take a notice back: nobody sees it who has not, and who has sees that it is void; no ring goes out any more.

    Raises:
        Refused: it had been taken back.
    """
    with sql.act():
        if not Notice.objects.filter(pk=notice.pk, withdrawn_at=None).update(withdrawn_at=now):
            raise Refused(_("这条通知已经撤回"))
        search.drop(notice.pk)
        hooks.tell(hooks.WITHDRAWN, notice.pk, now)
        onward.changed(notice, now, material=False)
        count = sql.run("UPDATE hub_delivery SET ring_after = NULL WHERE notice_id = %s AND ring_after IS NOT NULL", [notice.pk])
        ledger.write("withdraw", now, notice=notice.pk, person=by, count=count)


def may_remind(notice: Notice, now: datetime) -> str:
    """Return why nobody may be reminded now; empty where they may."""
    last = list(Entry.objects.filter(notice=notice.pk, act="remind").order_by("-id").values_list("at", flat=True))
    most = pacing().reminders
    if notice.withdrawn_at or (notice.valid_until and notice.valid_until <= now):
        return _("这条通知已经结束")
    if now >= forget.until(notice):
        return _("时限已过，不再提醒；谁办了、谁没办不再保存")
    if len(last) >= most:
        return _("已提醒 {n} 次，不再提醒；请打电话或当面说").format(n=len(last))
    if last and last[0] and now - last[0] < APART:
        return _("今天已提醒过，明天可再提醒")
    return ""


def remind(notice: Notice, by: int, now: datetime, only: Collection[int] = ()) -> int:
    """Ring, each in their own working time, those who have not done what is asked, or only some of them; return for how many.

    Who has muted the topic is not rung; see `silent`.

    Raises:
        Refused: the notice has ended, or they were reminded a short while ago.
    """
    undone = Sql(_UNDONE, (notice.pk,))
    some = f"SELECT id FROM ({undone.text}) AS w WHERE id IN ({sql.marks(list(only))})"  # noqa: S608  only marks
    who = Sql(some, (*undone.params, *only)) if only else undone
    with sql.act():
        why = may_remind(notice, now)
        if why:
            raise Refused(why)
        count = again.ring(notice, who, now)
        ledger.write("remind", now, notice=notice.pk, person=by, count=count)
    return count


def undone(notice: Notice) -> int:
    """Return how many have not done what is asked."""
    return int(sql.value(f"SELECT count(*) FROM ({_UNDONE}) AS w", [notice.pk]))  # noqa: S608  no value


def silent(notice: Notice) -> int:
    """Return how many have not done what is asked and muted the topic: a reminder does not ring for them."""
    muted = quiet.muted(notice.topic_id)
    return int(sql.value(f"SELECT count(*) FROM ({_UNDONE}) AS w WHERE id IN ({muted.text})", [notice.pk, *muted.params]))  # noqa: S608  no value


__all__ = ["correct", "may_remind", "remind", "silent", "undone", "withdraw"]
