"""How somebody comes back after doing something: to the list, or to the notice they did it on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from qingqun.hub import inbox
from qingqun.hub.inbox import Row
from qingqun.hub.pages._show import back
from qingqun.i18n import _


def whence(request: HttpRequest, delivery: int) -> HttpResponse:
    """Send the browser back to where the form said it stood."""
    return back("notice", delivery=delivery) if request.POST.get("from") == "notice" else back("inbox")


def overtaken(request: HttpRequest, row: Row) -> bool:
    """Tell whether the text was corrected in what matters while it stood on the screen; say so, for then nothing was confirmed."""
    shown = request.POST.get("revision", "")
    if not (shown.isascii() and shown.isdigit() and len(shown) < 9) or not inbox.outdated(row.notice, int(shown)):
        return False
    messages.warning(request, _("这条通知刚刚更正过，请看过新的内容再办。"))
    return True
