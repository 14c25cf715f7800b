"""qingqun template FILE.xlsx: the empty register, or an error workbook for a filled one."""

from pathlib import Path
from typing import Annotated

import typer

from qingqun.cli._show import say
from qingqun.i18n import _
from qingqun.intake import registers

HELP = _("写出空白台账模板；加 --check 则检查已填的台账。")


def command(
    file: Annotated[Path, typer.Argument(help=_("写到哪里，如 台账模板.xlsx"))],
    check: Annotated[Path | None, typer.Option(help=_("已填的台账：写出带“错误说明”列的副本"))] = None,
) -> None:
    """Run the command."""
    if check is None:
        registers.write_template(file)
        say(_("已写出 {file}").format(file=file))
        return
    problems = registers.load([check]).problems
    registers.write_errors(file, check)
    say(_("{n} 处问题，已写出 {file}").format(n=problems.height, file=file))
