"""Sign-out: asked with a form, so that no picture in a page can do it."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import back, show

URL, NAME, ROLES = "accounts/logout/", "signout", {ANYONE}


def page(request: HttpRequest) -> HttpResponse:
    """Show the question, and do it."""
    if request.method == "POST":
        logout(request)
        return back("signin")
    return show(request, "signout")
