"""Files that only the hub's own user may read: keys, settings, copies."""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

from qingqun.i18n import _
from qingqun.words import Refused

NAMES = ("django", "vault")
_NOBODY_ELSE = 0o077


def make(folder: Path) -> None:
    """Make the data folder and those of its keys that are missing; a folder that stands is closed to others, a key stays as it is."""
    for part in (folder, folder / "keys", folder / "attachments"):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)
        close(part)
    for name in NAMES:
        if not (folder / "keys" / name).exists():
            key = base64.urlsafe_b64encode(secrets.token_bytes(32))  # what Fernet asks for, and long enough for Django
            private(folder / "keys" / name, key if name == "vault" else key + base64.urlsafe_b64encode(secrets.token_bytes(32)))


def private(path: Path, content: bytes) -> None:
    """Write a file that nobody else may read, from its first byte on.

    Raises:
        Refused: there is one already.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise Refused(_("{path} 已经有了，没有覆盖").format(path=path)) from error
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)


def close(path: Path) -> None:
    """Take every right from everybody but the owner; where a system has no such rights nothing happens."""
    with suppress(RuntimeError):
        path.chmod(0o700 if path.is_dir() else 0o600)


def open_to_others(folder: Path) -> list[Path]:
    """Return the keys and settings that others on this machine may read; Windows keeps its own lists of rights and shows none."""
    if os.name == "nt":
        return []
    found = [*(folder / "keys" / name for name in NAMES), folder / "config.toml"]
    return [path for path in found if path.exists() and path.stat().st_mode & _NOBODY_ELSE]
