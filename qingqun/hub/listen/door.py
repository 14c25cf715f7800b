"""The address that platforms call. It is no page: nobody signs in, and what comes is believed by its signature alone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from qingqun.hub.listen.call import Call
from qingqun.hub.listen.receive import receive
from qingqun.hub.listen.sources import SOURCES
from qingqun.hub.now import now


@csrf_exempt
def door(request: HttpRequest, source: str) -> HttpResponse:
    """Take a platform's call; its size is looked at before anything of it is read."""
    if source not in SOURCES:
        return HttpResponse(status=404)
    if request.method not in {"GET", "POST"}:
        return HttpResponse(status=405)
    length = request.headers.get("content-length") or "0"
    if not length.isdigit() or int(length) > SOURCES[source].LARGEST:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    reply = receive(source, Call(request.method, request.GET.dict(), headers, request.body), now())
    return HttpResponse(reply.body, status=reply.status, content_type=reply.kind, headers={"Cache-Control": "no-store"})
