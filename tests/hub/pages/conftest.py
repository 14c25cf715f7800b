"""Browsers of the office's people: each signed in, on a fresh SQLite hub, the clock standing at Wednesday 10:00."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from hub_help import Clock, beijing, furnish
from page_help import signed_in

from qingqun.hub.models import Person, Power


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
