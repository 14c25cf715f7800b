"""Programs of the office's people: each with a token of every scope, on a fresh hub of both databases, the clock standing at Wednesday 10:00."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from hub_help import Clock, beijing, furnish
from page_help import signed_in

from qingqun.hub.api import keys
from qingqun.hub.models import Person, Power

NIGHTLY = {"test_api_roles.py", "test_api_schema.py"}  # they walk every call: on PostgreSQL by night


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.name in NIGHTLY and "[postgres" in item.name:
            item.add_marker(pytest.mark.nightly)


class Program:
    """A client that speaks JSON and bears a token."""

    def __init__(self, secret: str = "") -> None:
        bearer = {"authorization": f"Bearer {secret}"} if secret else {}
        self.client = Client(headers={"host": "localhost", **bearer}, raise_request_exception=False)

    def __call__(self, method: str, address: str, body: Any = None, **headers: str) -> SimpleNamespace:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent: dict[str, Any] = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        answer = self.client.generic(method, f"/api/v1{address}", **sent, headers=named)
        said = json.loads(answer.content) if answer.content and "json" in answer.headers.get("Content-Type", "") else None
        return SimpleNamespace(status=answer.status_code, said=said, headers=answer.headers, text=answer.content.decode())


@pytest.fixture
def noon(clock: Clock) -> Clock:
    clock.at = beijing("2026-03-11 10:00")
    return clock


@pytest.fixture
def house(hub: Any, noon: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Furnish the office: 张主任 writes, 老陈 approves, 小赵 administers, 老纪 audits, 小李 and 小王 read; each has a program."""
    cache.clear()
    monkeypatch.setattr(settings, "VAULT_KEY", Fernet.generate_key().decode())
    monkeypatch.setattr(settings, "ADDRESS", "https://hub.example.gov.cn")
    office = furnish()
    for key, name in {"chen": "老陈", "zhao": "小赵", "ji": "老纪"}.items():
        setattr(office, key, Person.objects.create(name=name, unit=office.street))
    for key, right in {"zhang": "author", "chen": "approver", "zhao": "administrator", "ji": "auditor"}.items():
        Power.objects.create(person=getattr(office, key), unit=office.street, right=right)
    people = ("zhang", "li", "wang", "stranger", "chen", "zhao", "ji")
    office.browser = {key: signed_in(getattr(office, key), key) for key in people}
    office.program = {
        key: Program(keys.made(getattr(office, key).pk, "试", list(keys.scopes()), 30, noon.at, proven=True)) for key in people
    }
    office.nobody = Program()
    office.noon = noon.at
    return office
