"""Where the hub keeps its data and what its administrator set: QINGQUN_DATA/config.toml, each key overridden by QINGQUN_<KEY>."""

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Read through the system's own memory (mmap), a person's rows lie all over the file; what is written goes the usual way.
LITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;",
}
# Rows are fetched by their index, not found by walking the table: the data lies in memory or on an SSD. Statements here are too short for
# a compiler, and for trying every order of nine tables: four at a time plan the list of an inbox in 0.6 ms instead of 2.9.
POSTGRES_OPTIONS = "-c synchronous_commit=on -c random_page_cost=1.1 -c jit=off -c join_collapse_limit=4"
SCHEMES = {"postgresql", "postgres"}


def data_folder() -> Path:
    """Return the folder of database, keys, attachments and ledger head: QINGQUN_DATA, else qingqun-data where one stands."""
    return Path(os.environ.get("QINGQUN_DATA", "qingqun-data")).absolute()


def given(folder: Path) -> dict[str, Any]:
    """Read config.toml; a folder without one gives nothing.

    Raises:
        ImproperlyConfigured: the file is no TOML; the reason is in it.
    """
    path = folder / "config.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


def text(values: dict[str, Any], key: str, default: str = "") -> str:
    """Return a key's text: the environment's, else the file's, else the default."""
    return os.environ.get(f"QINGQUN_{key.upper()}", str(values.get(key, default)))


def flag(values: dict[str, Any], key: str, *, default: bool) -> bool:
    """Return a key's yes or no; the environment says it as 1, true or yes."""
    return text(values, key, str(default)).lower() in {"1", "true", "yes"}


def one_of(values: dict[str, Any], key: str, words: tuple[str, ...]) -> str:
    """Return a key's word, the first where none is given.

    Raises:
        ImproperlyConfigured: it is none of the words.
    """
    found = text(values, key, words[0])
    if found not in words:
        raise ImproperlyConfigured(f"{key}: {' | '.join(words)}")
    return found


def words(values: dict[str, Any], key: str, default: list[str]) -> list[str]:
    """Return a key's list; the environment separates with commas."""
    spoken = os.environ.get(f"QINGQUN_{key.upper()}")
    return spoken.split(",") if spoken is not None else list(values.get(key, default))


def secret(folder: Path, name: str) -> str:
    """Return a key that `qingqun init` made; empty before that, and Django then refuses whatever needs it."""
    path = folder / "keys" / name
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def database(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings for a database: a PostgreSQL address, or SQLite in the folder where none is given.

    Raises:
        ImproperlyConfigured: the address is of another kind.
    """
    if not url:
        name = str(folder / "qingqun.sqlite3")
        return {"ENGINE": "qingqun.hub.lite", "NAME": name, "CONN_MAX_AGE": None, "OPTIONS": dict(LITE_OPTIONS)}
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured("database: postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": POSTGRES_OPTIONS, "prepare_threshold": 5},  # for what often.py asks; nothing else is prepared
    }
