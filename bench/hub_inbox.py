"""One person's inbox among ten million deliveries: the statement alone, and the page as a web server asks for it."""

import io
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hub_house import House, spent

from qingqun.hub import sql
from qingqun.hub.inbox import listed
from qingqun.hub.models import Hold, Revision, User
from qingqun.hub.moment import to_ms
from qingqun.hub.now import kept_by

NOTICES = 200  # of about nine months; a person opens nine in ten
BROWSERS, PAGES, ROUNDS, LISTS = 400, 400, 8, 1_000
_DAY = timedelta(days=1)
_TITLES = ("关于做好第{}季度基层减负工作的通知", "请各社区报送第{}批统计表", "防汛工作安排（第{}号）")
_CONFIRM = ("none", "confirm", "none", "read")
# The rows lie in the order in which notices came, so that a person's are scattered over the whole table.
_FILL = """
INSERT INTO hub_delivery (notice_id, person_id, hold_id, state, lane, inbox, not_before, delivered_at, read_at, done_at)
SELECT n.id, p.id, h.id, 'delivered', 'routine', p.inbox, h.not_before, h.not_before, CASE WHEN {seen} THEN h.not_before + 3600000 END,
       CASE WHEN {seen} THEN h.not_before + 3600000 END
FROM hub_notice n JOIN hub_hold h ON h.notice_id = n.id CROSS JOIN hub_person p WHERE p.id <= %s ORDER BY n.id, p.id
"""
_ACCOUNTS = """
INSERT INTO hub_user (id, username, password, first_name, last_name, email, is_superuser, is_staff, is_active, date_joined)
SELECT id, 'u' || id, '!', '', '', '', 1 = 0, 1 = 0, 1 = 1, CURRENT_TIMESTAMP FROM hub_person WHERE id <= %s
"""
_SEEN = "n.accepted_at < %s AND (p.id * 7919 + n.id * 104729) %% 10 > 0"
Environ = dict[str, Any]


def inbox(house: House, rows: int) -> None:
    """Fill, ask for lists, and ask for pages; PostgreSQL's part of the processor is counted with the pages'."""
    last = _filled(house, rows)
    count, people = sql.value("SELECT count(*) FROM hub_delivery"), range(house.approver.pk + 1, last)
    _lists(house, count, people)
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "only for measuring" * 3, ["localhost"]
    with kept_by(lambda: house.morning):
        _pages([_browser(person) for person in random.sample(people, BROWSERS)])


def _lists(house: House, count: int, people: range) -> None:
    """Ask for somebody's list, each time somebody else's; a round on a machine that others use says more about them."""
    rounds = [sorted(_timed(lambda: listed(random.choice(people), house.morning)) for _turn in range(LISTS)) for _round in range(ROUNDS)]
    half, most = ([one[place] * 1e3 for one in rounds] for place in (LISTS // 2, LISTS * 99 // 100))
    words = f"P50 {min(half):.2f} ms, P99 {min(most):.2f} ms, of the worst round {max(most):.2f} ms"
    print(f"  one inbox of {count:,} deliveries: {words} ({ROUNDS} rounds, load {os.getloadavg()[0]:.1f})")


def _filled(house: House, rows: int) -> int:
    """Replace all there is by so many deliveries, made by one statement; return the last person who has any."""
    for table in ("receipt", "delivery", "hold", "revision", "notice"):
        sql.run(f"DELETE FROM hub_{table}")
    last = house.approver.pk + rows // NOTICES - 2
    sql.run(_ACCOUNTS, [last])
    sql.run("UPDATE hub_person SET user_id = id WHERE id <= %s", [last])
    for number in range(NOTICES):
        _notice(house, number)
    with spent() as took:
        at = to_ms(house.morning - 2 * _DAY)
        sql.run(_FILL.format(seen=_SEEN), [at, at, last])
        house.analyse()
    print(f"  filled in {took}")
    connection.close()
    return last


def _notice(house: House, number: int) -> None:
    came = house.morning - (NOTICES - number) * 1.4 * _DAY
    asked = house.morning + (number - NOTICES) * 1.4 * _DAY + 5 * _DAY if number % 4 == 1 else None
    title = _TITLES[number % 3].format(number + 1)
    notice = house.notice(1, title=title, text="请知悉。" * 20, confirm=_CONFIRM[number % 4], deadline=asked, accepted_at=came)
    notice.audience = {"unit": house.units[0].pk, "below": True}
    notice.save()
    Revision.objects.create(notice=notice, number=1, title=title, text=notice.text, by=house.author, at=came)
    reason = {"code": "night", "opens": came.isoformat()} if number % 3 == 0 else {"code": "working"}
    Hold.objects.create(notice=notice, not_before=came, ring_from=came, reason=reason)


def _browser(person: int) -> Environ:
    """Sign a person in and return the request their browser makes."""
    user = User.objects.get(pk=person)
    session = SessionStore()
    backend = "django.contrib.auth.backends.ModelBackend"
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()})
    session.save()
    sent = {"HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9"}
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1"}
    served = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}
    return {**sent, **asked, **served, "HTTP_COOKIE": f"sessionid={session.session_key}"}


def _pages(browsers: list[Environ]) -> None:
    """Ask as granian does, one request after the other, each a whole one: session, account, list, page, gzip."""
    app, sizes = get_wsgi_application(), list[int]()

    def page(environ: Environ) -> None:
        given: list[str] = []
        response = app({**environ, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}, lambda status, _headers: given.append(status))  # type: ignore[arg-type]
        sizes.append(len(b"".join(response)))
        response.close()
        if given != ["200 OK"]:
            raise SystemExit(f"a page was not shown: {given}")

    for environ in browsers:
        page(environ)  # the first one writes into the session
    found = []
    for _round in range(ROUNDS):
        with spent() as took:
            times = sorted(_timed(lambda: page(random.choice(browsers))) for _page in range(PAGES))
        found.append((took.cpu / PAGES, times[PAGES * 99 // 100], str(took)))
    cpu, slow, words = min(found)
    print(f"  its page ({sum(sizes) // len(sizes):,} bytes): {cpu * 1e3:.2f} ms of processor, {1 / cpu:,.0f} pages/s and core; {words}")
    print(f"  P99 of the best round {slow * 1e3:.1f} ms, of the worst {max(one[1] for one in found) * 1e3:.1f} ms; {len(found)} rounds")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
