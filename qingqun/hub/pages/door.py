"""The signed link of a ring: one delivery, without signing in, until its deadline, for the first browser that opens it.

Opening is a button, not the link itself: a platform that fetches links for a preview neither sees the notice nor takes the browser's place.
"""

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from qingqun.hub import inbox, links
from qingqun.hub.inbox import Row
from qingqun.hub.models import Confirm, Means
from qingqun.hub.now import now
from qingqun.hub.pages._back import overtaken
from qingqun.hub.pages._cards import card
from qingqun.hub.pages._gate import ANYONE
from qingqun.hub.pages._show import back, refused, show
from qingqun.hub.pages._text import linked
from qingqun.hub.pages.answer import answered, kept
from qingqun.i18n import _
from qingqun.words import Refused

URL, NAME, ROLES = f"{links.PATH.strip('/')}/<str:token>", "door", {ANYONE}
COOKIE, KEPT = "door", 90 * 24 * 3600  # the browser's secret, and for how many seconds it is kept


def page(request: HttpRequest, token: str) -> HttpResponse:
    """Open the door, show what is behind it, or take the receipt."""
    try:
        delivery = links.read(token, now())
    except Refused as why:
        return _private(refused(request, 410, str(why)))
    person = inbox.door.whose(delivery)
    row = inbox.one(delivery, person[0], now()) if person else None
    if person is None or row is None:
        return _private(refused(request, 404))
    mine = inbox.door.bound(delivery, request.COOKIES.get(COOKIE, ""))
    if mine is False:
        return _private(refused(request, 403, _("这个链接已经在另一部手机或浏览器上打开过。请登录后从收件箱看。")))
    if mine is None:
        return _private(_bound(request, token, delivery) if request.method == "POST" else show(request, "door_closed"))
    if request.method == "POST":
        return _private(_taken(request, token, row, person))
    return _private(_shown(request, token, row, person))


def _bound(request: HttpRequest, token: str, delivery: int) -> HttpResponse:
    browser = request.COOKIES.get(COOKIE) or token_urlsafe(32)
    inbox.door.bind(delivery, browser, now())
    response = back("door", token=token)
    response.set_cookie(COOKIE, browser, KEPT, path=links.PATH, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


def _shown(request: HttpRequest, token: str, row: Row, person: tuple[int, str], typed: str = "") -> HttpResponse:
    if request.method == "GET":
        inbox.receive(row.delivery, person[0], Confirm.READ, now(), means=Means.LINK)
    it = inbox.opened(row.delivery, row.notice, row.read_at)
    known = inbox.Facts(person[0], (0,), {}, ())
    return show(request, "door", card=card(row, known, now()), row=row, it=it, linked=linked, token=token, name=person[1], typed=typed)


def _taken(request: HttpRequest, token: str, row: Row, person: tuple[int, str]) -> HttpResponse:
    if overtaken(request, row):
        return _shown(request, token, row, person, kept(request))
    try:
        text, files = answered(request) if row.confirm == Confirm.ANSWER else ("", [])
    except Refused as why:
        messages.warning(request, str(why))
        return _shown(request, token, row, person, kept(request))
    kind = Confirm.ANSWER if row.confirm == Confirm.ANSWER else Confirm.CONFIRM
    inbox.receive(row.delivery, person[0], kind, now(), means=Means.LINK, answer=text, files=files)
    return back("door", token=token)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
