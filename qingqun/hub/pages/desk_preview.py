"""Before sending: what is said about the text, what it costs whom, and one button to send it."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import preflight
from qingqun.hub.desk import amend, offers, privately
from qingqun.hub.desk.send import check_whole, send
from qingqun.hub.models import Draft, Importance, Right
from qingqun.hub.now import now
from qingqun.hub.pages._desk import own_draft, own_notice
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._preview import seen
from qingqun.hub.pages._show import back, show
from qingqun.hub.pages.desk_sent import reminded, waits
from qingqun.i18n import _, joined
from qingqun.words import Refused

URL, NAME, ROLES = "desk/<int:draft>/preview/", "desk_preview", {Right.AUTHOR}


def page(request: Asked, draft: int) -> HttpResponse:
    """Show it; a button takes a wording, brings the own words back, sends, or asks a second person."""
    found = own_draft(request.visitor.person, draft)
    acts = {"take": _take, "back": _put_back, "send": _send, "ask": _ask, "due": _put_off, "remind": _remind}
    try:
        act = acts.get(request.POST.get("act", "").partition(":")[0]) if request.method == "POST" else None
        if act:
            return act(request, found)
        check_whole(found, now(), 0 if found.importance == Importance.EMERGENCY else None)
        before = request.session.get(_key(found))
        hollow = bool(before and before.get("hollow") == preflight.mark_of(found))
        files = found.attachments.count()
        return show(request, "desk_preview", draft=found, files=files, undo=before is not None, hollow=hollow, **seen(found, now()))
    except Refused as why:
        messages.warning(request, str(why))
        return back("desk_preview" if act else "desk_write", draft=found.pk)


def _take(request: Asked, draft: Draft) -> HttpResponse:
    rule = request.POST["act"].partition(":")[2]
    before = offers.taken(draft, rule, request.POST.get("mark", ""), now())
    first = request.session.get(_key(draft)) or asdict(before)
    request.session[_key(draft)] = first | {"hollow": before.hollow}
    messages.success(request, _("已采用。原文还在，可以恢复。"))
    return back("desk_preview", draft=draft.pk)


def _put_back(request: Asked, draft: Draft) -> HttpResponse:
    before = request.session.pop(_key(draft), None)
    if before:
        offers.put_back(draft, offers.Before(**before), now())
        messages.success(request, _("已恢复您的原文。"))
    return back("desk_preview", draft=draft.pk)


def _put_off(request: Asked, draft: Draft) -> HttpResponse:
    """Take the deadline that leaves everybody a working day; what stood there can come back."""
    before = offers.put_off(draft, now())
    request.session.setdefault(_key(draft), asdict(before))
    messages.success(request, _("时限已改。原来的还在，可以恢复。"))
    return back("desk_preview", draft=draft.pk)


def _remind(request: Asked, draft: Draft) -> HttpResponse:
    """Remind privately whom the draft would have named; the draft stays until its author throws it away."""
    said = _looked(request, draft)
    found = privately.instead(draft, (one.rule for one in said.remarks), now())
    if found is None or request.POST["act"] != f"remind:{found.notice}":
        raise Refused(_("现在没有可以单独提醒的人"))
    notice = own_notice(request.visitor.person, found.notice)
    count = amend.remind(notice, request.visitor.person, now(), found.people)
    messages.success(request, reminded(notice, count) + _("草稿还留着，不用发了可以删掉。"))
    return back("desk_sent", notice=notice.pk)


def _send(request: Asked, draft: Draft) -> HttpResponse:
    said = _looked(request, draft)
    rules = tuple(one.rule for one in said.broken)
    if rules and request.POST.get("seen") != "1":
        raise Refused(_("有违反规定的地方：请采用改法，或勾选“我已看到”再发"))
    same = request.POST.get("same", "")
    alone = "same" in request.POST and not same
    accepted = send(draft, now(), same_as=int(same) if same.isdigit() else None, alone=alone, overruled=rules)
    request.session.pop(_key(draft), None)
    messages.success(request, joined([_("已发给 {n} 人").format(n=accepted.people), *waits(accepted.notice, now(), now())]) + _("。"))
    return back("desk_sent", notice=accepted.notice)


def _ask(request: Asked, draft: Draft) -> HttpResponse:
    """An emergency waits for a second person; it is never its author who lets it go."""
    _looked(request, draft)
    check_whole(draft, now(), 0)
    draft.asked_at = now()
    draft.save(update_fields=["asked_at"])
    messages.success(request, _("已请有批准权限的人来批。批准后马上发给值班人员。"))
    return back("desk")


def _looked(request: Asked, draft: Draft) -> preflight.Preflight:
    if preflight.mark_of(draft) != request.POST.get("mark"):
        raise Refused(_("正文刚才改过，请再看一遍"))
    return preflight.check(draft, {"persons": [draft.author_id]}, now())


def _key(draft: Draft) -> str:
    return f"before:{draft.pk}"
