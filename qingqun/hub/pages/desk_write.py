"""Writing: one form that keeps everything at each step, so that it works without any script. Nothing is sent from here."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from qingqun.hub import attachments
from qingqun.hub.desk import drafts, terms
from qingqun.hub.desk.grounds import SOURCE, grounds
from qingqun.hub.desk.offices import Office, offices
from qingqun.hub.models import Confirm, Draft, Importance, Right, Topic
from qingqun.hub.now import now
from qingqun.hub.pages._desk import moment_in, moment_out, own_draft
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, refused, show
from qingqun.hub.pages._text import size_word
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = "desk/<int:draft>/", "desk_write", {Right.AUTHOR}
MOST_FILES = 10


def page(request: Asked, draft: int) -> HttpResponse:
    """Show the form, and take it: whatever button is pressed, what was typed is kept first, or shown again where it may not be kept."""
    found, mine = own_draft(request.visitor.person, draft), offices(request.visitor.person)
    if not mine:
        return refused(request, 403)
    if request.method != "POST":
        return _form(request, found, mine)
    if request.POST.get("act") == "throw":
        drafts.thrown_away(found)
        messages.success(request, _("草稿已删除。"))
        return back("desk")
    try:
        _take(request, found, mine)
    except Refused as why:
        messages.warning(request, str(why))
        return _form(request, found, mine)
    return _done(request, found)


def _take(request: Asked, draft: Draft, mine: list[Office]) -> None:
    """Keep what was typed, then do what the button says."""
    form = request.POST
    times = ("deadline", "valid_until", "send_at")
    drafts.filled(draft, _values(request, [office.unit for office in mine]) | {name: getattr(draft, name) for name in times}, now())
    for name in times:  # a moment that cannot be read must not take the words with it
        setattr(draft, name, moment_in(request, name))
    drafts.keep(draft)
    act, paths = form.get("act", ""), [office.path for office in mine]
    if act in {"add", "leave-out"}:
        draft.audience = terms.added(draft.audience, form.get("term", ""), terms.choices(paths), minus=act == "leave-out")
    elif act in {"name", "name-out"}:
        draft.audience = terms.named(draft.audience, form.get("names", ""), paths, minus=act == "name-out")
    elif act.startswith("remove:"):
        draft.audience = terms.removed(draft.audience, act.removeprefix("remove:"))
    elif act == "template":
        drafts.as_template(draft, form.get("template", "").strip())
    elif act.startswith("detach:") and act.removeprefix("detach:").isdigit():
        draft.attachments.filter(pk=int(act.removeprefix("detach:"))).delete()
    drafts.keep(draft)
    for file in request.FILES.getlist("files"):
        if draft.attachments.count() >= MOST_FILES:
            raise Refused(_("附件最多 {n} 个").format(n=MOST_FILES))
        kept = attachments.keep(file)
        kept.draft = draft
        kept.save()


def _values(request: Asked, units: list[int]) -> dict[str, Any]:
    form = request.POST
    unit, topic = form.get("unit", ""), form.get("topic", "")
    return {
        "title": form.get("title", "").strip(),
        "text": form.get("text", "").replace("\r\n", "\n").strip(),
        "unit_id": int(unit) if unit.isdigit() and int(unit) in units else units[0],
        "topic_id": int(topic) if topic.isdigit() and Topic.objects.filter(pk=topic).exists() else None,
        "importance": form["importance"] if form.get("importance") in set(Importance) else Importance.ROUTINE,
        "confirm": form["confirm"] if form.get("confirm") in set(Confirm) else Confirm.NONE,
        "ground": form["ground"] if form.get("ground") in grounds() else "",
    }


def _done(request: Asked, draft: Draft) -> HttpResponse:
    act = request.POST.get("act")
    if act == "preview":
        return back("desk_preview", draft=draft.pk)
    messages.success(request, _("已存为常用通知。") if act == "template" else _("已保存。"))
    return back("desk_write", draft=draft.pk)


def _form(request: Asked, draft: Draft, mine: list[Office]) -> HttpResponse:
    return show(
        request,
        "desk_write",
        draft=draft,
        offices=mine,
        terms=terms.shown(draft.audience),
        choices=terms.choices([office.path for office in mine]),
        topics=Topic.objects.order_by("name"),
        grounds=grounds(),
        source=SOURCE,
        files=draft.attachments.order_by("pk"),
        size=size_word,
        moment=moment_out,
    )
