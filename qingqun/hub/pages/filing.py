"""The draft of the filing form (备案申请表) for who administers the whole office: what is known is filled in; as a workbook on request."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qingqun.hub import ledger
from qingqun.hub.governance import filing
from qingqun.hub.language import later
from qingqun.hub.models import Right
from qingqun.hub.now import now
from qingqun.hub.pages._gate import Asked
from qingqun.hub.pages._show import refused, show
from qingqun.i18n import _

URL, NAME, ROLES, METHODS = "filing/", "filing", {Right.ADMINISTRATOR}, {"GET", "HEAD"}
NAV = (67, "check", later("备案申请表"))


def page(request: Asked) -> HttpResponse:
    """Show the draft, or give it as a workbook."""
    whole = [path for right, path in request.visitor.powers if right in ROLES and path.count("/") == 2]
    if not whole:
        return refused(request, 403)
    sections = filing.form(whole[0])
    if request.GET.get("book") != "1" or request.method != "GET":
        return show(request, "filing", sections=sections)
    ledger.exported("filing", sum(len(one.fields) for one in sections), now(), request.visitor.person)
    return _book(sections)


def _book(sections: tuple[filing.Section, ...]) -> HttpResponse:
    with TemporaryDirectory() as folder:
        path = Path(folder, "filing.xlsx")
        filing.write(sections, now(), path)
        data = path.read_bytes()
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    name = content_disposition_header(as_attachment=True, filename=_("备案申请表草稿.xlsx"))
    response.headers["Content-Disposition"] = str(name)
    return response
