"""A complaint or an opinion, anonymous where its writer wishes: nothing then tells who wrote it, a code alone leads back to the answer."""

from datetime import timedelta
from secrets import choice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from qingqun.enrich.secrets import secret_span
from qingqun.hub import inbox, sql
from qingqun.hub.models import Complaint
from qingqun.hub.moment import to_ms
from qingqun.hub.now import now
from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import back, show
from qingqun.i18n import _

URL, NAME, ROLES = "complaint/", "complain", {ANYONE}
LONGEST, MOST, SPAN = 2_000, 60, timedelta(hours=1)  # what everybody together may write in a span: counting writers would mean knowing them
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another


def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and take it; a code that somebody typed leads to its complaint."""
    who = getattr(request, "visitor", None)
    asked = request.POST.get("delivery") or request.GET.get("delivery", "")
    delivery = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    row = inbox.one(delivery, who.person, now()) if who and delivery else None
    code = "".join(sign for sign in request.GET.get("code", "").upper() if sign in _SIGNS)[:32]
    if code:
        return back("complaint", code=code)
    if request.method != "POST":
        return show(request, "complain", row=row, text="")
    text = request.POST.get("text", "").strip()
    why = _refusal(text)
    if why:
        messages.warning(request, why)
        return show(request, "complain", status=422, row=row, text="" if secret_span(text) else text)
    made = Complaint(code="".join(choice(_SIGNS) for _sign in range(16)), text=text, at=now())
    if row is not None and who is not None:
        made.notice_id = row.notice
        made.unit_id = sql.value("SELECT unit_id FROM hub_notice WHERE id = %s", [row.notice])
    if request.POST.get("signed") and who is not None:
        made.person_id = who.person
    made.save()
    return back("complaint", code=made.code)


def _refusal(text: str) -> str:
    if not text or len(text) > LONGEST:
        return _("请写 1 至 {n} 字").format(n=LONGEST)
    if secret_span(text):
        return _("文中有国家秘密标志，不能提交，也没有保存")
    since = to_ms(now() - SPAN)
    if sql.value("SELECT count(*) FROM hub_complaint WHERE at > %s", [since]) >= MOST:
        return _("现在提交的人太多，请过一会儿再试；您写的内容还在下面")
    return ""
