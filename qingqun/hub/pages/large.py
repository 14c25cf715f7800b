"""Elder mode: larger type everywhere in this browser."""

from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import LARGE, back

URL, NAME, ROLES, METHODS = "large/", "large", {ANYONE}, {"POST"}
YEAR = 365 * 24 * 3600


def page(request: HttpRequest) -> HttpResponse:
    """Switch it."""
    response = back("mine") if request.user.is_authenticated else back("signin")
    wanted = "0" if request.COOKIES.get(LARGE) == "1" else "1"
    response.set_cookie(LARGE, wanted, YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response
