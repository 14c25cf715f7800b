"""What became of a notice: counts, the answers, who is still waiting; remind, correct, take back. For its author alone."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub.desk import amend, result
from qingqun.hub.models import Notice, Right
from qingqun.hub.now import now
from qingqun.hub.pages._desk import counted, own_notice
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.hub.pages._text import linked
from qingqun.hub.pages._words import at_word, cause_word
from qingqun.hub.preflight import FEW, opening
from qingqun.i18n import _, listed
from qingqun.words import Refused

URL, NAME, ROLES = "desk/sent/<int:notice>/", "desk_sent", {Right.AUTHOR}


def reminded(notice: Notice, count: int) -> str:
    """Say for how many a reminder rings; where some have muted the topic and few are left, no number tells who."""
    if not amend.silent(notice):
        return _("会单独提醒 {n} 人，各在自己的上班时间。").format(n=count)
    if count < FEW:
        return _("会单独提醒还没办的人，各在自己的上班时间；静音了这个话题的不响，收件箱里照样有。")
    return _("会单独提醒 {n} 人，各在自己的上班时间；静音了这个话题的不响，收件箱里照样有。").format(n=count)


def waits(notice: int, accepted: datetime, at: datetime) -> list[str]:
    """Say for how many it waits, until when and why; below five only that they are few."""
    away, till = _("{n}在休假，各人回来上班时才送到"), _("{n}等到{when}上班时送到、响一次：{why}")
    later = result.rings_later(notice, at)
    seen = [_("现在就在收件箱里看得到，上班时才响，最早 {when}").format(when=at_word(opening(later), at))] if later else []
    return seen + [
        till.format(n=counted(one.people), when=at_word(one.at, at), why=cause_word(one.code, accepted))
        if one.at
        else away.format(n=counted(one.people))
        for one in result.held(notice)
    ]


def page(request: Asked, notice: int) -> HttpResponse:
    """Show it; a button reminds or takes it back. Nothing of it is kept by the browser."""
    found, at = own_notice(request.visitor.person, notice), now()
    if request.method == "POST":
        try:
            if request.POST.get("act") == "remind":
                messages.success(request, reminded(found, amend.remind(found, request.visitor.person, at)))
            elif request.POST.get("act") == "withdraw" and request.POST.get("sure") == "1":
                amend.withdraw(found, request.visitor.person, at)
                messages.success(request, _("已撤回。没看到的人不会再看到，看过的人会看到“已撤回”。"))
            else:
                messages.warning(request, _("请先勾选“确定撤回”。"))
        except Refused as why:
            messages.warning(request, str(why))
        return back("desk_sent", notice=notice)
    response = show(
        request,
        "desk_sent",
        notice=found,
        counts=result.counts(notice),
        waits=waits(notice, found.accepted_at, at),
        waiting=result.waiting(found, at),
        stood=counted(stood) if (stood := result.stood(notice)) else "",
        unattended=counted(alone) if (alone := result.unattended(found, at)) else "",
        unreached=result.unreached(found, at),
        named=result.may_name(found, at),
        answers=result.answers(notice),
        confirmed=result.confirmed(found, at),
        not_now=amend.may_remind(found, at),
        sent=at_word(found.accepted_at, at),
        due=at_word(found.deadline, at) if found.deadline else "",
        linked=linked,
        listed=listed,
        revisions=found.revisions.order_by("number"),
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
