"""How somebody comes back after doing something: to the list, or to the notice they did it on."""

from django.http import HttpRequest, HttpResponse

from qingqun.hub.pages._show import back


def whence(request: HttpRequest, delivery: int) -> HttpResponse:
    """Send the browser back to where the form said it stood."""
    return back("notice", delivery=delivery) if request.POST.get("from") == "notice" else back("inbox")
