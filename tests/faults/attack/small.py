"""A disk that is really full: a file system of a few MiB, mounted for a test, which only root may."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SIZE = 12 * 1024 * 1024
_PIECE = 64 * 1024


class Small:
    """A folder whose disk can be filled and emptied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, left: int) -> None:
        """Leave so many bytes free."""
        with suppress(OSError), (self.folder / "filler").open("ab", buffering=0) as filler:
            while True:
                filler.write(bytes(_PIECE))
        os.truncate(self.folder / "filler", max(0, (self.folder / "filler").stat().st_size - left))

    def empty(self) -> None:
        """Give the room back."""
        (self.folder / "filler").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Small]:
    """Mount one in a folder meanwhile. A limit on the size of files is no substitute: it fails otherwise than a full disk, and elsewhere."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a really full disk is a file system mounted for it: only root may")
    small = Small(folder)
    try:
        yield small
    finally:
        small.empty()
        subprocess.run(["umount", "-l", str(folder)], check=True)
