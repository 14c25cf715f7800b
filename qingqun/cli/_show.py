"""What the commands share: printing, JSON lines, progress bars, the questions a terminal is asked."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from qingqun.i18n import _
from qingqun.intake import sources
from qingqun.words import Refused

MAX_LINE = 1_000_000
HEAD = 65_536  # bytes a format is recognised by
console = Console(stderr=True)

Advance = Callable[[str, int], None]


def say(text: str = "") -> None:
    """Print a line for people on standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(value: object) -> None:
    """Print one JSON value on one line, keys as given."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode() + "\n")


def warn(unused: Iterable[str]) -> None:
    """Say on standard error which --group statements named nothing."""
    for text in unused:
        line = _("注意：--group {text} 没有用上：没有哪个文件或群是它说的，或者文件里已写明群名").format(text=text)
        sys.stderr.write(f"{line}\n")


@contextmanager
def progress(total: int | None, title: str) -> Iterator[Advance]:
    """Show a bar on standard error while the block runs; silent where standard error is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(title, total=total)

        def advance(step: str, done: int) -> None:
            bars.update(task, description=step, completed=done)

        yield advance


def ask(value: str | None, option: str, question: str) -> str:
    """Return the option's value; ask for it on a terminal; refuse where nobody can be asked."""
    if value and value.strip():
        return value.strip().encode("utf-8", "replace").decode()
    if sys.stdin.isatty():
        return str(console.input(f"{question}: ")).strip()
    raise Refused(_("缺少 {option}：{question}").format(option=option, question=question))


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, object) of a JSON Lines file.

    Raises:
        Refused: no such file, a line too long, or a line that is no JSON object; names the line.
    """
    if not path.is_file():
        raise Refused(_("找不到文件 {path}").format(path=path))
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            yield number, _object(path, number, line)


def _no_lines(path: Path) -> None:
    """Refuse a file that is something else, and name the command that reads it: an export of chats, or a workbook."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    found = sources.recognise(head, path.name)
    if found:
        title = sources.every()[found].TITLE
        text = _("{path} 是{title}，这个命令要的是每行一个 JSON 的文件；聊天记录请用 qingqun digest 或 qingqun audit")
        raise Refused(text.format(path=path.name, title=title))
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        text = _("{path} 是表格或压缩文件，这个命令要的是每行一个 JSON 的文件；台账请用 qingqun audit --register")
        raise Refused(text.format(path=path.name))


def _object(path: Path, number: int, line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise Refused(_("{path} 第 {line} 行超过 {limit} 字节").format(path=path.name, line=number, limit=MAX_LINE))
    try:
        value = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as wrong:
        _no_lines(path)
        raise Refused(_("{path} 第 {line} 行不是 JSON：每行要写一个完整的 {{…}}").format(path=path.name, line=number)) from wrong
    if not isinstance(value, dict):
        raise Refused(_("{path} 第 {line} 行不是 JSON 对象").format(path=path.name, line=number))
    return value


def text_of(path: Path, number: int, record: dict[str, Any], key: str) -> str:
    """Return a text field of a JSON line, or refuse naming file, line and field."""
    value = record.get(key)
    if not isinstance(value, str):
        _no_lines(path)
        raise Refused(_("{path} 第 {line} 行缺少文字字段 {key}").format(path=path.name, line=number, key=key))
    return value
