"""Who holds a right is signed out after half an hour without doing anything; a reader stays, their phone locks itself."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

IDLE = timedelta(minutes=30)
_SEEN, _EVERY = "seen", 60  # written at most once a minute

Page = Callable[[HttpRequest], HttpResponse]


def passed() -> float:
    """Return what a wall clock shows, in seconds: how long somebody has done nothing is no matter of the demo's clock, which jumps."""
    return time.time()


def idle(page: Page) -> Page:
    """Middleware: stands after AuthenticationMiddleware. What the open page asks by itself is not doing something."""

    def watched(request: HttpRequest) -> HttpResponse:
        if "_auth_user_id" in request.session:
            _look(request)
        return page(request)

    return watched


def _look(request: HttpRequest) -> None:
    at, seen = int(passed()), request.session.get(_SEEN)
    if seen is not None and at - seen > IDLE.total_seconds() and _has_rights(request):
        logout(request)
    elif (seen is None or at - seen >= _EVERY) and not request.headers.get("If-None-Match"):
        request.session[_SEEN] = at


def _has_rights(request: HttpRequest) -> bool:
    person = getattr(request.user, "person", None)
    return person is not None and bool(person.powers.exists())
