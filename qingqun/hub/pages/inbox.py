"""The inbox: one quiet list."""

from django.http import HttpResponse

from qingqun.hub.language import later
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show

URL, NAME, ROLES = "", "inbox", {READER}
NAV = (10, "inbox", later("收件"))


def page(request: Asked) -> HttpResponse:
    """Show the list."""
    return show(request, "inbox")
