"""One catalogue for the whole house: the language Django found for a request is the one `qingqun.i18n` speaks meanwhile."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.translation import get_language

from qingqun.i18n import _, speaking

Page = Callable[[HttpRequest], HttpResponse]
later = lazy(_, str)  # for texts that stand in a class: translated when shown


def spoken(page: Page) -> Page:
    """Middleware: stands right after LocaleMiddleware."""

    def in_its_language(request: HttpRequest) -> HttpResponse:
        with speaking((get_language() or "zh")[:2]):
            return page(request)

    return in_its_language
