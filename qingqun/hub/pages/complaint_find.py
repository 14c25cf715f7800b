"""From a code that somebody typed to its complaint."""

from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import back

URL, NAME, ROLES, METHODS = "complaint/find/", "complaint_find", {ANYONE}, {"GET", "HEAD"}


def page(request: HttpRequest) -> HttpResponse:
    """Go there; without a code, back to the form."""
    code = "".join(sign for sign in request.GET.get("code", "").upper() if sign.isascii() and sign.isalnum())[:32]
    return back("complaint", code=code) if code else back("complain")
