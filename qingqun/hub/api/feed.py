"""One's deadlines as a calendar (RFC 5545) behind a secret address: made, taken back and made anew on a page.

Its reader is often a service outside the house. So it says what is due only where its owner chose that, and never a text.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from secrets import token_urlsafe

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from icalendar import Alarm, Calendar, Event, Todo

from qingqun.clock.hours import Hours
from qingqun.clock.moment import answer
from qingqun.hub import hold, inbox, ledger, sql
from qingqun.hub.api.keys import digest
from qingqun.hub.deliver.bucket import take, tokens
from qingqun.hub.deliver.ringing import Rate
from qingqun.hub.inbox import Row
from qingqun.hub.models import Feed
from qingqun.hub.moment import from_ms, to_ms
from qingqun.hub.now import now
from qingqun.i18n import _

PACE = Rate(60, 600)  # a calendar asks every quarter of an hour at most
AHEAD, STEP, FAR = timedelta(hours=1), timedelta(minutes=30), timedelta(days=14)
PAST = timedelta(days=30)

_WHOSE = (
    "SELECT f.id, f.person_id, f.titles FROM hub_feed f JOIN hub_person p ON p.id = f.person_id WHERE f.digest = %s AND p.left_at IS NULL"
)
_HOURS = "SELECT COALESCE(p.worktime_id, u.effective_id, 0) FROM hub_person p JOIN hub_unit u ON u.id = p.unit_id WHERE p.id = %s"


def made(person: int, at: datetime, *, titles: bool) -> str:
    """Give a person a new secret address and return it; the one before opens nothing any more."""
    secret = token_urlsafe(32)
    with sql.act():
        Feed.objects.update_or_create(person_id=person, defaults={"digest": digest(secret), "titles": titles, "made_at": at})
        ledger.write("calendar", at, person=person, count=1)
    return f"{settings.ADDRESS.rstrip('/')}/calendar/{secret}.ics"


def taken_back(person: int, at: datetime) -> bool:
    """Close a person's address; False where there was none."""
    with sql.act():
        gone = bool(Feed.objects.filter(person_id=person).delete()[0])
        if gone:
            ledger.write("calendar off", at, person=person, count=1)
    return gone


def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar; `?as=todo` gives tasks instead of appointments."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found, at = sql.rows(_WHOSE, [digest(secret)]), now()
    if not found:
        raise Http404
    feed, person, titles = found[0]
    if not _allowed(f"feed:{feed}", at):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    body = written(person, at, titles=bool(titles), todo=request.GET.get("as") == "todo")
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _allowed(key: str, at: datetime) -> bool:
    with sql.act():
        left = tokens([key], PACE, at)[key]
        if left >= 1:
            take({key: 1})
    return left >= 1


def written(person: int, at: datetime, *, titles: bool, todo: bool = False) -> bytes:
    """Return what a person still has to do, each with its deadline and an alarm in their working time."""
    number = sql.value(_HOURS, [person])
    hours = hold.hours_of([hold.Group(number, 0, 0)])[number]
    whole = Calendar()
    for name, value in {
        "prodid": "-//qingqun//deadlines//ZH",
        "version": "2.0",
        "method": "PUBLISH",
        "x-wr-calname": _("轻群时限"),
    }.items():
        whole.add(name, value)
    for row in inbox.listed(person, at):
        if row.deadline and row.done_at is None and row.withdrawn_at is None and from_ms(row.deadline) > at - PAST:
            whole.add_component(_one(row, hours, titles=titles, todo=todo))
    return bytes(whole.to_ical())


def _one(row: Row, hours: Hours, *, titles: bool, todo: bool) -> Event | Todo:
    due = from_ms(row.deadline or 0)
    entry: Event | Todo = Todo() if todo else Event()
    entry.add("uid", f"{row.delivery}@qingqun")
    entry.add("dtstamp", from_ms(row.changed_at or row.not_before))
    entry.add("sequence", row.revision)
    entry.add("summary", row.title if titles else _("有一件事到期"))
    entry.add("url", f"{settings.ADDRESS.rstrip('/')}/n/{row.delivery}/")
    entry.add("class", "PRIVATE")
    if isinstance(entry, Todo):
        entry.add("due", due)
    else:
        entry.add("dtstart", due)
        entry.add("transp", "TRANSPARENT")
    rings = ring(row.deadline or 0, hours)
    if rings:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", row.title if titles else _("有一件事到期"))
        alarm.add("trigger", from_ms(rings), parameters={"VALUE": "DATE-TIME"})
        entry.add_component(alarm)
    return entry


@lru_cache(maxsize=4_096)
def ring(deadline: int, hours: Hours) -> int | None:
    """Return the last working moment at least an hour before a deadline, on a half hour back from it; None within two weeks of rest."""
    at = from_ms(deadline) - AHEAD
    for step in range(FAR // STEP):
        if answer(at - step * STEP, hours).working:
            return to_ms(at - step * STEP)
    return None
