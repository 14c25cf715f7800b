"""A file is there whole or not at all."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path in the same folder to write to; it takes the place of `path` if all went well, else it is removed."""
    part = path.with_name(f".{path.stem}.{secrets.token_hex(4)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
