"""How a page is shown: its template beside it, and what every page has."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse

from qingqun.hub.pages._nav import places
from qingqun.i18n import _, language

LARGE = "large"  # the cookie of elder mode


def show(request: HttpRequest, page: str, /, *, status: int = 200, **values: Any) -> HttpResponse:
    """Return a page from `<page>.html`."""
    return render(request, f"{page}.html", values, status=status)


def back(to: str, /, **named: object) -> HttpResponse:
    """Send the browser to a page by its name, after something was done: a reload does not do it again."""
    return HttpResponseRedirect(reverse(to, kwargs=named or None), status=303)


def refused(request: HttpRequest, status: int, why: str = "") -> HttpResponse:
    """Say no, kindly, and nothing about what there is."""
    titles = {403: _("您没有打开这一页的权限"), 404: _("没有找到"), 410: _("链接已经失效")}
    return show(request, "_refused", status=status, title=titles.get(status, _("这一步没有做成")), why=why)


def common(request: HttpRequest) -> dict[str, object]:
    """Context processor: what the frame around every page needs."""
    visitor = getattr(request, "visitor", None)
    return {
        "csrf_input": _Mark(request),
        "visitor": visitor,
        "places": places(visitor, request.path),
        "large": request.COOKIES.get(LARGE) == "1",
        "language": "zh-CN" if language() == "zh" else "en",
        "owner": settings.OWNER,
        "css": asset("hub.css"),
        "htmx": asset("django_htmx/htmx-2.min.js"),
    }


class _Mark:
    """The mark against forgery in every form of a page: made for the first one, since it costs 32 random signs, and the same in all."""

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._text = request, ""

    def __html__(self) -> str:
        self._text = self._text or csrf_input(self._request)
        return self._text

    __str__ = __html__


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """Return a static file's address with a mark of its content, so that browsers may keep it for long."""
    found = find(name)
    mark = sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else ""
    return f"{static(name)}?v={mark}"
