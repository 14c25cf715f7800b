"""What is shown when something cannot be: in the house's words, with the way back."""

from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._show import refused
from qingqun.i18n import _


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Answer for an address without a page, and for what is not the visitor's."""
    return refused(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  same
    """Answer for what a page itself refuses."""
    return refused(request, 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  same
    """Answer for a form without the mark this site gave it."""
    return refused(request, 403, _("这个表单放得太久，或者不是从本站打开的。请回到上一页，刷新后再试；您写的内容还在那里。"))
