"""Browsers at the desk: 张主任 writes, 老陈 approves, 小李 reads; the clock stands at Wednesday 10:00."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from hub_help import Clock, beijing, furnish
from page_help import signed_in

from qingqun.hub.models import Person, Power


@pytest.fixture
def desk(lite: Any, clock: Clock, settings_folder: None) -> SimpleNamespace:
    clock.at = beijing("2026-03-11 10:00")
    office = furnish()
    office.chen = Person.objects.create(name="老陈", unit=office.street)
    Power.objects.create(person=office.zhang, unit=office.street, right="author")
    for person in (office.chen, office.zhang):
        Power.objects.create(person=person, unit=office.street, right="approver")
    office.browser = {key: signed_in(getattr(office, key), key) for key in ("zhang", "chen", "li")}
    office.clock, office.author = clock, office.browser["zhang"]
    return office


@pytest.fixture
def settings_folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep files that are uploaded in the test's own folder."""
    monkeypatch.setattr("django.conf.settings.ATTACHMENTS", tmp_path / "attachments")


@pytest.fixture
def reader(desk: SimpleNamespace) -> Client:
    browser: Client = desk.browser["li"]
    return browser
