"""A disk that is really full: a file system of a few MiB, mounted for a test; where that is refused, a limit on how large a file may grow."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE = 12 * 1024 * 1024
_PIECE = 64 * 1024


class Small:
    """A folder whose disk can be filled and emptied. `how` says by which means."""

    def __init__(self, folder: Path, how: str) -> None:
        self.folder, self.how = folder, how
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, left: int) -> None:
        """Leave so many bytes free."""
        if self.how != "tmpfs":
            largest = max(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest + left, self._before[1]))  # Python ignores SIGXFSZ: writing fails
            return
        with suppress(OSError), (self.folder / "filler").open("ab", buffering=0) as filler:
            while True:
                filler.write(bytes(_PIECE))
        os.truncate(self.folder / "filler", max(0, (self.folder / "filler").stat().st_size - left))

    def empty(self) -> None:
        """Give the room back."""
        if self.how == "tmpfs":
            (self.folder / "filler").unlink(missing_ok=True)
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


@contextmanager
def small_disk(folder: Path) -> Iterator[Small]:
    """Mount one in a folder meanwhile."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, check=False)
    small = Small(folder, "tmpfs" if mounted.returncode == 0 else "RLIMIT_FSIZE")
    try:
        yield small
    finally:
        small.empty()
        if small.how == "tmpfs":
            subprocess.run(["umount", "-l", str(folder)], check=True)
