"""A hub brought back from a copy: checked first, put in place, added up, and its rings settled so that nothing is guessed."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from qingqun.hub.deliver import CHANNELS
from qingqun.hub.reconcile import Reconciled, reconcile
from qingqun.hub.seal import verify
from qingqun.hub.upkeep import dump, keys
from qingqun.hub.upkeep.backup import HEAD
from qingqun.hub.upkeep.resend import Resend, settle
from qingqun.hub.upkeep.unpack import Unpacked, unpack
from qingqun.i18n import _
from qingqun.words import Refused

SEALED_EVERY = timedelta(minutes=2)  # an act older than that stands in the head: the sealer runs every minute


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `lost` is how many acts the old hub had sealed after the copy, None where its head was not given."""

    at: datetime  # of the copy
    stopped: datetime  # when the old hub stopped at the latest
    lost: int | None
    wrong: tuple[str, ...]  # what the ledger's check found
    sums: Reconciled
    resend: Resend


def restore(archive: Path, now: datetime, key: bytes | None = None, head: Path | None = None, stopped: datetime | None = None) -> Restored:
    """Bring a copy back into an empty hub. `head` is the old hub's ledger head, where it survived; `stopped` when it stopped, if known.

    Raises:
        Refused: the copy is not whole, there is a hub already, or the head is another hub's. Nothing was changed then.
    """
    folder: Path = settings.DATA
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as room:
        found = unpack(archive, Path(room), key)
        _suits(found)
        old = _after(found, head) if head else None
        dump.load(found.folder / found.database)
        _place(found, folder)
    until = stopped or (old[1] + SEALED_EVERY if old and old[1] else now)
    wrong = tuple(verify(settings.LEDGER_HEAD))
    keyed = [name for name, channel in CHANNELS.items() if channel.KEYED]
    sums = reconcile(now)
    return Restored(found.at, until, old[0] if old else None, wrong, sums, settle(max(until, found.at), keyed, now))


def _suits(found: Unpacked) -> None:
    if found.database != dump.name():
        raise Refused(_("这份备份是 {database}，与 config.toml 里的数据库不是一种").format(database=found.database))


def _after(found: Unpacked, head: Path) -> tuple[int, datetime | None]:
    """Return how many acts the old hub sealed after the copy, and when its last seal was.

    Raises:
        Refused: the old head cannot be read, or does not go on where the copy's ends.
    """
    with suppress(OSError, ValueError, IndexError):
        before, after = (path.read_text(encoding="utf-8").splitlines() for path in (found.folder / HEAD, head))
        if after[: len(before)] == before:
            last = after[-1].split() if after else []
            known = int(before[-1].split()[1]) if before else 0
            return (int(last[1]) - known if last else 0, datetime.fromisoformat(last[3]) if last else None)
    raise Refused(_("{file} 与备份里的台账封印对不上：不是同一个轻群，或者被改动过").format(file=head.name))


def _place(found: Unpacked, folder: Path) -> None:
    """Move what is not the database; keys and settings that stand there already stay."""
    for name in found.files:
        target = settings.LEDGER_HEAD if name == HEAD else folder / name
        if name == found.database or (target.exists() and name != HEAD):
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(found.folder / name, target)
    keys.make(folder)
    for path in (folder, *folder.glob("qingqun.sqlite3*"), *folder.glob("keys/*"), *folder.glob("config.toml"), *folder.glob(HEAD)):
        keys.close(path)
