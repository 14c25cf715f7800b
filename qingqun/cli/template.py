"""qingqun template FILE.xlsx: the empty register, or an error workbook for a filled one."""

from itertools import count
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qingqun.cli._options import existing
from qingqun.cli._show import say
from qingqun.i18n import _
from qingqun.intake import registers
from qingqun.intake.refusal import named
from qingqun.words import Problem, Refused

HELP = _("写出空白台账模板；加 --check 则检查已填的台账，有错误时退出状态为 1。")
SHOWN = 5
UNKNOWN = "unknown_sheet"


def command(
    file: Annotated[Path | None, typer.Argument(help=_("写到哪里；默认 台账模板.xlsx，检查时为 台账-检查.xlsx"))] = None,
    check: Annotated[Path | None, typer.Option(help=_("已填的台账：写出带“错误说明”列的副本，原文件不动"))] = None,
) -> None:
    """Run the command."""
    if check is None:
        target = _new(file or Path(_("台账模板.xlsx")))
        registers.write_template(target)
        say(_("已写出 {file}").format(file=target))
        return
    existing([check])
    _check(check, _new(file) if file else None)


def _check(filled: Path, wished: Path | None) -> None:
    """Say what is wrong in a register, the first lines here and all of it in a workbook beside it.

    Raises:
        Refused: nothing could be read; the headings that could have been are printed.
        SystemExit: with 1 where something is wrong.
    """
    found = registers.load([filled])
    if found.barren:
        _refuse(found.barren[0])
    counts = {name: getattr(found, name).height for name in ("groups", "accounts", "apps", "units", "persons")}
    read = _("读到 {groups} 个群、{accounts} 个账号、{apps} 个应用、{units} 个单位、{persons} 个人").format(**counts)
    if found.problems.is_empty() and not wished:
        say(_("{read}，没有发现错误。").format(read=read))
        return
    target = wished or _free(filled)
    registers.write_errors(target, filled)
    say(_("{read}，{n} 处错误：").format(read=read, n=found.problems.height))
    for row in found.problems.head(SHOWN).select("file", "line", "reason").iter_rows():
        say(f"  {named(*row)}")
    say(_("全部错误写在 {file} 的“错误说明”列，改好后可以直接用它核查。").format(file=target))
    if found.problems.height:
        raise SystemExit(1)


def _refuse(why: Problem) -> NoReturn:
    if why.code == UNKNOWN:
        say(_("认得的栏目（不必全有，要有名称栏和另外两个以上）："))
        for line in registers.headings():
            say(f"  {line}")
    raise Refused(_("台账没有读进来。{why}").format(why=named(why.file, why.line, why.reason)))


def _new(file: Path) -> Path:
    """Refuse to write over a register that somebody may have filled in. What is no file is refused where it is written."""
    if file.is_file():
        raise Refused(_("{file} 已经有了，不覆盖；请换一个文件名").format(file=file))
    return file


def _free(filled: Path) -> Path:
    names = (filled.with_name(_("{name}-检查{number}.xlsx").format(name=filled.stem, number=n if n > 1 else "")) for n in count(1))
    return next(path for path in names if not path.exists())
