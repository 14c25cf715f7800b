"""A data folder of its own for every test of administration."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from qingqun.hub import config, sql
from qingqun.hub.upkeep import keys


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a founded data folder and settings that name it."""
    folder = tmp_path / "data"
    keys.make(folder)
    (folder / "config.toml").write_text('owner = "和平街道"\n', encoding="utf-8")
    _name(folder, monkeypatch)
    monkeypatch.setattr(settings, "SECRET_KEY", config.secret(folder, "django"))
    return folder


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: Any) -> Callable[[], Any]:
    """Give the move to another machine: an empty folder, an empty database of the same kind."""

    def there() -> Any:
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        _name(folder, monkeypatch)
        if connection.vendor == "sqlite":
            return on(config.database("", folder))
        sql.run("DROP DATABASE IF EXISTS elsewhere WITH (FORCE)")
        sql.run("CREATE DATABASE elsewhere")
        return on({**connection.settings_dict, "NAME": "elsewhere"})

    return there


def _name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setattr(settings, "ATTACHMENTS", folder / "attachments")
    monkeypatch.setattr(settings, "LEDGER_HEAD", folder / "ledger.head")
    monkeypatch.setattr(settings, "VAULT_KEY", config.secret(folder, "vault"))
