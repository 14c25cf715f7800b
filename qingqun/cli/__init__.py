"""The commands: one command = one file with HELP and command(), found by walking this folder."""

import importlib
import pkgutil
import sys
from io import TextIOWrapper
from typing import NoReturn

import typer

from qingqun.cli import _help, _misuse
from qingqun.i18n import _, why
from qingqun.words import Refused

app = typer.Typer(
    name="qingqun",
    cls=_help.Group,
    rich_markup_mode=None,
    help=_("轻群：一条通知、一次提醒、在工作时间；每个结论注明条款。"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for _found in pkgutil.iter_modules(__path__):
    if not _found.name.startswith("_"):
        _module = importlib.import_module(f"{__name__}.{_found.name}")
        app.command(_found.name, help=_module.HELP, cls=_help.Command)(_module.command)


def main() -> None:
    """Run a command. A refusal, also the system's of a file, is one clear line on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console may lack a character that a name or a message has
            stream.reconfigure(errors="replace")
    try:
        status = app(standalone_mode=False)
    except Refused as refused:
        _stop(str(refused))
    except typer.Abort:
        raise SystemExit(1) from None
    except _misuse.Shown as wrong:
        _misused(wrong)
    except OSError as error:
        name = error.filename
        _stop(_("{file}：{reason}").format(file=name, reason=why(error)) if name else why(error))
    raise SystemExit(status if isinstance(status, int) else 0)


def _misused(wrong: Exception) -> NoReturn:
    if type(wrong).__name__ == "NoArgsIsHelpError":  # its words are the help, printed when it was raised
        raise SystemExit(2) from None
    _stop(_misuse.told(wrong))


def _stop(reason: str) -> NoReturn:
    sys.stderr.write(" ".join(reason.split()) + "\n")
    raise SystemExit(2) from None
