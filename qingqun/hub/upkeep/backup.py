"""A copy of the hub in one file: the database as of one moment, attachments, the ledger's head; keys and settings only where it is locked.

The head is copied before the database: seals that the head does not have yet are allowed, lines of the head without a seal are not.
Attachments are copied after it: a file is there before any row names it.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO, cast

from django.conf import settings

from qingqun.hub.moment import to_ms
from qingqun.hub.upkeep import dump, locked
from qingqun.office.atomic import replacing

FORM = 1
HEAD, MANIFEST = "ledger.head", "manifest.json"
_SECRET = ("keys/django", "keys/vault", "config.toml")


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a copy lies, how large it is in bytes, and how many files are in it."""

    path: Path
    size: int
    files: int


def backup(folder: Path, now: datetime, key: bytes | None = None) -> Copied:
    """Make a copy in a folder while the hub runs; with a key it is locked.

    Raises:
        Refused: the copy of the database is not whole.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"qingqun-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z.{'locked' if key else 'tar'}"
    with TemporaryDirectory(dir=folder) as room, replacing(path) as part:
        tar = Path(room, "tar")
        count = _gathered(Path(room), tar, now, secret=key is not None)
        part.touch(mode=0o600)
        if key:
            with tar.open("rb") as source, part.open("wb") as target:
                locked.lock(source, target, key)
        else:
            tar.chmod(0o600)
            tar.replace(part)
    return Copied(path, path.stat().st_size, count)


def forget(folder: Path, keep: int, made: Path | None = None) -> list[Path]:
    """Remove all copies but the newest, and the one just made; return what was removed. Their names are their moments.

    A clock that was set back gives the one just made the name of an old one.
    """
    every = sorted(path for path in folder.glob("qingqun-*Z.*") if path.suffix in {".tar", ".locked"})
    old = [path for path in every[:-keep] if path != made] if keep > 0 else []
    for path in old:
        path.unlink()
    return old


def _gathered(room: Path, tar: Path, now: datetime, *, secret: bool) -> int:
    head, database = room / HEAD, room / dump.name()
    head.write_bytes(settings.LEDGER_HEAD.read_bytes() if settings.LEDGER_HEAD.exists() else b"")
    dump.dump(database)
    files = {HEAD: head, database.name: database} | dict(_attachments()) | (dict(_secrets()) if secret else {})
    made = {"form": FORM, "at": to_ms(now), "database": database.name}
    digests: dict[str, str] = {}
    with tarfile.open(tar, "w") as whole:
        for name, path in files.items():
            with suppress(FileNotFoundError), path.open("rb") as file:  # whoever throws a file away does not wait for a copy
                digests[name] = _added(whole, name, file)
        manifest = json.dumps(made | {"files": digests}).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(manifest)
        whole.addfile(member, io.BytesIO(manifest))
    return len(digests)


class _Reading:
    """A file as it is read, and the digest of just that: a file that grows meanwhile is copied as long as it was."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self._file.read(size)
        self.sha256.update(piece)
        return piece


def _added(whole: tarfile.TarFile, name: str, file: BinaryIO) -> str:
    reading = _Reading(file)
    whole.addfile(_plain(whole.gettarinfo(arcname=name, fileobj=file)), cast("IO[bytes]", reading))
    return reading.sha256.hexdigest()


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who owns a file here: another machine has other users."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _attachments() -> Iterator[tuple[str, Path]]:
    folder: Path = settings.ATTACHMENTS
    return ((f"attachments/{path.relative_to(folder).as_posix()}", path) for path in sorted(folder.rglob("*")) if path.is_file())


def _secrets() -> Iterator[tuple[str, Path]]:
    return ((name, settings.DATA / name) for name in _SECRET if (settings.DATA / name).exists())


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
