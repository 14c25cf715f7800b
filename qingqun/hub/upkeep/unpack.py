"""A copy opened: every file is one that a copy may hold, and is what the manifest says, before any takes its place."""

import json
import re
import shutil
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qingqun.hub.moment import from_ms, to_ms
from qingqun.hub.upkeep import dump, keys, locked
from qingqun.hub.upkeep.backup import FORM, HEAD, MANIFEST, digest
from qingqun.i18n import _
from qingqun.words import Refused

_NAMES = re.compile(rf"{HEAD}|{dump.LITE}|{dump.POSTGRES}|config\.toml|keys/(django|vault)|attachments/[0-9A-Za-z_./-]+")
_LARGEST_MANIFEST = 64 * 1024 * 1024
_LATEST = to_ms(datetime(9999, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What lies in the folder now; `at` is when the copy was made."""

    folder: Path
    at: datetime
    database: str
    files: tuple[str, ...]


def unpack(archive: Path, room: Path, key: bytes | None) -> Unpacked:
    """Unlock, unpack and check a copy in an empty folder.

    Raises:
        Refused: no copy, another key, or changed since it was made.
    """
    if not archive.is_file():
        raise Refused(_("找不到文件 {path}").format(path=archive))
    tar = _unlocked(archive, room, key)
    try:
        with tarfile.open(tar, "r:") as whole:
            for member in whole:
                _taken(whole, member, room)
    except (tarfile.TarError, EOFError) as error:
        raise Refused(_("{file} 不是轻群的备份，或者不完整").format(file=archive.name)) from error
    return _checked(room, archive.name)


def _unlocked(archive: Path, room: Path, key: bytes | None) -> Path:
    if not locked.is_locked(archive):
        return archive
    if key is None:
        raise Refused(_("{file} 是加密的备份：请用 --key 给出密钥文件").format(file=archive.name))
    tar = room / "tar"
    with archive.open("rb") as source, tar.open("wb") as target:
        locked.unlock(source, target, key)
    return tar


def _taken(whole: tarfile.TarFile, member: tarfile.TarInfo, room: Path) -> None:
    if not (member.name == MANIFEST or _known(member.name)) or not member.isreg():
        raise Refused(_("备份里有不认识的文件 {name}，没有恢复").format(name=member.name[:80]))
    source, path = whole.extractfile(member), room / member.name
    if source is None or path.exists():
        raise Refused(_("备份里有不认识的文件 {name}，没有恢复").format(name=member.name[:80]))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source, path.open("xb") as target:  # its content alone: owner, rights and time are ours; Debian 12's Python has no filter for that
        shutil.copyfileobj(source, target)
    keys.close(path)


def _known(name: str) -> bool:
    return bool(_NAMES.fullmatch(name)) and ".." not in name.split("/")


def _checked(room: Path, name: str) -> Unpacked:
    manifest = _manifest(room / MANIFEST, name)
    files, database, at = manifest.get("files"), str(manifest.get("database")), manifest.get("at")
    if not isinstance(files, dict) or not all(map(_known, files)) or not isinstance(at, int) or not 0 <= at < _LATEST:
        raise Refused(_("{file} 不是轻群的备份，或者不完整").format(file=name))
    wrong = [file for file, given in files.items() if not (room / file).is_file() or digest(room / file) != given]
    if wrong or database not in files:
        raise Refused(_("备份里的 {file} 缺失或被改动过，没有恢复").format(file=", ".join(wrong[:3]) or database))
    return Unpacked(room, from_ms(at), database, tuple(files))


def _manifest(path: Path, name: str) -> dict[str, Any]:
    if not path.is_file() or path.stat().st_size > _LARGEST_MANIFEST:
        raise Refused(_("{file} 不是轻群的备份，或者不完整").format(file=name))
    try:
        found: Any = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(_("{file} 不是轻群的备份，或者不完整").format(file=name))
    if found.get("form") != FORM:
        raise Refused(_("{file} 是另一个版本的备份，请用较新的轻群恢复").format(file=name))
    return found
