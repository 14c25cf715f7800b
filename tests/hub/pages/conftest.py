"""Browsers of the office's people: each signed in, on a fresh SQLite hub, the clock standing at Wednesday 10:00; and Chromium itself."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from browser_help import Quiet, entered
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from hub_help import Clock, beijing, furnish
from page_help import corrected, sent, signed_in
from playwright.sync_api import Browser, Page, sync_playwright

from qingqun.hub.models import Person, Power, Topic
from qingqun.hub.wsgi import application


@pytest.fixture
def noon(clock: Clock) -> Clock:
    clock.at = beijing("2026-03-11 10:00")
    return clock


@pytest.fixture
def settings_attachments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep attachments in the test's own folder, a small file for every number a test may name."""
    monkeypatch.setattr(settings, "ATTACHMENTS", tmp_path / "attachments")
    settings.ATTACHMENTS.mkdir()
    for number in range(1, 40):
        (settings.ATTACHMENTS / f"{number:032}").write_bytes(b"%PDF-1.7")


@pytest.fixture
def house(lite: Any, noon: Clock) -> SimpleNamespace:
    """Furnish the office: 张主任 writes, 老陈 approves, 小赵 administers, 老纪 audits, 小王 supervises, 小李 reads; everybody has an account."""
    cache.clear()  # holds counts of sign-ins by address
    office = furnish()
    for key, name in {"chen": "老陈", "zhao": "小赵", "ji": "老纪"}.items():
        setattr(office, key, Person.objects.create(name=name, unit=office.street))
    for key, right in {"zhang": "author", "chen": "approver", "zhao": "administrator", "ji": "auditor", "wang": "supervisor"}.items():
        Power.objects.create(person=getattr(office, key), unit=office.street, right=right)
    people = ("zhang", "li", "wang", "stranger", "chen", "zhao", "ji")
    office.browser = {key: signed_in(getattr(office, key), key) for key in people}
    office.anonymous = Client(headers={"host": "localhost"})
    return office


@pytest.fixture
def served(house: SimpleNamespace, clock: Clock) -> Iterator[str]:
    """Serve an office with a bit of everything."""
    Topic.objects.create(name="文体")
    place = f"地点见 https://www.example.gov.cn/{'a' * 60}.html"
    sent(house, clock.at, title="周五开会", text=place, confirm="confirm", deadline=clock.at + timedelta(days=1))
    corrected(sent(house, clock.at, title="更正过的", text="一"), "二", clock.at)
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browser(served: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Start Chromium; its loop runs in this thread, the database is not its business."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield found
        found.close()
        connections["default"].close()  # what the test itself asked, beside the loop, has a connection of its own:
        del connections["default"]  # left open, the next test would read this one's rows


@pytest.fixture
def chromium(browser: Browser, served: str) -> Any:
    """Give what opens the hub as somebody, signed in: chromium(name, **how a context is)."""

    def opened(name: str, **how: Any) -> Page:
        return entered(browser.new_context(locale="zh-CN", **how), served, name)

    return opened
