"""Working hours as the database keeps them, read once a text."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qingqun.clock import unit
from qingqun.clock.hours import Hours


@lru_cache(maxsize=1024)
def read(text: str) -> Hours:
    """Return the hours that a WorkTime's TOML text says.

    Raises:
        ClockFileError: the text is wrong; key and reason are in it.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "hours.toml")
        path.write_text(text, encoding="utf-8")
        return unit.load(path)
