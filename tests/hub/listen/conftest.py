"""A hub that listens: the office, a vault with a key, a Wednesday evening after hours."""

from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from hub_help import Clock, beijing

from qingqun.hub.models import Identity, Person


@pytest.fixture
def night(clock: Clock) -> Clock:
    clock.at = beijing("2026-03-11 22:10")
    return clock


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAULT_KEY", Fernet.generate_key().decode())


@pytest.fixture
def listening(office: SimpleNamespace, key: None, night: Any) -> SimpleNamespace:
    return _joined(office, night)


@pytest.fixture
def listening_lite(office_lite: SimpleNamespace, key: None, night: Any) -> SimpleNamespace:
    return _joined(office_lite, night)


def _joined(office: SimpleNamespace, night: Clock) -> SimpleNamespace:
    """Join 小李 on every platform; six colleagues rest at the west station."""
    for platform in ("wecom", "feishu", "dingtalk", "onebot", "chatlab"):
        Identity.objects.create(platform=platform, uid="li-id", person=office.li, joined_at=night.at)
    for number in range(6):
        Person.objects.create(name=f"同事{number}", unit=office.west)
    office.night = night
    return office
