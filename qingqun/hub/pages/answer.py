"""An answer: a text, a file, or both; seen by the notice's author alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from qingqun.enrich.secrets import secret_span
from qingqun.hub import attachments, inbox
from qingqun.hub.models import Attachment, Confirm
from qingqun.hub.now import now
from qingqun.hub.pages._back import overtaken
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import back
from qingqun.hub.pages.notice import shown
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES, METHODS = "n/<int:delivery>/answer/", "answer", {READER}, {"POST"}
LONGEST = 5_000


def page(request: Asked, delivery: int) -> HttpResponse:
    """Take the answer; the first one counts."""
    at, who = now(), request.visitor
    row = inbox.one(delivery, who.person, at)
    if row is None:
        raise Http404
    if overtaken(request, row):
        return shown(request, row, kept(request))
    try:
        text, files = answered(request)
    except Refused as refused:
        messages.warning(request, str(refused))
        return shown(request, row, kept(request))
    if inbox.receive(delivery, who.person, Confirm.ANSWER, at, answer=text, files=files):
        messages.success(request, _("已回复，只有发文人看得到。"))
    return back("notice", delivery=delivery)


def kept(request: HttpRequest) -> str:
    """Return what was typed, to be shown again; nothing of it where it is marked as a secret."""
    typed = request.POST.get("answer", "")
    return "" if secret_span(typed) else typed


def answered(request: HttpRequest) -> tuple[str, list[Attachment]]:
    """Read an answer from a form.

    Raises:
        Refused: there is nothing in it, it is too long, or marked as a state secret; nothing of it is kept.
    """
    text, upload = request.POST.get("answer", "").strip(), request.FILES.get("file")
    if not text and not upload:
        raise Refused(_("请写几个字，或附一个文件"))
    if len(text) > LONGEST:
        raise Refused(_("回复最长 {n} 字，其余请放在附件里").format(n=LONGEST))
    if secret_span(text):
        raise Refused(_("文中有国家秘密标志，不能发送，也不会保存"))
    return text, [attachments.keep(upload)] if upload else []
