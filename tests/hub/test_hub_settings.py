"""The settings say what they promise, whatever an administrator wrote."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from hub_help import Clock, beijing

from qingqun.hub import config, sql
from qingqun.hub.now import now

ASKED = """
import django
django.setup()
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
print(get_adapter().get_client_ip(RequestFactory().get("/", headers={"x-forwarded-for": "8.8.8.8, 10.1.2.3"})))
"""


def test_sqlite_is_durable_and_shared_between_readers_and_a_writer(lite: Any) -> None:
    found = [sql.value(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert found == ["wal", 2, 1]


def test_postgresql_answers_after_the_commit_is_durable(postgres: Any) -> None:
    assert sql.value("SHOW synchronous_commit") == "on"


def test_an_address_with_marks_in_its_password_is_read() -> None:
    found = config.database("postgresql://hub:a%40b@db:5433/city", Path())
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == ("hub", "a@b", "db", "5433", "city")


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql"):
        config.database("mysql://hub@db/city", Path())


@pytest.mark.parametrize("url", ["", "postgresql://hub@db/city"])
def test_a_connection_outlives_the_request_that_opened_it(url: str, tmp_path: Path) -> None:
    assert config.database(url, tmp_path)["CONN_MAX_AGE"] is None


def test_the_environment_overrides_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text('owner = "和平街道"\nhosts = ["a"]\n', encoding="utf-8")
    given = config.given(tmp_path)
    assert (config.text(given, "owner"), config.words(given, "hosts", [])) == ("和平街道", ["a"])
    monkeypatch.setenv("QINGQUN_HOSTS", "b,c")
    assert config.words(given, "hosts", []) == ["b", "c"]


@pytest.mark.parametrize(("proxy", "whose"), [("yes", "10.1.2.3"), ("no", "127.0.0.1")])
def test_behind_a_proxy_whoever_asks_is_whom_the_proxy_named_last(proxy: str, whose: str) -> None:
    environment = {**os.environ, "QINGQUN_BEHIND_PROXY": proxy, "DJANGO_SETTINGS_MODULE": "qingqun.hub.settings"}
    done = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == whose


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("owner = ", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"config\.toml"):
        config.given(tmp_path)


def test_the_sign_in_page_opens_with_a_strict_policy_and_no_sign_up(lite: Any) -> None:
    page = Client().get("/accounts/login/", headers={"host": "localhost"})
    policy = page.headers["Content-Security-Policy"]
    assert page.status_code == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b'name="password1"' not in Client().get("/accounts/signup/", headers={"host": "localhost"}).content


def test_passwords_are_kept_with_argon2() -> None:
    source = (Path(config.__file__).parent / "settings.py").read_text(encoding="utf-8")
    assert "Argon2PasswordHasher" in source
    assert settings.LANGUAGE_CODE == "zh-hans"


def test_migrations_are_whole(lite: Any) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_injected_clock_tells_the_time(clock: Clock) -> None:
    clock.at = beijing("2026-03-12 08:30")
    assert now() == beijing("2026-03-12 08:30")
