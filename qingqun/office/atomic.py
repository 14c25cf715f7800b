"""A file is there whole or not at all; so is a set of files that belong together."""

import contextlib
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from qingqun.i18n import _
from qingqun.words import Refused


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path in the same folder to write to; it takes the place of `path` if all went well, else it is removed.

    Raises:
        Refused: a folder or a device is in its place: replacing would put a file where /dev/null was.
    """
    _no_device(path)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def together(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """Give a hidden folder inside `folder` to write the files into; they take their places only when all are written.

    Inside, because that is surely on the same disk: taking a place needs no space and no copying. Where a file cannot take its place
    (on Windows: somebody has the old one open), those that did give it back. So the old set stays whole on a full disk, a crash while
    writing, a file in use. Other files in the folder stay as they are.

    Raises:
        Refused: a folder or a device is in the place of one of the files.
        OSError: the folder cannot be made or written.
    """
    for name in names:
        _no_device(folder / name)
    made = not folder.exists()
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        part.mkdir(parents=True)
        yield part
        _take_place(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if made and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _take_place(part: Path, folder: Path) -> None:
    new = sorted(part.iterdir())
    old = part / secrets.token_hex(8)
    old.mkdir()
    try:
        for file in new:
            there = folder / file.name
            if there.exists():
                there.replace(old / file.name)
            file.replace(there)
    except OSError:
        for file in new:
            _give_back(file.name, file, old, folder)
        raise


def _give_back(name: str, mine: Path, old: Path, folder: Path) -> None:
    """Undo one file: what was there comes back, what is new there goes."""
    if (old / name).exists():
        (old / name).replace(folder / name)
    elif not mine.exists():
        (folder / name).unlink(missing_ok=True)


def _no_device(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise Refused(_("{path} 不是普通文件，不能写入").format(path=path))
