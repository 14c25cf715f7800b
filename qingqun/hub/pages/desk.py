"""The desk: begin a notice, go on with a draft, see what became of what was sent."""

from django.http import HttpResponse

from qingqun.hub import sql
from qingqun.hub.desk import drafts
from qingqun.hub.desk.offices import offices
from qingqun.hub.language import later
from qingqun.hub.models import Notice, Right, Template
from qingqun.hub.moment import from_ms
from qingqun.hub.now import now
from qingqun.hub.pages._desk import own_notice
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import back, refused, show
from qingqun.hub.pages._words import at_word
from qingqun.i18n import _

URL, NAME, ROLES = "desk/", "desk", {Right.AUTHOR}
NAV = (20, "write", later("发通知"))
SENT = 50

_SENT = """
SELECT n.id, n.title, n.accepted_at, n.withdrawn_at, n.importance, n.confirm, n.people,
       (SELECT count(*) FROM hub_delivery d WHERE d.notice_id = n.id AND d.done_at IS NOT NULL),
       (SELECT count(*) FROM hub_delivery d WHERE d.notice_id = n.id AND d.state = 'held')
FROM hub_notice n WHERE n.author_id = %s ORDER BY n.id DESC LIMIT %s
"""


def page(request: Asked) -> HttpResponse:
    """Show the lists; a form begins a draft like something written before."""
    who, at = request.visitor, now()
    mine = offices(who.person)
    if not mine:
        return refused(request, 403)
    if request.method == "POST":
        like = _like(request, [office.unit for office in mine])
        if like is None:
            return back("desk_new")
        unit = next((office.unit for office in mine if office.unit == who.unit), mine[0].unit)
        return back("desk_write", draft=drafts.begun(who.person, unit, at, like).pk)
    sent = [
        {
            "pk": pk,
            "title": title,
            "at": at_word(from_ms(sent), at),
            "gone": gone,
            "urgent": importance == "emergency",
            "said": _said(*rest),
        }
        for pk, title, sent, gone, importance, *rest in sql.rows(_SENT, [who.person, SENT])
    ]
    found = drafts.listed(who.person)
    templates = Template.objects.filter(unit_id__in=[office.unit for office in mine]).order_by("name")
    return show(request, "desk", drafts=[(one, at_word(one.changed_at, at)) for one in found], sent=sent, templates=templates)


def _said(confirm: str, people: int, done: int, held: int) -> str:
    if held:
        return _("{people} 人，{held} 人还没送到（等上班或休假回来）").format(people=people, held=held)
    if confirm == "confirm":
        return _("{people} 人，{done} 人已确认").format(people=people, done=done)
    if confirm == "answer":
        return _("{people} 人，{done} 人已答复").format(people=people, done=done)
    return _("{people} 人").format(people=people)


def _like(request: Asked, units: list[int]) -> Template | Notice | None:
    """Return what the new draft begins with: a template of the author's offices, or a notice of their own."""
    kind, _colon, number = request.POST.get("like", "").partition(":")
    if kind == "template" and number.isdigit():
        return Template.objects.filter(pk=int(number), unit_id__in=units).first()
    return own_notice(request.visitor.person, int(number)) if kind == "notice" and number.isdigit() else None
