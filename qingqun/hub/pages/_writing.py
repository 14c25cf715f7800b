"""Writing: one form that keeps everything at each step, so that it works without any script. Nothing is sent from here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse

from qingqun.hub import attachments
from qingqun.hub.desk import drafts, terms
from qingqun.hub.desk.grounds import SOURCE, grounds
from qingqun.hub.desk.offices import Office
from qingqun.hub.models import Confirm, Draft, Importance, Topic
from qingqun.hub.now import now
from qingqun.hub.pages._desk import moment_in, moment_out
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, show
from qingqun.hub.pages._text import size_word
from qingqun.i18n import _
from qingqun.words import Refused

MOST_FILES = 10
_CHOSEN = (("term", False), ("less", True))  # fields of the form, and whether they leave out
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NAMED = (("names", False), ("names_less", True))


def written(request: Asked, draft: Draft, mine: list[Office]) -> HttpResponse:
    """Take the form: whatever button is pressed, what was typed is kept first, or shown again where it may not be kept."""
    try:
        _take(request, draft, mine)
    except Refused as why:
        messages.warning(request, str(why))
        return form(request, draft, mine, {name: request.POST.get(name, "") for name, _minus in _NAMED})
    if draft.pk is None:
        return form(request, draft, mine)
    act = request.POST.get("act")
    if act == "preview":
        return back("desk_preview", draft=draft.pk)
    messages.success(request, _("已存为常用通知。") if act == "template" else _("已保存。"))
    return back("desk_write", draft=draft.pk)


def form(request: Asked, draft: Draft, mine: list[Office], typed: Mapping[str, str] = _NOTHING) -> HttpResponse:
    """Show the form, with names that could not be taken as they were typed.

    What is not kept yet of a draft without a word travels in the form itself, signed.
    """
    return show(
        request,
        "desk_write",
        draft=draft,
        offices=mine,
        terms=terms.shown(draft.audience),
        choices=terms.grouped(terms.choices([office.path for office in mine])),
        topics=Topic.objects.order_by("name"),
        grounds=grounds(),
        source=SOURCE,
        unread=attachments.unread,
        files=draft.attachments.order_by("pk") if draft.pk else [],
        carried="" if draft.pk else signing.dumps(draft.audience, salt=draft.key),
        size=size_word,
        moment=moment_out,
        typed=typed,
    )


def carried(request: Asked, key: str) -> dict[str, Any] | None:
    """Return the audience that travelled in a form; None where it is not what the form was given."""
    try:
        found: dict[str, Any] = signing.loads(request.POST.get("carried", ""), salt=key)
    except signing.BadSignature:
        return None
    return found


def _take(request: Asked, draft: Draft, mine: list[Office]) -> None:
    """Keep what was typed and chosen, then do what the button says."""
    times = ("deadline", "valid_until", "send_at")
    drafts.filled(draft, _values(request, [office.unit for office in mine]) | {name: getattr(draft, name) for name in times}, now())
    for name in times:  # a moment that cannot be read must not take the words with it
        setattr(draft, name, moment_in(request, name))
    drafts.keep(draft)
    _address(request, draft, [office.path for office in mine])
    act = request.POST.get("act", "")
    if act.startswith("remove:"):
        draft.audience = terms.removed(draft.audience, act.removeprefix("remove:"))
    elif act == "template":
        drafts.as_template(draft, request.POST.get("template", "").strip())
    elif act.startswith("detach:") and act.removeprefix("detach:").isdigit() and draft.pk:
        draft.attachments.filter(pk=int(act.removeprefix("detach:"))).delete()
    drafts.keep(draft)
    _attach(request, draft)
    if draft.pk is None and act in {"preview", "save"}:
        raise Refused(_("还没有写。先写标题或正文。"))


def _address(request: Asked, draft: Draft, paths: list[str]) -> None:
    """Take what is chosen, whichever button was pressed: nobody has to press another one first."""
    values = request.POST
    for name, minus in _CHOSEN:
        if values.get(name):
            draft.audience = terms.added(draft.audience, values[name], terms.choices(paths), minus=minus)
            drafts.keep(draft)
    for name, minus in _NAMED:
        if values.get(name, "").strip():
            draft.audience = terms.named(draft.audience, values[name], paths, minus=minus)
            drafts.keep(draft)


def _attach(request: Asked, draft: Draft) -> None:
    for file in request.FILES.getlist("files"):
        if draft.pk is None:
            draft.save()  # a file is as good as a word
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
