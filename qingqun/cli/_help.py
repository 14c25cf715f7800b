"""The help of a command in the user's language, no text cut off: typer's own has English frames and cuts a long Chinese line."""

import shutil
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any
from unicodedata import category

from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from qingqun.i18n import _

WIDEST, NARROWEST = 100, 50  # columns
COLUMN = 22  # for names; a longer one has a line of its own
_CLOSING = {"Po", "Pe", "Pf"}  # stops and closing brackets, by Unicode's categories: no line begins with one of full width

Pair = tuple[str, str]


class Command(TyperCommand):
    """A command that explains itself in the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose, arguments and options."""
        formatter.write("\n".join(_command(self, ctx)) + "\n")


class Group(TyperGroup):
    """The program itself: its commands, each with one line."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose and the commands."""
        formatter.write("\n".join(_group(self, ctx)) + "\n")


def _command(command: TyperCommand, ctx: Any) -> Iterator[str]:
    params = command.get_params(ctx)
    arguments = [param for param in params if not _typed(param)]
    options = [param for param in params if _typed(param)]
    usage = [ctx.command_path, *(_argument(param) for param in arguments), _("[选项]")]
    yield _("用法：{usage}").format(usage=" ".join(usage))
    yield ""
    yield from _wrapped(command.help or "", _width())
    if arguments:
        yield from _part(_("参数"), [(_argument(param), _told(param)) for param in arguments])
    yield from _part(_("选项"), [(_option(param), _told(param)) for param in options])


def _group(group: TyperGroup, ctx: Any) -> Iterator[str]:
    yield _("用法：{usage}").format(usage=f"{ctx.command_path} {_('命令 [选项]')}")
    yield ""
    yield from _wrapped(group.help or "", _width())
    named = ((name, group.get_command(ctx, name)) for name in group.list_commands(ctx))
    yield from _part(_("命令"), [(name, command.help or "") for name, command in named if command])
    yield ""
    yield _("每个命令的用法见 {example}").format(example=f"{ctx.command_path} audit --help")


def _typed(param: Any) -> bool:
    return any(name.startswith("-") for name in param.opts)


def _argument(param: Any) -> str:
    name = param.name.upper() + ("..." if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    if getattr(param, "is_flag", False) or param.name == "help":
        return names
    of = str(param.type_descriptor.annotation)
    return f"{names} {_('路径') if 'Path' in of else _('数') if 'int' in of or 'float' in of else _('文字')}"


def _told(param: Any) -> str:
    """What the author says of it; whether it must be given; what it is where it is not given."""
    if param.name == "help":
        return _("显示这份说明")
    said = param.help or ""
    default = param.default
    if param.required:
        return _("{said}（必填）").format(said=said)
    plain = isinstance(default, (str, int, float, PurePath)) and not isinstance(default, bool)
    if not plain or not str(default) or str(default) in said:
        return said
    return _("{said}（默认 {default}）").format(said=said, default=default)


def _part(title: str, pairs: list[Pair]) -> Iterator[str]:
    yield ""
    yield _("{title}：").format(title=title)
    for name, said in pairs:
        lines = list(_wrapped(said, _width() - COLUMN - 2)) or [""]
        head = f"  {name}"
        if cell_len(head) >= COLUMN:
            yield head
            head = ""
        yield (head + " " * (COLUMN - cell_len(head)) + lines[0]).rstrip()
        yield from (" " * COLUMN + line for line in lines[1:])


def _width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield lines no wider than so many columns: a break anywhere between Chinese characters, between words of others."""
    line = ""
    for piece in _pieces(text):
        if line and cell_len(line + piece) > width and (piece[0].isascii() or category(piece[0]) not in _CLOSING):
            yield line.rstrip()
            line = ""
        line += piece if line or piece.strip() else ""
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts between which a line may break: each wide character, each run of narrow ones with the blank behind it."""
    run = ""
    for character in " ".join(text.split()):
        narrow = cell_len(character) == 1
        if run and (not narrow or run.endswith(" ")):
            yield run
            run = ""
        if narrow:
            run += character
        else:
            yield character
    if run:
        yield run
