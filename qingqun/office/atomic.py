"""A file is there whole or not at all."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from qingqun.i18n import _
from qingqun.words import Refused


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path in the same folder to write to; it takes the place of `path` if all went well, else it is removed.

    Raises:
        Refused: a folder or a device is in its place: replacing would put a file where /dev/null was.
    """
    if path.exists() and not path.is_file():
        raise Refused(_("{path} 不是普通文件，不能写入").format(path=path))
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
