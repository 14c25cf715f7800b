"""One person's inbox among ten million deliveries: the statement alone, and the page as a web server asks for it."""

import io
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from hub_house import House, spent

from qingqun.hub import sql
from qingqun.hub.inbox import listed
from qingqun.hub.models import User
from qingqun.hub.now import kept_by

BROWSERS, PAGES, ROUNDS, LISTS = 400, 200, 24, 400  # short rounds: one of them may fall where nobody else works
Environ = dict[str, Any]


def inbox(house: House) -> None:
    """Ask for lists, and ask for pages; PostgreSQL's part of the processor is counted with the pages'."""
    count, last = sql.value("SELECT count(*) FROM hub_delivery"), sql.value("SELECT max(person_id) FROM hub_delivery")
    people = range(house.approver.pk + 1, last)
    _lists(house, count, people)
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "only for measuring" * 3, ["localhost"]
    with kept_by(lambda: house.morning):
        _pages([_browser(person) for person in random.sample(people, BROWSERS)])


def _lists(house: House, count: int, people: range) -> None:
    """Ask for somebody's list, each time somebody else's; a round on a machine that others use says more about them."""
    rounds, cpu = [], []
    for _round in range(ROUNDS):
        with spent() as took:
            rounds.append(sorted(_timed(lambda: listed(random.choice(people), house.morning)) for _turn in range(LISTS)))
        cpu.append(took.cpu / LISTS * 1e3)
    half, most = ([one[place] * 1e3 for one in rounds] for place in (LISTS // 2, LISTS * 99 // 100))
    words = f"P50 {min(half):.2f} ms, P99 {min(most):.2f} ms, of the worst round {max(most):.2f} ms, {min(cpu):.2f} ms of processor"
    print(f"  one inbox of {count:,} deliveries: {words} ({ROUNDS} rounds, load {os.getloadavg()[0]:.1f})", flush=True)


def _browser(person: int) -> Environ:
    """Sign a person in and return the request their browser makes."""
    user = User.objects.get(pk=person)
    session = SessionStore()
    backend = "qingqun.hub.pages._account.ByName"
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
