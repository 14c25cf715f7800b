"""Which channels ring: those with an active credential that opens, and mail as config.toml has it."""

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet

from qingqun.hub import vault
from qingqun.hub.deliver import opened
from qingqun.hub.models import Credential


@pytest.fixture(autouse=True)
def _vault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.VAULT_KEY", Fernet.generate_key().decode(), raising=False)


def _given(channel: str, name: str, **values: object) -> None:
    Credential.objects.create(channel=channel, name=name, locked=vault.lock(json.dumps(values)))


def test_the_first_active_credential_by_name_opens_a_channel(lite: Any) -> None:
    _given("webhook", "乙", secrets=["b"])
    _given("webhook", "丙", secrets=["c"])
    _given("fax", "甲", number=1)
    assert {name: one.credentials for name, one in opened().items()} == {"webhook": {"secrets": ["c"]}}
    Credential.objects.update(active=False)
    assert opened() == {}


def test_one_that_does_not_open_keeps_no_other_from_ringing(lite: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Credential.objects.create(channel="smtp", name="甲", locked=Fernet(Fernet.generate_key()).encrypt(b"{}"))
    _given("webhook", "乙", secrets=["b"])
    assert set(opened()) == {"webhook"}


def test_mail_is_rung_through_the_server_of_the_configuration(lite: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QINGQUN_MAIL_HOST", "mail.office.example")
    assert opened()["smtp"].credentials["tls"] == "starttls"
    monkeypatch.setenv("QINGQUN_MAIL_HOST", "localhost")
    assert opened()["smtp"].credentials["tls"] == "no"
    _given("smtp", "甲", host="other.example", sender="a@b")
    assert opened()["smtp"].credentials["host"] == "other.example"
