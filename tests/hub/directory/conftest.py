"""Platforms with a directory, and the office they belong to."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from office_fakes import OFFICES, FakeOffice, peopled


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAULT_KEY", Fernet.generate_key().decode())


@pytest.fixture(params=sorted(OFFICES))
def platform(request: pytest.FixtureRequest) -> Iterator[FakeOffice]:
    """Each platform in turn."""
    with OFFICES[request.param]() as fake:
        yield peopled(fake)


@pytest.fixture
def wecom() -> Iterator[FakeOffice]:
    with OFFICES["wecom"]() as fake:
        yield peopled(fake)
