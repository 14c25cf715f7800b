"""What the outbox's tests begin with: the office, its people's addresses, a clock that stands in the morning, one fake mail server."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fakes import FakeHttp, FakeSmtp
from hub_help import Clock, beijing

from qingqun.hub.models import Contact


@pytest.fixture
def mail() -> Iterator[FakeSmtp]:
    with FakeSmtp() as server:
        yield server


@pytest.fixture
def web() -> Iterator[FakeHttp]:
    with FakeHttp() as server:
        yield server


@pytest.fixture
def morning() -> Clock:
    return Clock(beijing("2026-03-12 08:30"))


@pytest.fixture
def reachable(office: SimpleNamespace) -> SimpleNamespace:
    for name in ("zhang", "li", "wang"):
        Contact.objects.create(person=getattr(office, name), channel="smtp", address=f"{name}@office.example", rank=1)
    return office
