"""Is there anything new? What the open page asks now and then, conditionally: nothing new costs an empty answer."""

from django.http import HttpResponse, HttpResponseNotModified

from qingqun.hub import inbox
from qingqun.hub.now import now
from qingqun.hub.pages._cards import latest
from qingqun.hub.pages._gate import READER, Asked
from qingqun.hub.pages._show import show

URL, NAME, ROLES, METHODS = "news/", "news", {READER}, {"GET", "HEAD"}


def page(request: Asked) -> HttpResponse:
    """Give a link to reload, 304 where nothing changed since the mark that was given."""
    at = now()
    newest = f'"{latest(inbox.listed(request.visitor.person, at), at)}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == newest:
        return HttpResponseNotModified(headers={"ETag": newest})
    response = show(request, "news", fresh=request.GET.get("since", "") != newest.strip('"'))
    response.headers["ETag"] = newest
    return response
