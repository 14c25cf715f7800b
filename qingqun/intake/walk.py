"""Paths to files: folders are walked, what is no readable file becomes a problem."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from qingqun.i18n import _, why
from qingqun.intake.opened import MAX_FILE, printable
from qingqun.words import Problem

_TEMPORARY = (".", "~$")


def walk(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, in the order of names, and a problem for each path that is none."""
    found = [found for given in paths for found in _judged(Path(given))]
    good = sorted({path for path, trouble in found if trouble is None}, key=lambda path: (path.name, str(path)))
    return good, [trouble for _path, trouble in found if trouble]


def _judged(given: Path) -> list[tuple[Path, Problem | None]]:
    try:
        return [(path, _trouble(path)) for path in _files(given)]
    except OSError as error:  # a name too long, a folder that may not be opened
        return [(given, Problem(printable(given), 0, "unreadable", _("读不出文件：{error}").format(error=why(error))))]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    inside = sorted(item for item in path.rglob("*") if item.is_file() and not item.name.startswith(_TEMPORARY))
    yield from inside or [path]


def _trouble(path: Path) -> Problem | None:
    name = printable(path)
    if path.is_dir():
        return Problem(name, 0, "empty_folder", _("文件夹里没有文件；请核对是不是导出到了别处。"))
    if not path.exists():
        return Problem(name, 0, "no_file", _("没有这个文件。"))
    if not path.is_file():
        return Problem(name, 0, "no_file", _("这不是普通文件。"))
    size = path.stat().st_size
    if size == 0:
        return Problem(name, 0, "empty_file", _("空文件，一个字也没有；请重新导出。"))
    if size > MAX_FILE:
        return Problem(name, 0, "too_large", _("文件超过 {limit} 字节，未读取。").format(limit=MAX_FILE))
    return None
