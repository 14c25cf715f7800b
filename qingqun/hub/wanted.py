"""Where somebody wanted to go before something else had to be done first; kept in their session."""

from django.http import HttpRequest

_WANTED = "wanted"


def remember(request: HttpRequest) -> None:
    """Keep the page that was asked for; what an open page asks by itself is no wish."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        request.session[_WANTED] = request.get_full_path()


def taken(request: HttpRequest, otherwise: str) -> str:
    """Return that page once, or another where none was asked for."""
    return str(request.session.pop(_WANTED, otherwise))


def arrived(request: HttpRequest) -> None:
    """Forget the wish where it has come true."""
    if _WANTED in request.session and request.session[_WANTED] == request.get_full_path():
        del request.session[_WANTED]
