"""A complaint and its answer, for whoever has its code."""

from django.http import Http404, HttpRequest, HttpResponse

from qingqun.hub.models import Complaint
from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import show

URL, NAME, ROLES, METHODS = "complaint/<slug:code>/", "complaint", {ANYONE}, {"GET", "HEAD"}


def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show it; who wrote it is not shown."""
    found = Complaint.objects.filter(code=code.upper()).first()
    if found is None:
        raise Http404
    response = show(request, "complaint", it=found)
    response.headers["Cache-Control"] = "no-store"
    return response
